//! Mistakes made: what, why it matters, what instead.

use crate::{
    block::{Block, Line, Section, Tone},
    case::Case,
    moment::{Kind, Moment},
    phrase,
};
use protocol::Fact;

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    // During play only the staff knows of them.
    if !case.over {
        return None;
    }
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
        let said = cause(case, sprung.entry);
        let who = if said.starts_with(&who) { String::new() } else { format!("{who}: ") };
        let mut head = Line::new().say(case.trap(trap)).say(" ");
        head = head.badge(Tone::Bad, format!("{} points", phrase::points(-i64::from(trap.points) * 100)));
        if trap.legal {
            head = head.say(" ").badge(Tone::Bad, "against law, plan or authorisation");
        }
        blocks.push(Block::Together(vec![
            Block::Heading(head),
            Block::Terms(vec![
                ("What", Line::new().code(format!("#{}", sprung.entry)).say(format!(" {} {who}{said}", sprung.at))),
                ("Why it matters", trap.why.clone().into()),
                ("Instead", trap.instead.clone().into()),
            ]),
        ]));
    }
    Some(Section { id: "mistakes", title: "Mistakes made", blocks, page: false })
}

/// What was done: the last thing somebody did, or that came of what they did, before the mistake was recorded.
fn cause(case: &Case<'_>, entry: u64) -> String {
    let ended = |n: &u64| case.record.event(*n).is_some_and(|e| matches!(e.fact, Fact::JobFinished { .. }));
    if let Some(finished) = (entry.saturating_sub(3)..entry).rev().find(ended) {
        return case.record.evidence(finished).note;
    }
    let did = |m: &&Moment| {
        m.entry < entry && matches!(m.kind, Kind::Action | Kind::Query | Kind::Told | Kind::Decided | Kind::Noted)
    };
    case.moments.iter().rev().find(did).map_or_else(String::new, |m| m.text.clone())
}
