//! What the hot wash shows: the scorecard, the what-ifs, and the entries the marks rest on.

use crate::text;
use protocol::{Event, Fact, SimTime, text as forms};
use scoring::{Dimension, Rating, Scorecard, Status, Verdict, WhatIf};
use std::collections::BTreeMap;
use transcripts::{Body, Transcript};

/// Everything the hot wash shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Wash {
    /// The score.
    pub card: Scorecard,
    /// What the key decisions were worth, costliest first.
    pub what_ifs: Vec<WhatIf>,
    /// The entries marks point at: when, one line, and the text where there is one.
    pub entries: BTreeMap<u64, Told>,
    /// Questions for the debrief.
    pub debrief: Vec<String>,
    /// Where the report lies, or why there is none; a line each.
    pub report: Vec<String>,
}

/// An entry of the transcript in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Exercise time.
    pub at: SimTime,
    /// In a line.
    pub line: String,
    /// What it said, whole.
    pub body: String,
}

impl Wash {
    /// Gathers it. Entries are kept only where a mark or a finding points at them.
    #[must_use]
    pub fn new(
        card: Scorecard,
        what_ifs: Vec<WhatIf>,
        transcript: &Transcript,
        debrief: Vec<String>,
        report: Vec<String>,
    ) -> Self {
        let marks = card.dimensions.iter().flat_map(|d| &d.marks).flat_map(|m| &m.evidence);
        let found = card.strengths.iter().chain(&card.improvements).flat_map(|f| &f.evidence);
        let mut wanted: Vec<u64> = marks.chain(found).map(|e| e.entry).collect();
        wanted.extend(card.communications.iter().filter_map(|c| c.entry));
        wanted.extend(what_ifs.iter().map(|w| w.entry));
        wanted.sort_unstable();
        wanted.dedup();
        let told = transcript.entries.iter().filter(|e| wanted.binary_search(&e.n).is_ok());
        let entries = told.map(|e| (e.n, Told { at: e.at, line: line(&e.body), body: body(&e.body) })).collect();
        Self { card, what_ifs, entries, debrief, report }
    }
}

/// An entry in a line.
fn line(body: &Body) -> String {
    match body {
        Body::Command(c) => {
            let first = forms::print(&c.act).lines().next().unwrap_or_default().to_owned();
            format!("{} asked for: {}", c.by, text::cut(&first, 200))
        }
        Body::Event(Event { fact, .. }) => fact_line(fact),
    }
}

fn fact_line(fact: &Fact) -> String {
    match fact {
        Fact::Delivered { item } => format!("delivered {} from {}: {}", item.id, item.from.name, item.subject),
        Fact::Opened { seat, item } => format!("{seat} opened {item}"),
        Fact::Acknowledged { seat, item } => format!("{seat} acknowledged {item}"),
        Fact::InjectReleased { inject, .. } => format!("{inject} was released"),
        Fact::JobStarted { work, by, authorised, .. } => {
            format!("{by} began {}{}", work_name(work), if *authorised { "" } else { ", not authorised" })
        }
        Fact::JobFinished { work, by, done, .. } => {
            format!("{by} {} {}", if *done { "finished" } else { "got nowhere with" }, work_name(work))
        }
        Fact::Tasked { seat, by, work } => format!("{by} asked {seat}: {}", work_name(work)),
        Fact::Paged { party, by, reason } => format!("{by} paged {party}: {reason}"),
        Fact::PageAnswered { party, .. } => format!("{party} answered the page"),
        Fact::Sent { message } => {
            let to: Vec<&str> = message.draft.to.iter().map(|p| p.as_str()).collect();
            format!("{} sent {} to {}: {}", message.by, message.id, to.join(", "), message.draft.subject)
        }
        Fact::ApprovalRequested { of, by, subject, .. } => format!("{by} asked {of} to approve {subject}"),
        Fact::ApprovalGiven { of, subject, .. } => format!("{of} approved {subject}"),
        Fact::ApprovalRefused { of, subject, .. } => format!("{of} refused {subject}"),
        Fact::Declared { declaration, value, by, .. } => format!("{by} declared {declaration}: {value}"),
        Fact::Decided { decision, option, by, .. } => format!("{by} decided {decision}: {option}"),
        Fact::Ticked { step, by } => format!("{by} ticked {step}"),
        Fact::Logged { text, by } => format!("{by} wrote in the log: {text}"),
        Fact::ClockStarted { clock, anchor, .. } => format!("clock {clock} started: {anchor}"),
        Fact::ClockOverdue { clock } => format!("clock {clock} ran out"),
        Fact::ClockFiled { clock, item } => format!("clock {clock} was answered by {item}"),
        Fact::ClockWaived { clock, reason, .. } => format!("clock {clock} was decided not to apply: {reason}"),
        Fact::StepStarted { step } => format!("the adversary began {step}"),
        Fact::StepSucceeded { step } => format!("the adversary succeeded with {step}"),
        Fact::StepBlocked { step, reason } => format!("the adversary was blocked in {step}: {reason}"),
        Fact::SensorFired { sensor, item, false_alarm } => {
            format!("{sensor} raised {item}{}", if *false_alarm { ", a false alarm" } else { "" })
        }
        Fact::AssetChanged { asset, now } => format!("{asset}: {} became {now}", now.kind()),
        Fact::MeterRead { meter, value, .. } => format!("{meter} read {value}"),
        Fact::Trapped { trap, by } => match by {
            Some(by) => format!("{by} walked into {trap}"),
            None => format!("walked into {trap}"),
        },
        Fact::Started { .. } => "StartEx".to_owned(),
        Fact::Ended => "EndEx".to_owned(),
        Fact::Refused { reason, .. } => format!("refused: {reason}"),
        _ => "an entry of the record".to_owned(),
    }
}

fn work_name(work: &protocol::Work) -> String {
    match work {
        protocol::Work::Action(a, Some(t)) => format!("{a} on {t}"),
        protocol::Work::Action(a, None) => a.to_string(),
        protocol::Work::Query(q) => q.to_string(),
    }
}

/// What an entry said, whole.
fn body(body: &Body) -> String {
    match body {
        Body::Event(Event { fact: Fact::Delivered { item }, .. }) => item.body.clone(),
        Body::Event(Event { fact: Fact::Sent { message }, .. }) => message.draft.body.clone(),
        Body::Event(Event { fact: Fact::JobFinished { result, .. }, .. }) => result.clone(),
        Body::Event(Event { fact: Fact::Declared { reason, .. } | Fact::Decided { reason, .. }, .. })
        | Body::Event(Event {
            fact: Fact::ApprovalGiven { reason, .. } | Fact::ApprovalRefused { reason, .. }, ..
        }) => reason.clone(),
        _ => String::new(),
    }
}

/// A dimension in words.
#[must_use]
pub fn dimension(d: Dimension) -> &'static str {
    match d {
        Dimension::Response => "Response time",
        Dimension::Escalation => "Escalation correctness",
        Dimension::Communication => "Communication quality",
        Dimension::Outcome => "Outcome",
    }
}

/// A status with its mark.
#[must_use]
pub fn status(s: Status) -> &'static str {
    match s {
        Status::Met => "✓ met",
        Status::Partly => "~ partly",
        Status::Failed => "✗ failed",
        Status::NotExercised => "· not exercised",
        Status::NotObserved => "· not observed",
        Status::NotGraded => "· not graded",
    }
}

/// A verdict in words.
#[must_use]
pub fn verdict(v: Verdict) -> &'static str {
    match v {
        Verdict::OnTime => "✓ on time",
        Verdict::Late => "~ late",
        Verdict::Missed => "✗ missed",
        Verdict::WrongParty => "✗ wrong party",
        Verdict::Premature => "✗ premature",
        Verdict::OutOfOrder => "~ out of order",
        Verdict::Unauthorised => "✗ unauthorised",
        Verdict::NotExercised => "· not exercised",
    }
}

/// A rating with its meaning.
#[must_use]
pub fn rating(r: Option<Rating>) -> &'static str {
    match r {
        Some(Rating::P) => "P performed without challenges",
        Some(Rating::S) => "S performed with some challenges",
        Some(Rating::M) => "M performed with major challenges",
        Some(Rating::U) => "U unable to be performed",
        None => "· not exercised",
    }
}

/// Hundredths as points: `7.5`.
#[must_use]
pub fn points(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    match part {
        0 => format!("{sign}{whole}"),
        p if p % 10 == 0 => format!("{sign}{whole}.{}", p / 10),
        p => format!("{sign}{whole}.{p:02}"),
    }
}
