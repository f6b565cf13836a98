//! The material of one report, indexed once for all its sections.

use crate::{
    Material, Names,
    block::{Line, Tone},
    ink::Ink,
    moment::{self, Moment},
    names::Mask,
    phrase,
};
use protocol::{Fact, Mode, ObjectiveId, PartyId, SeatId, SimTime};
use scenarios::{
    calendar::Calendar,
    model::{Cue, Scenario, Trap},
};
use scoring::{Evidence, Finding, Mark, Record};
use std::collections::BTreeMap;

/// As many pieces of evidence as are shown for one finding.
const EVIDENCE: usize = 4;

pub(crate) struct Case<'a> {
    pub(crate) material: Material<'a>,
    pub(crate) scenario: &'a Scenario,
    pub(crate) card: &'a scoring::Scorecard,
    pub(crate) record: Record<'a>,
    pub(crate) calendar: Calendar,
    pub(crate) ink: Ink,
    /// What happened, in order, as a timeline shows it.
    pub(crate) moments: Vec<Moment>,
    /// EndEx was given: the staff's truth may be told.
    pub(crate) over: bool,
    marks: BTreeMap<&'a str, &'a Mark>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(material: Material<'a>) -> Self {
        let scenario = &material.loaded.scenario;
        let record = Record::new(scenario, material.transcript);
        let over = record.ended.is_some();
        let marks = material.card.dimensions.iter().flat_map(|d| &d.marks).map(|m| (m.id.as_str(), m)).collect();
        let moments = moment::all(&material, &record, over);
        Self {
            material,
            scenario,
            card: material.card,
            record,
            calendar: material.loaded.calendar(),
            ink: Ink { mask: Mask::new(&material) },
            moments,
            over,
            marks,
        }
    }

    pub(crate) fn mark(&self, id: &str) -> Option<&'a Mark> {
        self.marks.get(id).copied()
    }

    pub(crate) fn pseudonymous(&self) -> bool {
        self.material.names == Names::Seats
    }

    pub(crate) fn seat(&self, seat: &SeatId) -> String {
        self.record.seat_name(seat)
    }

    pub(crate) fn party(&self, party: &PartyId) -> String {
        self.record.name(party)
    }

    /// Names of seats, separated by commas.
    pub(crate) fn seats(&self, seats: &[SeatId]) -> String {
        seats.iter().map(|s| self.seat(s)).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn parties<'p>(&self, parties: impl IntoIterator<Item = &'p PartyId>) -> String {
        parties.into_iter().map(|p| self.party(p)).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn capability(&self, id: &ObjectiveId) -> &'static str {
        self.scenario.objectives.iter().find(|o| o.id == *id).map_or("", |o| phrase::capability(o.capability))
    }

    /// The time of day in the story, `09:14`, with the date when it is another day than StartEx.
    pub(crate) fn story(&self, at: SimTime) -> String {
        let label = self.calendar.label(at);
        let first = self.calendar.label(SimTime::ZERO);
        match (label.split_once(' '), first.split_once(' ')) {
            (Some((day, time)), Some((today, _))) if day == today => time.trim_end_matches(" UTC").to_owned(),
            _ => label.trim_end_matches(" UTC").to_owned(),
        }
    }

    /// `00:12:05`, or an em dash.
    pub(crate) fn time(at: Option<SimTime>) -> String {
        at.map_or_else(|| "—".to_owned(), |t| t.to_string())
    }

    /// Who sits there, by name or by nobody.
    pub(crate) fn mode(&self) -> Option<Mode> {
        self.material.transcript.events().find_map(|(_, e)| match e.fact {
            Fact::Started { mode } => Some(mode),
            _ => None,
        })
    }

    /// The day the exercise was held, `2026-11-20`; empty when the record does not say.
    pub(crate) fn day(&self) -> String {
        let day: String = self.material.transcript.header.created.chars().take(10).collect();
        let digits = day.chars().enumerate().all(|(i, c)| if i == 4 || i == 7 { c == '-' } else { c.is_ascii_digit() });
        if day.len() == 10 && digits { day } else { String::new() }
    }

    /// One piece of evidence in a line: entry, exercise time, what it says.
    pub(crate) fn evidence(&self, evidence: &Evidence) -> Line {
        Line::new().code(format!("#{}", evidence.entry)).small(format!(" {} {}", evidence.at, evidence.note))
    }

    /// The evidence of a finding, cut to what is read.
    pub(crate) fn evidences(&self, all: &[Evidence]) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for line in all.iter().map(|e| self.evidence(e)) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        let more = lines.len().saturating_sub(EVIDENCE);
        lines.truncate(EVIDENCE);
        if more > 0 {
            lines.push(Line::new().soft(format!("and {more} more")));
        }
        lines
    }

    /// A mistake in words: as its mark names it, or by the option's own words where one was chosen.
    pub(crate) fn trap(&self, trap: &Trap) -> String {
        if let Cue::DecidedAs(decision, option) = &trap.on
            && let Some(text) = phrase::option(self.scenario, decision, option)
        {
            return format!("Deciding: {}", phrase::short(text, 120).trim_end_matches('.'));
        }
        let title = self.mark(&format!("trap/{}", trap.id)).map_or_else(|| trap.id.to_string(), |m| m.title.clone());
        phrase::sentence(title.trim_start_matches("Mistake: ").trim_end_matches('.'))
    }

    /// A finding's title and reason, apart.
    pub(crate) fn finding(&self, finding: &Finding) -> (String, String) {
        let Some(mark) = self.mark(&finding.mark) else { return (String::new(), finding.text.clone()) };
        let trap = finding.trap.as_ref().and_then(|id| self.scenario.traps.iter().find(|t| t.id == *id));
        let title = trap.map_or_else(
            || mark.title.trim_end_matches('.').to_owned(),
            |trap| format!("Mistake: {}", self.trap(trap)),
        );
        (title, mark.reason.clone())
    }
}

/// The tone of points out of points.
pub(crate) fn tone(points: i64, of: i64) -> Tone {
    match (points, of) {
        (p, o) if o > 0 && p * 100 >= o * 80 => Tone::Good,
        (p, o) if o > 0 && p * 100 >= o * 50 => Tone::Half,
        _ => Tone::Bad,
    }
}
