//! What one seat may know: a fold of the events addressed to it, and of nothing else.

use crate::{
    AssetId, Attr, ClockId, DecisionId, DeclarationId, Event, Fact, Item, ItemId, JobId, Mode, OptionId, Pace, Pack,
    PartyId, RequestId, RunbookId, SeatId, SimTime, Subject, ValueId, act::Work, event::Sent,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The board of one seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// Whose board it is.
    pub seat: SeatId,
    /// Time of the last event folded in.
    pub now: SimTime,
    /// Where the exercise stands.
    pub phase: Phase,
    /// Practice or assessment.
    pub mode: Mode,
    /// How time runs.
    pub pace: Pace,
    /// What is public; `None` before StartEx.
    pub pack: Option<Arc<Pack>>,
    /// Seats held by people, with the name; the others are played by the simulation cell.
    pub people: BTreeMap<SeatId, String>,
    /// Items in order of delivery.
    pub inbox: Vec<Received>,
    /// Messages this seat or others let it see going out.
    pub sent: Vec<(SimTime, Arc<Sent>)>,
    /// What this seat knows of each asset.
    pub assets: BTreeMap<AssetId, Vec<Known>>,
    /// Running and finished work this seat knows of.
    pub jobs: Vec<Job>,
    /// Obligations that run.
    pub clocks: Vec<Clock>,
    /// Approvals asked of or by this seat.
    pub requests: Vec<Request>,
    /// What has been declared; the latest value counts.
    pub declared: BTreeMap<DeclarationId, (ValueId, SimTime)>,
    /// What has been decided.
    pub decided: BTreeMap<DecisionId, (OptionId, SimTime)>,
    /// Runbook steps ticked.
    pub ticked: BTreeSet<RunbookId>,
    /// Who was paged, and when they answered.
    pub pages: Vec<Page>,
    /// Everything in order, a line each.
    pub log: Vec<LogLine>,
    /// Why the last act was refused, until the next one works.
    pub refused: Option<String>,
    /// Hints given.
    pub hints: Vec<(SimTime, String)>,
}

/// Where the exercise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Before StartEx.
    Waiting,
    /// Time runs.
    Running,
    /// Time stands still.
    Paused,
    /// After EndEx.
    Ended,
}

/// An item with what this seat did about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The item.
    pub item: Arc<Item>,
    /// When it came.
    pub at: SimTime,
    /// When this seat opened it.
    pub opened: Option<SimTime>,
    /// When this seat acknowledged it.
    pub acknowledged: Option<SimTime>,
}

/// One thing known of an asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The value.
    pub attr: Attr,
    /// Since when it is known; `None` for what the inventory says.
    pub at: Option<SimTime>,
    /// From where.
    pub source: String,
}

/// Work as this seat sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its number.
    pub id: JobId,
    /// What.
    pub work: Work,
    /// Who does it.
    pub by: SeatId,
    /// When it began.
    pub began: SimTime,
    /// When it is expected to end.
    pub ends: SimTime,
    /// `None` while it runs; then whether it worked, and what came of it.
    pub finished: Option<(SimTime, bool, String)>,
}

/// A running obligation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Its id.
    pub id: ClockId,
    /// The rule it comes from.
    pub regime: String,
    /// What started it.
    pub anchor: String,
    /// When it started.
    pub started: SimTime,
    /// Its deadline.
    pub due: SimTime,
    /// The product that answers it.
    pub filed_by: String,
    /// Where it stands.
    pub state: ClockState,
}

/// Where an obligation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClockState {
    /// Runs.
    Due,
    /// Deadline passed.
    Overdue,
    /// Answered at.
    Filed(SimTime),
    /// Decided not to apply, with a reason.
    Waived(SimTime),
}

/// An approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Its number.
    pub id: RequestId,
    /// Who is asked.
    pub of: PartyId,
    /// Who asks.
    pub by: SeatId,
    /// For what.
    pub subject: Subject,
    /// When.
    pub at: SimTime,
    /// The answer, with its reason.
    pub answer: Option<(bool, String)>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Who was called.
    pub party: PartyId,
    /// Who called.
    pub by: SeatId,
    /// When.
    pub at: SimTime,
    /// When they answered.
    pub answered: Option<SimTime>,
}

/// A line of the running log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// When.
    pub at: SimTime,
    /// What, in a sentence.
    pub text: String,
    /// Written by a person, not by the program.
    pub note: bool,
}

impl Board {
    /// An empty board for a seat.
    #[must_use]
    pub fn new(seat: SeatId) -> Self {
        Self {
            seat,
            now: SimTime::ZERO,
            phase: Phase::Waiting,
            mode: Mode::Practice,
            pace: Pace::Live,
            pack: None,
            people: BTreeMap::new(),
            inbox: Vec::new(),
            sent: Vec::new(),
            assets: BTreeMap::new(),
            jobs: Vec::new(),
            clocks: Vec::new(),
            requests: Vec::new(),
            declared: BTreeMap::new(),
            decided: BTreeMap::new(),
            ticked: BTreeSet::new(),
            pages: Vec::new(),
            log: Vec::new(),
            refused: None,
            hints: Vec::new(),
        }
    }

    /// Items not opened yet.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.inbox.iter().filter(|r| r.opened.is_none()).count()
    }

    /// The item with this number.
    #[must_use]
    pub fn received(&self, item: &str) -> Option<&Received> {
        self.inbox.iter().find(|r| r.item.id.as_str() == item)
    }

    /// The shown name of a seat or party: its person where one sits there, else the cell's name.
    #[must_use]
    pub fn name_of(&self, party: &str) -> String {
        if let Some(person) = self.people.get(party) {
            return person.clone();
        }
        let Some(pack) = &self.pack else { return party.to_owned() };
        let seat = pack.seats.iter().find(|s| s.id.as_str() == party).map(|s| &s.name);
        let other = pack.parties.iter().find(|p| p.id.as_str() == party).map(|p| &p.name);
        seat.or(other).cloned().unwrap_or_else(|| party.to_owned())
    }

    /// Folds one event in. An event not addressed to this seat changes nothing.
    pub fn apply(&mut self, event: &Event) {
        if !event.audience.includes(&self.seat) {
            return;
        }
        self.now = self.now.max(event.at);
        self.fold(event.at, &event.fact);
        if let Some(text) = self.describe(&event.fact) {
            let note = matches!(event.fact, Fact::Logged { .. });
            self.log.push(LogLine { at: event.at, text, note });
        }
    }

    fn fold(&mut self, at: SimTime, fact: &Fact) {
        match fact {
            Fact::SeatTaken { seat, person } => {
                self.people.insert(seat.clone(), person.clone());
            }
            Fact::SeatLeft { seat } => {
                self.people.remove(seat);
            }
            Fact::Started { mode } => {
                self.phase = Phase::Running;
                self.mode = *mode;
            }
            Fact::Briefed { pack } => self.brief(pack),
            Fact::Paused => self.phase = Phase::Paused,
            Fact::Resumed => self.phase = Phase::Running,
            Fact::PaceSet { pace } => self.pace = *pace,
            Fact::Ended => self.phase = Phase::Ended,
            Fact::Refused { reason, .. } => self.refused = Some(reason.clone()),
            Fact::Delivered { item } => {
                self.inbox.push(Received { item: item.clone(), at, opened: None, acknowledged: None });
            }
            Fact::HintGiven { text, .. } => self.hints.push((at, text.clone())),
            _ => self.fold_play(at, fact),
        }
        if !matches!(fact, Fact::Refused { .. }) {
            self.refused = None;
        }
    }

    fn fold_play(&mut self, at: SimTime, fact: &Fact) {
        match fact {
            Fact::Opened { seat, item } if *seat == self.seat => {
                if let Some(r) = self.received_mut(item) {
                    r.opened.get_or_insert(at);
                }
            }
            Fact::Acknowledged { seat, item } if *seat == self.seat => {
                if let Some(r) = self.received_mut(item) {
                    r.acknowledged.get_or_insert(at);
                }
            }
            Fact::JobStarted { job, work, by, ends, .. } => self.jobs.push(Job {
                id: job.clone(),
                work: work.clone(),
                by: by.clone(),
                began: at,
                ends: *ends,
                finished: None,
            }),
            Fact::JobFinished { job, done, result, .. } => {
                if let Some(j) = self.jobs.iter_mut().find(|j| j.id == *job) {
                    j.finished = Some((at, *done, result.clone()));
                }
            }
            Fact::Offered { actions, queries } => {
                if let Some(pack) = &mut self.pack {
                    let pack = Arc::make_mut(pack);
                    pack.actions.extend(actions.iter().cloned());
                    pack.queries.extend(queries.iter().cloned());
                }
            }
            Fact::AssetSeen { asset, seen, source } => self.see(at, asset, seen, source),
            Fact::Paged { party, by, .. } => {
                self.pages.push(Page { party: party.clone(), by: by.clone(), at, answered: None });
            }
            Fact::PageAnswered { party, .. } => {
                for page in self.pages.iter_mut().filter(|p| p.party == *party) {
                    page.answered.get_or_insert(at);
                }
            }
            Fact::Sent { message } => self.sent.push((at, message.clone())),
            Fact::ApprovalRequested { request, of, by, subject } => self.requests.push(Request {
                id: request.clone(),
                of: of.clone(),
                by: by.clone(),
                subject: subject.clone(),
                at,
                answer: None,
            }),
            Fact::ApprovalGiven { request, reason, .. } => self.answer(request, true, reason),
            Fact::ApprovalRefused { request, reason, .. } => self.answer(request, false, reason),
            Fact::Declared { declaration, value, .. } => {
                self.declared.insert(declaration.clone(), (value.clone(), at));
            }
            Fact::Decided { decision, option, .. } => {
                self.decided.insert(decision.clone(), (option.clone(), at));
            }
            Fact::Ticked { step, .. } => {
                self.ticked.insert(step.clone());
            }
            _ => self.fold_clock(at, fact),
        }
    }

    fn fold_clock(&mut self, at: SimTime, fact: &Fact) {
        let (clock, state) = match fact {
            Fact::ClockStarted { clock, regime, anchor, due, filed_by } => {
                self.clocks.push(Clock {
                    id: clock.clone(),
                    regime: regime.clone(),
                    anchor: anchor.clone(),
                    started: at,
                    due: *due,
                    filed_by: filed_by.clone(),
                    state: ClockState::Due,
                });
                return;
            }
            Fact::ClockOverdue { clock } => (clock, ClockState::Overdue),
            Fact::ClockFiled { clock, .. } => (clock, ClockState::Filed(at)),
            Fact::ClockWaived { clock, .. } => (clock, ClockState::Waived(at)),
            _ => return,
        };
        if let Some(card) = self.clocks.iter_mut().find(|c| c.id == *clock) {
            card.state = state;
        }
    }

    fn brief(&mut self, pack: &Arc<Pack>) {
        for asset in &pack.assets {
            let known = asset
                .known
                .iter()
                .map(|attr| Known { attr: attr.clone(), at: None, source: "inventory".to_owned() })
                .collect();
            self.assets.insert(asset.id.clone(), known);
        }
        self.pack = Some(pack.clone());
    }

    fn see(&mut self, at: SimTime, asset: &AssetId, seen: &[Attr], source: &str) {
        let known = self.assets.entry(asset.clone()).or_default();
        for attr in seen {
            known.retain(|k| k.attr.kind() != attr.kind());
            known.push(Known { attr: attr.clone(), at: Some(at), source: source.to_owned() });
        }
        known.sort_by_key(|k| k.attr.kind());
    }

    fn answer(&mut self, request: &RequestId, grant: bool, reason: &str) {
        if let Some(r) = self.requests.iter_mut().find(|r| r.id == *request) {
            r.answer = Some((grant, reason.to_owned()));
        }
    }

    fn received_mut(&mut self, item: &ItemId) -> Option<&mut Received> {
        self.inbox.iter_mut().find(|r| r.item.id == *item)
    }

    /// The name of an action or query as the catalogue has it.
    #[must_use]
    pub fn work_name(&self, work: &Work) -> String {
        let pack = self.pack.as_deref();
        match work {
            Work::Action(id, target) => {
                let name = pack
                    .and_then(|p| p.actions.iter().find(|a| a.id == *id))
                    .map_or_else(|| id.to_string(), |a| a.name.clone());
                match target {
                    Some(t) => format!("{name} ({t})"),
                    None => name,
                }
            }
            Work::Query(id) => pack
                .and_then(|p| p.queries.iter().find(|q| q.id == *id))
                .map_or_else(|| id.to_string(), |q| q.name.clone()),
        }
    }

    /// A fact as a line of the log; `None` for what would only repeat a screen.
    fn describe(&self, fact: &Fact) -> Option<String> {
        let who = |seat: &SeatId| if *seat == self.seat { "you".to_owned() } else { self.name_of(seat.as_str()) };
        let party = |p: &PartyId| self.name_of(p.as_str());
        Some(match fact {
            Fact::SeatTaken { seat, person } => format!("{person} took the seat {seat}"),
            Fact::SeatLeft { seat } => format!("the simulation cell took over {seat}"),
            Fact::Started { .. } => "StartEx".to_owned(),
            Fact::Paused => "PauseEx".to_owned(),
            Fact::Resumed => "play resumed".to_owned(),
            Fact::PaceSet { pace } => format!("pace {pace}"),
            Fact::Waited { span } => format!("let {span} pass"),
            Fact::Ended => "EndEx".to_owned(),
            Fact::Refused { reason, .. } => format!("refused: {reason}"),
            Fact::Delivered { item } => format!("{} from {}: {}", item.id, item.from.name, item.subject),
            Fact::Acknowledged { seat, item } => format!("{} acknowledged {item}", who(seat)),
            Fact::JobStarted { work, by, .. } => format!("{} started: {}", who(by), self.work_name(work)),
            Fact::JobFinished { work, by, done, .. } => {
                format!("{} {}: {}", who(by), if *done { "finished" } else { "got nowhere with" }, self.work_name(work))
            }
            Fact::Offered { actions, queries } => {
                let names: Vec<&str> =
                    actions.iter().map(|a| &*a.name).chain(queries.iter().map(|q| &*q.name)).collect();
                format!("now possible: {}", names.join(", "))
            }
            Fact::Tasked { seat, by, work } => {
                format!("{} asked {}: {}", who(by), who(seat), self.work_name(work))
            }
            Fact::Paged { party: p, by, reason } if reason.is_empty() => format!("{} paged {}", who(by), party(p)),
            Fact::Paged { party: p, by, reason } => format!("{} paged {}: {reason}", who(by), party(p)),
            Fact::PageAnswered { party: p, .. } => format!("{} answered the page", party(p)),
            Fact::Sent { message } => {
                let to: Vec<String> = message.draft.to.iter().map(&party).collect();
                format!("{} sent {} to {}: {}", who(&message.by), message.id, to.join(", "), message.draft.subject)
            }
            Fact::ApprovalRequested { of, by, subject, .. } => {
                format!("{} asked {} to approve {subject}", who(by), party(of))
            }
            Fact::ApprovalGiven { of, subject, .. } => format!("{} approved {subject}", party(of)),
            Fact::ApprovalRefused { of, subject, reason, .. } => {
                format!("{} refused {subject}: {reason}", party(of))
            }
            Fact::Declared { declaration, value, by, .. } => format!("{} declared {declaration}: {value}", who(by)),
            Fact::Decided { decision, option, by, .. } => format!("{} decided {decision}: {option}", who(by)),
            Fact::Ticked { step, by } => format!("{} ticked {step}", who(by)),
            Fact::Logged { text, by } => format!("{}: {text}", who(by)),
            Fact::HintGiven { text, .. } => format!("hint: {text}"),
            Fact::ClockStarted { regime, anchor, .. } => format!("clock started: {regime} ({anchor})"),
            Fact::ClockOverdue { clock } => format!("OVERDUE: {clock}"),
            Fact::ClockFiled { clock, item } => format!("filed: {clock} ({item})"),
            Fact::ClockWaived { clock, reason, .. } => format!("not notifiable: {clock}: {reason}"),
            _ => return None,
        })
    }
}
