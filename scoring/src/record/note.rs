//! An entry in a short line, for whoever checks a mark.

use super::Record;
use crate::card::Evidence;
use protocol::{ActionId, ClockId, DeclarationId, Fact, PartyId, ProductId, SeatId, StepId, Work, clean};
use scenarios::model::Cue;

/// A note is cut at this many characters.
const NOTE_CHARS: usize = 160;

impl Record<'_> {
    /// Points at an entry and says what it holds.
    #[must_use]
    pub fn evidence(&self, entry: u64) -> Evidence {
        let event = self.event(entry);
        let at = event.map_or(self.end, |e| e.at);
        let note = event.map_or_else(String::new, |e| self.describe(&e.fact));
        Evidence { entry, at, note: cut(&note), span: None }
    }

    /// The shown name of a seat or a party.
    #[must_use]
    pub fn name(&self, party: &PartyId) -> String {
        let seat = self.scenario.seats.iter().find(|s| s.id.as_str() == party.as_str()).map(|s| &s.title);
        let other = self.scenario.parties.iter().find(|p| p.id == *party).map(|p| &p.name);
        seat.or(other).map_or_else(|| party.to_string(), Clone::clone)
    }

    /// The shown name of a seat.
    #[must_use]
    pub fn seat_name(&self, seat: &SeatId) -> String {
        self.name(&PartyId::from(seat))
    }

    /// Names of seats, `a, b or c`.
    #[must_use]
    pub fn seat_names(&self, seats: &[SeatId]) -> String {
        either(&seats.iter().map(|s| self.seat_name(s)).collect::<Vec<_>>())
    }

    /// The name of work from the catalogue.
    #[must_use]
    pub fn work_name(&self, work: &Work) -> String {
        match work {
            Work::Action(id, target) => {
                let name = self.scenario.actions.iter().find(|a| a.id == *id);
                let name = name.map_or_else(|| id.to_string(), |a| a.name.clone());
                target.as_ref().map_or_else(|| name.clone(), |t| format!("{name} ({t})"))
            }
            Work::Query(id) => {
                let query = self.scenario.queries.iter().find(|q| q.id == *id);
                query.map_or_else(|| id.to_string(), |q| q.name.clone())
            }
        }
    }

    /// A cue as a phrase: `beginning "Wipe the node"`, `the delivery of INJ-04`.
    #[must_use]
    pub fn cue_text(&self, cue: &Cue) -> String {
        let s = self.scenario;
        let action = |id: &ActionId| {
            let name = s.actions.iter().find(|a| a.id == *id).map_or_else(|| id.to_string(), |a| a.name.clone());
            format!("\"{name}\"")
        };
        let product =
            |id: &ProductId| s.products.iter().find(|p| p.id == *id).map_or_else(|| id.to_string(), |p| p.name.clone());
        let heading = |id: &DeclarationId| {
            s.declarations.iter().find(|d| d.id == *id).map_or_else(|| id.to_string(), |d| d.name.clone())
        };
        match cue {
            Cue::Start => "StartEx".to_owned(),
            Cue::Delivered(i) => format!("the delivery of {i}"),
            Cue::Opened(i) => format!("opening {i}"),
            Cue::Acknowledged(i) => format!("acknowledging {i}"),
            Cue::Began(a) => format!("beginning {}", action(a)),
            Cue::Acted(a) => format!("finishing {}", action(a)),
            Cue::ActedOn(a, asset) => {
                let on = s.assets.iter().find(|x| x.id == *asset).map_or(asset.as_str(), |x| &x.name);
                format!("finishing {} on {on}", action(a))
            }
            Cue::Failed(a) => format!("trying {} in vain", action(a)),
            Cue::Queried(q) => {
                let name = s.queries.iter().find(|x| x.id == *q).map_or(q.as_str(), |x| &x.name);
                format!("the result of \"{name}\"")
            }
            Cue::Told(p) => format!("telling {}", self.name(p)),
            Cue::Paged(p) => format!("paging {}", self.name(p)),
            Cue::SentVia(c) => {
                let name = s.channels.iter().find(|x| x.id == *c).map_or(c.as_str(), |x| &x.name);
                format!("a message by {name}")
            }
            Cue::Sent(p) => format!("sending the {}", product(p)),
            Cue::SentTo(p, to) => format!("sending the {} to {}", product(p), self.name(to)),
            Cue::ApprovedProduct(p) => format!("the approval of the {}", product(p)),
            Cue::ApprovedAction(a) => format!("the approval of {}", action(a)),
            Cue::Declared(d) => format!("declaring {}", heading(d)),
            Cue::DeclaredAs(d, v) => format!("declaring {}: {v}", heading(d)),
            Cue::Decided(d) => format!("deciding {d}"),
            Cue::DecidedAs(d, o) => format!("deciding {d}: {o}"),
            _ => self.cue_of_the_world(cue),
        }
    }

    fn cue_of_the_world(&self, cue: &Cue) -> String {
        let s = self.scenario;
        let step = |id: &StepId| {
            s.adversary.steps.iter().find(|x| x.id == *id).map_or_else(|| id.to_string(), |x| x.name.clone())
        };
        let clock =
            |id: &ClockId| s.clocks.iter().find(|c| c.id == *id).map_or_else(|| id.to_string(), |c| c.regime.clone());
        match cue {
            Cue::Ticked(r) => {
                let text = s.runbook.iter().find(|x| x.id == *r).map_or(r.as_str(), |x| &x.text);
                format!("ticking \"{}\"", cut(text))
            }
            Cue::Logged => "a line in the log".to_owned(),
            Cue::ClockStarted(c) => format!("the start of the clock {}", clock(c)),
            Cue::Filed(c) => format!("filing for {}", clock(c)),
            Cue::StepStarted(x) => format!("the adversary beginning \"{}\"", step(x)),
            Cue::StepDone(x) => format!("the adversary's \"{}\"", step(x)),
            Cue::StepBlocked(x) => format!("blocking the adversary's \"{}\"", step(x)),
            Cue::Detected(x) => format!("the alert on \"{}\"", step(x)),
            Cue::Flag(f) => format!("\"{f}\""),
            // Named by `cue_text`.
            other => format!("{other:?}"),
        }
    }

    /// That a cue did not happen, as a sentence.
    #[must_use]
    pub fn never(&self, cue: &Cue) -> String {
        match cue {
            Cue::Delivered(i) => format!("{i} was never delivered"),
            other => format!("{} never happened", self.cue_text(other)),
        }
    }

    fn describe(&self, fact: &Fact) -> String {
        match fact {
            Fact::Started { .. } => "StartEx".to_owned(),
            Fact::Ended => "EndEx".to_owned(),
            Fact::Delivered { item } => format!("{} delivered: {}", item.id, item.subject),
            Fact::Opened { seat, item } => format!("{} opened {item}", self.seat_name(seat)),
            Fact::Acknowledged { seat, item } => format!("{} acknowledged {item}", self.seat_name(seat)),
            Fact::JobStarted { work, by, authorised, .. } => {
                let without = if *authorised { "" } else { ", without approval" };
                format!("{} began: {}{without}", self.seat_name(by), self.work_name(work))
            }
            Fact::JobFinished { work, by, done, .. } => {
                let verb = if *done { "finished" } else { "got nowhere with" };
                format!("{} {verb}: {}", self.seat_name(by), self.work_name(work))
            }
            Fact::Tasked { seat, by, work } => {
                format!("{} asked {}: {}", self.seat_name(by), self.seat_name(seat), self.work_name(work))
            }
            Fact::Paged { party, by, reason } if reason.is_empty() => {
                format!("{} paged {}", self.seat_name(by), self.name(party))
            }
            Fact::Paged { party, by, reason } => {
                format!("{} paged {}: {reason}", self.seat_name(by), self.name(party))
            }
            Fact::Sent { message } => {
                let to: Vec<String> = message.draft.to.iter().map(|p| self.name(p)).collect();
                let subject = &message.draft.subject;
                let by = self.seat_name(&message.by);
                format!("{by} sent {} to {}: {subject}", message.id, to.join(", "))
            }
            Fact::ApprovalGiven { of, subject, .. } => format!("{} approved {subject}", self.name(of)),
            Fact::ApprovalRefused { of, subject, .. } => format!("{} refused {subject}", self.name(of)),
            Fact::Declared { declaration, value, by, .. } => {
                format!("{} declared {declaration}: {value}", self.seat_name(by))
            }
            Fact::Decided { decision, option, by, .. } => {
                format!("{} decided {decision}: {option}", self.seat_name(by))
            }
            Fact::Ticked { step, by } => format!("{} ticked {step}", self.seat_name(by)),
            Fact::Logged { text, by } => format!("{} logged: {text}", self.seat_name(by)),
            _ => self.describe_truth(fact),
        }
    }

    fn describe_truth(&self, fact: &Fact) -> String {
        match fact {
            Fact::ClockStarted { regime, anchor, .. } => format!("clock started: {regime} ({anchor})"),
            Fact::ClockOverdue { clock } => format!("deadline passed: {clock}"),
            Fact::ClockFiled { clock, item } => format!("filed: {clock} with {item}"),
            Fact::ClockWaived { clock, reason, .. } => format!("decided not to apply: {clock}: {reason}"),
            Fact::StepStarted { step } => format!("the adversary began {step}"),
            Fact::StepSucceeded { step } => format!("the adversary succeeded with {step}"),
            Fact::StepBlocked { step, reason } => format!("the adversary was blocked in {step}: {reason}"),
            Fact::SensorFired { sensor, item, .. } => format!("{sensor} sounded {item}"),
            Fact::MeterRead { meter, value, .. } => {
                let known = self.scenario.meters.iter().find(|m| m.id == *meter);
                known.map_or_else(|| format!("{meter}: {value}"), |m| format!("{}: {value} {}", m.name, m.unit))
            }
            Fact::Trapped { trap, .. } => format!("mistake recorded: {trap}"),
            Fact::InjectReleased { inject, .. } => format!("{inject} released"),
            Fact::RuleFired { rule } => format!("{rule} took effect"),
            _ => "see the entry".to_owned(),
        }
    }
}

/// `a, b or c`.
pub(crate) fn either(names: &[String]) -> String {
    match names {
        [] => "anyone".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// One clean line, cut at a number of characters. What people typed was cleaned when it entered; a transcript
/// from elsewhere may not have been.
fn cut(text: &str) -> String {
    let line = clean::line(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= NOTE_CHARS {
        return line;
    }
    let mut short: String = line.chars().take(NOTE_CHARS - 1).collect();
    short.push('…');
    short
}
