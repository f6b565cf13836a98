//! Response times: per expected action when it was opened, acknowledged, first rightly acted on and
//! completed, in minutes since it was delivered, against target and limit.

use super::{
    scale::Scale,
    svg::{Hang, Sign, Svg, WIDTH, class},
};
use crate::{case::Case, phrase};
use protocol::SimTime;
use scoring::{Ladder, Mark, Status};

const GUTTER: f64 = 352.0;
const TOP: f64 = 34.0;
const ROW: f64 = 21.0;

/// The marks that have a ladder.
pub(crate) fn rows<'a>(case: &Case<'a>) -> Vec<(&'a Mark, Ladder)> {
    let marks = case.card.dimensions.iter().flat_map(|d| &d.marks);
    marks.filter(|m| m.status != Status::NotExercised).filter_map(|m| Some((m, m.ladder?))).collect()
}

/// The picture; `None` when there is nothing to draw.
pub(crate) fn draw(case: &Case<'_>) -> Option<String> {
    let rows = rows(case);
    let since = |l: &Ladder, at: SimTime| SimTime(at.since(l.delivered).0);
    let longest = rows.iter().map(|(_, l)| since(l, l.limit)).max()?;
    let mut svg = Svg::new(&case.ink);
    let scale = Scale::between(GUTTER, WIDTH - 70.0, longest);
    #[expect(clippy::cast_precision_loss, reason = "a scenario has some dozen expected actions")]
    let bottom = TOP + rows.len() as f64 * ROW + 4.0;
    scale.draw(&mut svg, TOP, bottom, None);
    svg.text(8.0, TOP - 5.0, Hang::Start, "tick", "Expected action");
    svg.text(GUTTER, TOP - 20.0, Hang::Start, "story", "after its inject was delivered (h:mm)");
    let mut y = TOP;
    for (mark, ladder) in &rows {
        row(&mut svg, &scale, mark, ladder, y);
        y += ROW;
    }
    let end = legend(&mut svg, bottom + 14.0);
    let done = rows.iter().filter(|(_, l)| l.acted.is_some()).count();
    let description = format!(
        "{} expected actions, {done} of them done. Bars: full points up to the target, falling to the limit. The table \
         beside it holds every time.",
        rows.len()
    );
    Some(svg.finish("ladder", end, "Response times against target and limit", &description))
}

fn row(svg: &mut Svg<'_>, scale: &Scale, mark: &Mark, ladder: &Ladder, y: f64) {
    let at = |t: SimTime| scale.x(SimTime(t.since(ladder.delivered).0));
    let (word, tone) = phrase::status(mark.status);
    let middle = y + ROW / 2.0;
    let took = |t: Option<SimTime>| t.map_or_else(|| "—".to_owned(), |t| t.since(ladder.delivered).to_string());
    svg.open(
        "m",
        &format!(
            "{}: {word}. Opened {}, acknowledged {}, first correct act {}, completed {}; target {}, limit {}",
            mark.title.trim_end_matches('.'),
            took(ladder.opened),
            took(ladder.acknowledged),
            took(ladder.acted),
            took(ladder.completed),
            took(Some(ladder.target)),
            took(Some(ladder.limit)),
        ),
    );
    svg.text_within(8.0, middle + 4.0, Hang::Start, "note", mark.title.trim_end_matches('.'), GUTTER - 16.0);
    svg.rect(scale.left(), middle - 6.0, at(ladder.target) - scale.left(), 12.0, "target");
    svg.rect(at(ladder.target), middle - 3.0, at(ladder.limit) - at(ladder.target), 6.0, "limit");
    if let Some(opened) = ladder.opened {
        svg.sign(Sign::Ring, at(opened), middle, "in");
    }
    if let Some(acknowledged) = ladder.acknowledged {
        svg.sign(Sign::Tick, at(acknowledged), middle, "act");
    }
    if let Some(completed) = ladder.completed
        && ladder.acted != Some(completed)
    {
        svg.sign(Sign::Box, at(completed), middle, "act");
    }
    match ladder.acted {
        Some(acted) => {
            svg.sign(Sign::Diamond, at(acted), middle, class(tone));
            let text = if acted < ladder.delivered { "before".to_owned() } else { took(Some(acted)) };
            svg.text(WIDTH - 6.0, middle + 4.0, Hang::End, "note", &text);
        }
        None => {
            svg.sign(Sign::Cross, at(ladder.limit), middle, "stop");
            svg.text(WIDTH - 6.0, middle + 4.0, Hang::End, "note", "not done");
        }
    }
    svg.close();
}

fn legend(svg: &mut Svg<'_>, y: f64) -> f64 {
    svg.rect(8.0, y - 6.0, 22.0, 12.0, "target");
    svg.text(36.0, y + 4.0, Hang::Start, "note", "full points");
    svg.rect(116.0, y - 3.0, 22.0, 6.0, "limit");
    svg.text(144.0, y + 4.0, Hang::Start, "note", "falling to the limit");
    let signs = [
        (Sign::Ring, "in", "opened", 290.0),
        (Sign::Tick, "act", "acknowledged", 370.0),
        (Sign::Diamond, "good", "first correct act", 484.0),
        (Sign::Box, "act", "completed later", 622.0),
        (Sign::Cross, "stop", "not done by the limit", 752.0),
    ];
    for (sign, class, label, x) in signs {
        svg.sign(sign, x, y, class);
        svg.text(x + 10.0, y + 4.0, Hang::Start, "note", label);
    }
    y + 14.0
}
