//! Questions for the debrief.

use crate::{
    block::{Block, Section},
    case::Case,
};

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    if case.scenario.debrief.is_empty() || !case.over {
        return None;
    }
    let questions = case.scenario.debrief.iter().map(Into::into).collect();
    Some(Section {
        id: "debrief",
        title: "Questions for the debrief",
        blocks: vec![Block::Numbered(questions)],
        page: false,
    })
}
