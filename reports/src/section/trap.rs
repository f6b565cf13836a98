//! Mistakes made: what, why it matters, what instead.

use crate::{
    block::{Block, Line, Section, Tone},
    case::Case,
    phrase,
};

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let mut blocks = Vec::new();
    if case.record.trapped.is_empty() {
        let all = case.scenario.traps.len();
        blocks.push(Block::Para(
            if all == 0 {
                "The scenario sets none.".to_owned()
            } else {
                format!("None: the table walked into none of the {all} mistakes the scenario holds ready.")
            }
            .into(),
        ));
    } else {
        blocks.push(Block::Para(
            format!(
                "{} of {} mistakes the scenario holds ready were made.",
                case.record.trapped.len(),
                case.scenario.traps.len()
            )
            .into(),
        ));
    }
    for sprung in &case.record.trapped {
        let Some(trap) = case.scenario.traps.iter().find(|t| t.id == sprung.trap) else { continue };
        let who = sprung.by.as_ref().map_or_else(|| "the table".to_owned(), |s| case.seat(s));
        let title = case.mark(&format!("trap/{}", trap.id)).map_or_else(|| trap.id.to_string(), |m| m.title.clone());
        let mut head = Line::new().say(phrase::sentence(title.trim_end_matches('.'))).say(" ");
        head = head.badge(Tone::Bad, format!("{} points", phrase::points(-i64::from(trap.points) * 100)));
        if trap.legal {
            head = head.say(" ").badge(Tone::Bad, "against law, plan or authorisation");
        }
        blocks.push(Block::Together(vec![
            Block::Heading(head),
            Block::Terms(vec![
                (
                    "What",
                    Line::new().code(format!("#{}", sprung.entry)).say(format!(
                        " {} {who}: {}",
                        sprung.at,
                        cause(case, sprung.entry)
                    )),
                ),
                ("Why it matters", trap.why.clone().into()),
                ("Instead", trap.instead.clone().into()),
            ]),
        ]));
    }
    Some(Section { id: "mistakes", title: "Mistakes made", blocks, page: false })
}

/// What was done: the last thing before the mistake was recorded that somebody did.
fn cause(case: &Case<'_>, entry: u64) -> String {
    let before = case.moments.iter().rev().find(|m| {
        m.entry < entry
            && matches!(m.lane, crate::moment::Lane::Seats(_))
            && !matches!(m.kind, crate::moment::Kind::Read)
    });
    let mut note = before.map_or_else(String::new, |m| m.text.clone());
    if let Some(finished) = (entry.saturating_sub(3)..entry).rev().find_map(|n| {
        case.record
            .event(n)
            .filter(|e| matches!(e.fact, protocol::Fact::JobFinished { .. }))
            .map(|_| case.record.evidence(n).note)
    }) {
        note = finished;
    }
    note
}
