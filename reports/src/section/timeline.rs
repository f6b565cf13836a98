//! The timeline: the picture, and the moments that decided.

use crate::{
    block::{Block, Figure, Line, Section, Table},
    case::Case,
    moment::{Kind, Lane, Moment},
    picture,
};

/// As many key moments as a page holds.
const MOST: usize = 32;

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let mut blocks = vec![Block::Figure(Figure {
        svg: picture::timeline::draw(case),
        caption: "What was delivered when, and who did what. Above the thin line in each lane: what reached the seat; below it: what the seat did.".into(),
    })];
    let key: Vec<&Moment> = case.moments.iter().filter(|m| is_key(case, m)).collect();
    let left_out = key.len().saturating_sub(MOST);
    let rows: Vec<Vec<Line>> = key.into_iter().take(MOST).map(|m| row(case, m)).collect();
    if !rows.is_empty() {
        blocks.push(Block::Table(Table {
            caption: "Key moments",
            head: vec!["Exercise time", "Story", "Who", "What", "Entry"],
            rows,
            small: true,
            widths: &[9, 6, 18, 61, 6],
        }));
    }
    let more = if left_out > 0 {
        format!("{left_out} later key moments and all other events")
    } else {
        "All other events".to_owned()
    };
    blocks.push(Block::Note(format!("{more} stand in Appendix E.").into()));
    Some(Section { id: "timeline", title: "Timeline", blocks, page: true })
}

/// What decided how it went: first rightly done, sent as a product, declared, due, failed, and the
/// adversary's turns.
fn is_key(case: &Case<'_>, moment: &Moment) -> bool {
    match moment.kind {
        Kind::Mistake | Kind::Clock => true,
        Kind::Adversary => !moment.text.starts_with("Adversary began"),
        Kind::Decided => moment.text.contains("declared"),
        Kind::Conduct => moment.text == "StartEx" || moment.text == "EndEx",
        Kind::Told => case.card.communications.iter().any(|c| c.entry == Some(moment.entry)),
        _ => false,
    }
}

/// A row of a timeline table, here and in the journal.
pub(crate) fn row(case: &Case<'_>, moment: &Moment) -> Vec<Line> {
    let who = match &moment.lane {
        Lane::Seats(seats) if seats.len() > 3 => format!("{} and {} more", case.seats(&seats[..2]), seats.len() - 2),
        Lane::Seats(seats) => case.seats(seats),
        Lane::Table => "the table".to_owned(),
        Lane::Staff => "staff only".to_owned(),
    };
    vec![
        moment.at.to_string().into(),
        case.story(moment.at).into(),
        who.into(),
        moment.text.clone().into(),
        Line::new().code(format!("#{}", moment.entry)),
    ]
}
