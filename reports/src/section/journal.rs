//! Appendix E: everything that happened, in order.

use super::timeline;
use crate::{
    block::{Block, Section, Table},
    case::Case,
};

/// A table longer than this is for the transcript, not for a report.
const MOST: usize = 1500;

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let left_out = case.moments.len().saturating_sub(MOST);
    let rows: Vec<_> = case.moments.iter().take(MOST).map(|m| timeline::row(case, m)).collect();
    let mut blocks = vec![Block::Table(Table {
        caption: "Events in order",
        head: vec!["Exercise time", "Story", "Who", "What", "Entry"],
        rows,
        small: true,
        widths: &[9, 6, 20, 59, 6],
    })];
    if left_out > 0 {
        blocks.push(Block::Note(format!("{left_out} later events are in the transcript.").into()));
    }
    Some(Section { id: "journal", title: "Appendix E: Timeline in full", blocks, page: true })
}
