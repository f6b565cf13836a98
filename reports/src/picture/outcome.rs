//! Where each meter ended, between nobody acting and the reference response.

use super::svg::{Hang, Sign, Svg, WIDTH, class};
use crate::{block::Tone, case::Case, phrase};
use scoring::MeterRow;

const LEFT: f64 = 380.0;
const RIGHT: f64 = WIDTH - 130.0;
const ROW: f64 = 44.0;

/// How far along the way from doing nothing to the reference, in percent; may lie beyond both.
pub(crate) fn way(meter: &MeterRow) -> Option<i64> {
    let whole = i128::from(meter.reference) - i128::from(meter.nothing);
    if whole == 0 {
        return None;
    }
    let went = i128::from(meter.value) - i128::from(meter.nothing);
    i64::try_from(went * 100 / whole).ok()
}

/// The picture; `None` when there is no meter.
pub(crate) fn draw(case: &Case<'_>) -> Option<String> {
    if case.card.meters.is_empty() {
        return None;
    }
    let mut svg = Svg::new(&case.ink);
    svg.text(LEFT, 14.0, Hang::Middle, "tick", "nobody acts");
    svg.text(RIGHT, 14.0, Hang::Middle, "tick", "reference response");
    let mut y = 20.0;
    let mut told = Vec::new();
    for meter in &case.card.meters {
        row(&mut svg, meter, y);
        told.push(format!("{} {} {}", meter.name, meter.value, meter.unit));
        y += ROW;
    }
    Some(svg.finish(
        "outcome",
        y + 4.0,
        "Outcome between doing nothing and the reference",
        &format!("{}.", told.join(", ")),
    ))
}

fn row(svg: &mut Svg<'_>, meter: &MeterRow, y: f64) {
    let middle = y + 15.0;
    svg.text_within(8.0, middle + 4.0, Hang::Start, "lane", &meter.name, 250.0);
    svg.text_within(
        8.0,
        middle + 18.0,
        Hang::Start,
        "story",
        &format!("{} {}", phrase::number(meter.value), meter.unit),
        250.0,
    );
    let Some(way) = way(meter) else {
        svg.text(LEFT, middle + 4.0, Hang::Start, "note", "the same either way: nothing to decide");
        return;
    };
    svg.line(LEFT, middle, RIGHT, middle, "axis");
    svg.sign(Sign::Tick, LEFT, middle, "clock");
    svg.sign(Sign::Tick, RIGHT, middle, "clock");
    svg.text(LEFT, middle + 18.0, Hang::Middle, "story", &phrase::number(meter.nothing));
    svg.text(RIGHT, middle + 18.0, Hang::Middle, "story", &phrase::number(meter.reference));
    let tone = match way {
        80.. => Tone::Good,
        50.. => Tone::Half,
        _ => Tone::Bad,
    };
    #[expect(clippy::cast_precision_loss, reason = "clamped to a hundred")]
    let at = LEFT + (RIGHT - LEFT) * way.clamp(0, 100) as f64 / 100.0;
    svg.rect(LEFT, middle - 3.0, at - LEFT, 6.0, class(tone));
    svg.sign(Sign::Diamond, at, middle, class(tone));
    let beyond = if way > 100 {
        "better than the reference"
    } else if way < 0 {
        "worse than doing nothing"
    } else {
        ""
    };
    svg.text(WIDTH - 6.0, middle - 6.0, Hang::End, "story", beyond);
    svg.text(WIDTH - 6.0, middle + 9.0, Hang::End, "figure", &format!("{} %", phrase::number(way.clamp(-999, 999))));
}
