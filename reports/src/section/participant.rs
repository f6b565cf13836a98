//! Appendix B: participants.

use crate::{
    block::{Block, Line, Section, Table},
    case::Case,
};
use protocol::{SeatId, SimTime};

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let rows = case.scenario.seats.iter().map(|seat| {
        let sittings: Vec<_> = case.record.sittings.iter().filter(|s| s.seat == seat.id).collect();
        let mut who = Line::new();
        for (i, sitting) in sittings.iter().enumerate() {
            if i > 0 {
                who = who.then();
            }
            let until = sitting.to.map_or_else(String::new, |(_, t)| format!(" until {t}"));
            let from =
                if sitting.from.1 == SimTime::ZERO { String::new() } else { format!(" from {}", sitting.from.1) };
            who = if case.pseudonymous() { who.say("a person") } else { who.say(sitting.person.clone()) };
            who = who.soft(format!("{from}{until}"));
        }
        if sittings.is_empty() {
            who = Line::new().soft("simulation cell");
        }
        vec![seat.title.clone().into(), who, seat.duties.clone().into(), acts(case, &seat.id).into()]
    });
    let note = if case.pseudonymous() {
        "Names are left out at the organisation's request, here and in every text."
    } else {
        "Facilitator, evaluators and observers are to be added by hand."
    };
    let blocks = vec![
        Block::Table(Table {
            caption: "Seats",
            head: vec!["Seat", "Held by", "Duties", "Acts"],
            rows: rows.collect(),
            small: false,
            widths: &[21, 23, 48, 8],
        }),
        Block::Note(note.into()),
    ];
    Some(Section { id: "participants", title: "Appendix B: Participants", blocks, page: false })
}

/// How often a seat did anything but read.
fn acts(case: &Case<'_>, seat: &SeatId) -> String {
    use crate::moment::{Kind, Lane};
    let own = case.moments.iter().filter(|m| {
        matches!(m.kind, Kind::Action | Kind::Query | Kind::Told | Kind::Decided | Kind::Noted)
            && matches!(&m.lane, Lane::Seats(seats) if seats.contains(seat))
    });
    own.count().to_string()
}
