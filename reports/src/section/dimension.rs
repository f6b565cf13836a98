//! The four dimensions.

use super::overview;
use crate::{
    block::{Block, Figure, Line, Section, Table, Tone},
    case::Case,
    phrase,
};
use scoring::{DimensionCard, Status};

pub(crate) fn section(case: &Case<'_>) -> Option<Section> {
    let row = |d: &DimensionCard| {
        let count = |wanted: Status| d.marks.iter().filter(|m| m.status == wanted).count().to_string();
        let percent = d.percent.map_or(Line::new().badge(Tone::Quiet, "not exercised"), |p| format!("{p} %").into());
        vec![
            phrase::dimension(d.dimension).into(),
            percent,
            format!("{} of {}", phrase::points(d.points), phrase::points(d.of)).into(),
            d.weight.to_string().into(),
            count(Status::Met).into(),
            count(Status::Partly).into(),
            count(Status::Failed).into(),
            d.marks
                .iter()
                .filter(|m| !matches!(m.status, Status::Met | Status::Partly | Status::Failed))
                .count()
                .to_string()
                .into(),
        ]
    };
    let table = Table {
        caption: "Points per dimension",
        head: vec!["Dimension", "Result", "Points", "Weight", "Met", "Partly", "Failed", "Not counted"],
        rows: case.card.dimensions.iter().map(row).collect(),
        small: false,
        widths: &[],
    };
    let blocks = vec![
        Block::Figure(Figure { svg: overview::bars(case), caption: Line::new().say(case.card.verdict.clone()) }),
        Block::Table(table),
        Block::Note(
            "Not counted: not exercised, not observed or not graded. None of these is a failure, and none is zero."
                .into(),
        ),
    ];
    Some(Section { id: "dimensions", title: "Result in four dimensions", blocks, page: false })
}
