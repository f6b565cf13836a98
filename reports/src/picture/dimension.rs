//! The four dimensions and the total as bars against what is needed.

use super::svg::{Hang, Svg, WIDTH, class};
use crate::{block::Tone, case::Case, phrase};

const GUTTER: f64 = 290.0;
const ROW: f64 = 30.0;
const RIGHT: f64 = WIDTH - 130.0;

fn x(percent: u32) -> f64 {
    GUTTER + (RIGHT - GUTTER) * f64::from(percent.min(100)) / 100.0
}

/// The picture.
pub(crate) fn draw(case: &Case<'_>) -> String {
    let card = case.card;
    let mut svg = Svg::new(&case.ink);
    let mut y = 24.0;
    let mut told = Vec::new();
    for d in &card.dimensions {
        let name = phrase::dimension(d.dimension);
        bar(&mut svg, y, "lane", name, d.percent, card.pass, &format!("weight {}", d.weight));
        told.push(d.percent.map_or_else(|| format!("{name} not exercised"), |p| format!("{name} {p} percent")));
        y += ROW;
    }
    svg.line(0.0, y + 1.0, WIDTH, y + 1.0, "rule");
    let exercised = card.dimensions.iter().any(|d| d.percent.is_some());
    bar(&mut svg, y + 4.0, "lane strong", "Total", exercised.then_some(card.percent), card.pass, "");
    y += ROW + 8.0;
    svg.line(x(card.pass), 18.0, x(card.pass), y, "needed");
    svg.text(x(card.pass), 12.0, Hang::Middle, "note", &format!("needed: {} %", card.pass));
    let description = format!("{}. Total {} percent, needed {}.", told.join(", "), card.percent, card.pass);
    svg.finish("dimensions", y, "The four dimensions", &description)
}

fn bar(svg: &mut Svg<'_>, y: f64, style: &'static str, name: &str, percent: Option<u32>, pass: u32, note: &str) {
    svg.text(8.0, y + 17.0, Hang::Start, style, name);
    svg.text(GUTTER - 10.0, y + 17.0, Hang::End, "story", note);
    svg.rect(GUTTER, y + 4.0, RIGHT - GUTTER, 17.0, "track");
    match percent {
        Some(p) => {
            let tone = if p >= pass { Tone::Good } else { Tone::Bad };
            svg.rect(GUTTER, y + 4.0, x(p) - GUTTER, 17.0, class(tone));
            svg.text(RIGHT + 10.0, y + 18.0, Hang::Start, "figure", &format!("{p} %"));
        }
        None => svg.text(RIGHT + 10.0, y + 17.0, Hang::Start, "note", "not exercised"),
    }
}
