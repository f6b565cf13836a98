//! A small scenario, and transcripts written by hand.

use protocol::{
    Attr, Audience, Draft, Event, Fact, Item, ItemKind, Mode, PartyId, SeatId, Sender, Sent, SimTime, Span, Subject,
    Tlp, Work,
};
use rubric::Reading;
use scenarios::model::Scenario;
use scoring::{Baselines, Mark, Reader, Scorecard, Text};
use std::{collections::BTreeMap, sync::Arc};
use transcripts::{Body, Entry, Header, Seal, Transcript};

/// Four seats, four outside parties, one of everything; each test bends it to its case.
pub(crate) const SCENARIO: &str = include_str!("scenario.ron");

pub(crate) fn scenario() -> Scenario {
    static READ: std::sync::OnceLock<Scenario> = std::sync::OnceLock::new();
    READ.get_or_init(read).clone()
}

fn read() -> Scenario {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(SCENARIO).unwrap_or_else(|e| panic!("scenario.ron:{e}"))
}

/// `"00:03:10"`, `"5m"`, `"90s"`.
pub(crate) fn at(text: &str) -> SimTime {
    SimTime(Span::parse(text).unwrap().0)
}

/// A transcript in the making. Times may be given in any order only where a test means it.
pub(crate) struct Table {
    entries: Vec<Entry>,
    messages: u32,
    requests: u32,
}

impl Table {
    /// Nobody sits anywhere; play has begun.
    pub(crate) fn empty() -> Self {
        let mut table = Self { entries: Vec::new(), messages: 0, requests: 0 };
        table.push("0s", Fact::Started { mode: Mode::Assess });
        table
    }

    /// Persons at these seats from the start.
    pub(crate) fn with(seats: &[&str]) -> Self {
        let mut table = Self { entries: Vec::new(), messages: 0, requests: 0 };
        for seat in seats {
            table.push("0s", Fact::SeatTaken { seat: (*seat).into(), person: format!("{seat} person") });
        }
        table.push("0s", Fact::Started { mode: Mode::Assess });
        table
    }

    /// Persons at every seat.
    pub(crate) fn full() -> Self {
        Self::with(&["ic", "soc", "legal", "comms"])
    }

    pub(crate) fn push_to(&mut self, when: &str, audience: Audience, fact: Fact) -> u64 {
        let n = self.entries.len() as u64 + 1;
        let at = at(when);
        self.entries.push(Entry { n, at, body: Body::Event(Event { at, audience, fact }) });
        n
    }

    pub(crate) fn push(&mut self, when: &str, fact: Fact) -> u64 {
        self.push_to(when, Audience::Everyone, fact)
    }

    /// An inject reaches seats.
    pub(crate) fn deliver(&mut self, when: &str, inject: &str, to: &[&str]) -> u64 {
        let seats: Arc<[SeatId]> = to.iter().map(|s| SeatId::from(*s)).collect();
        let scenario = scenario();
        let known = scenario.injects.iter().find(|i| i.id.as_str() == inject);
        let item = item(inject, ItemKind::Inject, known.map_or("cell", |i| i.from.as_str()), to);
        let item =
            Item { inject: Some(inject.into()), body: known.map_or_else(String::new, |i| i.body.clone()), ..item };
        self.push_to(when, Audience::Seats(seats), Fact::Delivered { item: Arc::new(item) })
    }

    /// An action from begin to end.
    pub(crate) fn work(&mut self, when: &str, by: &str, action: &str) -> u64 {
        self.work_as(when, by, action, true, true)
    }

    pub(crate) fn work_as(&mut self, when: &str, by: &str, action: &str, authorised: bool, done: bool) -> u64 {
        let job: protocol::JobId = format!("JOB-{:03}", self.entries.len()).into();
        let work = Work::Action(action.into(), None);
        let ends = at(when);
        self.push(when, Fact::JobStarted { job: job.clone(), work: work.clone(), by: by.into(), ends, authorised });
        self.push(when, Fact::JobFinished { job, work, by: by.into(), done, result: "it ran".into() })
    }

    pub(crate) fn page(&mut self, when: &str, by: &str, party: &str) -> u64 {
        let n = self.push(when, Fact::Paged { party: party.into(), by: by.into(), reason: "please call".into() });
        self.push(when, Fact::PageAnswered { party: party.into(), by: by.into() });
        n
    }

    pub(crate) fn tell(&mut self, when: &str, by: &str, to: &[&str], via: &str) -> u64 {
        self.send(when, by, Draft { to: parties(to), via: Some(via.into()), ..Draft::default() }, None)
    }

    /// A written product that did not need approval, or had it.
    pub(crate) fn write(&mut self, when: &str, by: &str, product: &str, to: &[&str], body: &str) -> u64 {
        self.send(when, by, notice(product, to, body), Some(true))
    }

    pub(crate) fn send(&mut self, when: &str, by: &str, draft: Draft, approved: Option<bool>) -> u64 {
        self.messages += 1;
        let id = format!("MSG-{:03}", self.messages).into();
        self.push(when, Fact::Sent { message: Arc::new(Sent { id, by: by.into(), draft, approved }) })
    }

    pub(crate) fn approve(&mut self, when: &str, of: &str, subject: Subject) -> u64 {
        self.requests += 1;
        let request = format!("REQ-{:03}", self.requests).into();
        self.push(when, Fact::ApprovalGiven { request, of: of.into(), subject, reason: "go".into() })
    }

    pub(crate) fn declare(&mut self, when: &str, by: &str, declaration: &str, value: &str) -> u64 {
        let fact = Fact::Declared {
            declaration: declaration.into(),
            value: value.into(),
            by: by.into(),
            reason: "as the plan says".into(),
        };
        self.push(when, fact)
    }

    pub(crate) fn decide(&mut self, when: &str, by: &str, decision: &str, option: &str, reason: &str) -> u64 {
        let fact =
            Fact::Decided { decision: decision.into(), option: option.into(), by: by.into(), reason: reason.into() };
        self.push(when, fact)
    }

    pub(crate) fn clock_starts(&mut self, when: &str, due: &str) -> u64 {
        let fact = Fact::ClockStarted {
            clock: "gdpr-33".into(),
            regime: "GDPR Art 33(1)".into(),
            anchor: "incident declared".into(),
            due: at(due),
            filed_by: "regulator-notice".into(),
        };
        self.push(when, fact)
    }

    pub(crate) fn reads(&mut self, when: &str, meter: &str, value: i64, per_hour: i64) -> u64 {
        self.push_to(when, Audience::Staff, Fact::MeterRead { meter: meter.into(), value, per_hour })
    }

    pub(crate) fn changed(&mut self, when: &str, asset: &str, now: Attr) -> u64 {
        self.push_to(when, Audience::Staff, Fact::AssetChanged { asset: asset.into(), now })
    }

    pub(crate) fn trapped(&mut self, when: &str, trap: &str, by: &str) -> u64 {
        self.push_to(when, Audience::Staff, Fact::Trapped { trap: trap.into(), by: Some(by.into()) })
    }

    /// EndEx.
    pub(crate) fn end(mut self, when: &str) -> Transcript {
        self.push(when, Fact::Ended);
        let last = self.entries.len() as u64;
        Transcript {
            header: Header {
                format: 1,
                exercise: "00112233aabbccdd".into(),
                scenario: "small".into(),
                version: "1.0.0".into(),
                scenario_hash: "ab".repeat(32),
                seed: 7,
                program: "0.1.0".into(),
                created: "2026-10-05T09:00:00Z".into(),
            },
            files: Arc::from(Vec::new()),
            entries: self.entries,
            seal: Some(Seal { last, at: at(when), head: "cd".repeat(32), sealed: "2026-10-05T11:00:00Z".into() }),
        }
    }
}

pub(crate) fn parties(ids: &[&str]) -> Vec<PartyId> {
    ids.iter().map(|id| PartyId::from(*id)).collect()
}

pub(crate) fn notice(product: &str, to: &[&str], body: &str) -> Draft {
    Draft {
        to: parties(to),
        via: Some("mail".into()),
        product: Some(product.into()),
        tlp: Some(Tlp::Amber),
        re: None,
        subject: "Service notice".into(),
        body: body.into(),
    }
}

pub(crate) fn item(id: &str, kind: ItemKind, from: &str, to: &[&str]) -> Item {
    Item {
        id: id.into(),
        kind,
        inject: None,
        from: Sender { id: Some(from.into()), name: from.into(), title: String::new() },
        to: parties(to),
        channel: "chat".into(),
        subject: format!("subject of {id}"),
        body: format!("body of {id}"),
        attachments: Vec::new(),
        severity: None,
        needs_ack: false,
        tlp: None,
        re: None,
        decision: None,
    }
}

/// Reads a text by its own words: `points 750` earns 7.5 of 10; `fact tenants 312 ok` states a fact.
pub(crate) struct Plain;

impl Reader for Plain {
    fn read(&self, product: &protocol::ProductId, text: &Text<'_>) -> Option<Reading> {
        (product.as_str() != "unread").then(|| plain(product.as_str(), text))
    }
}

fn plain(product: &str, text: &Text<'_>) -> Reading {
    let words: Vec<&str> = text.body.split_whitespace().collect();
    let points = words.windows(2).find(|w| w[0] == "points").and_then(|w| w[1].parse().ok()).unwrap_or(0);
    let facts = words.windows(4).filter(|w| w[0] == "fact").map(|w| {
        let start = text.body.find(w[2]).unwrap();
        let (verdict, points) = match w[3] {
            "ok" => (rubric::FactVerdict::Ok, 0),
            _ => (rubric::FactVerdict::Contradiction, -100),
        };
        rubric::FactFinding {
            id: w[1].into(),
            verdict,
            span: rubric::Span { start, end: start + w[2].len() },
            found: w[2].into(),
            expected_for_instructor: Some("312".into()),
            inject: None,
            points,
        }
    });
    let earned = words.contains(&"update");
    let span =
        text.body.find("update").map_or(rubric::Span { start: 0, end: 0 }, |s| rubric::Span { start: s, end: s + 6 });
    Reading {
        rubric: product.into(),
        version: 1,
        points,
        out_of: 1000,
        band: "Ready to send".into(),
        confidence: 90,
        words: words.len() as u32,
        elements: vec![rubric::ElementResult {
            id: "next_update".into(),
            label: "when the next update comes".into(),
            earned: if earned { 200 } else { 0 },
            possible: 200,
            credit: if earned { rubric::Credit::Full } else { rubric::Credit::None },
            required: true,
            state: None,
            trigger: String::new(),
            evidence: earned.then(|| rubric::Evidence {
                span,
                quote: "update".into(),
                words: vec![span],
                pattern: "any_of[0]".into(),
            }),
            miss: (!earned).then(|| rubric::NearMiss {
                span: rubric::Span { start: 0, end: text.body.len().min(10) },
                quote: text.body.chars().take(10).collect(),
                lacking: "no time".into(),
            }),
        }],
        facts: facts.collect(),
        prohibited: Vec::new(),
        gated: Vec::new(),
        form: Vec::new(),
        caps: Vec::new(),
        review: if words.contains(&"doubtful") { vec!["a sentence was withheld".into()] } else { Vec::new() },
        notes: text.injects.keys().map(|k| (*k).to_owned()).collect(),
    }
}

pub(crate) fn baselines() -> Baselines {
    let of = |value| BTreeMap::from([("exfiltrated".into(), value)]);
    Baselines { nothing: of(100), reference: of(20) }
}

pub(crate) fn score(scenario: &Scenario, transcript: &Transcript) -> Scorecard {
    scoring::score_with(scenario, &Plain, transcript, &baselines())
}

/// Scores a table that ends at the planned length.
pub(crate) fn card(table: Table) -> Scorecard {
    score(&scenario(), &table.end("90m"))
}

pub(crate) fn marks(card: &Scorecard) -> impl Iterator<Item = &Mark> {
    card.dimensions.iter().flat_map(|d| &d.marks)
}

#[track_caller]
pub(crate) fn mark<'a>(card: &'a Scorecard, id: &str) -> &'a Mark {
    marks(card)
        .find(|m| m.id == id)
        .unwrap_or_else(|| panic!("no mark {id}: {:?}", marks(card).map(|m| &m.id).collect::<Vec<_>>()))
}

pub(crate) fn has(card: &Scorecard, id: &str) -> bool {
    marks(card).any(|m| m.id == id)
}

pub(crate) fn entries(mark: &Mark) -> Vec<u64> {
    mark.evidence.iter().map(|e| e.entry).collect()
}
