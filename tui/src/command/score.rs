//! `startex score` and `startex what-if`.

use crate::{
    cli::{Answer, Cli, Failure, OneJson, Outcome, Score},
    command::{exercise, print, print_json, scenario},
};
use scenarios::Loaded;
use scoring::{Scorecard, Status};
use std::{fmt::Write, sync::Arc};

/// Scores an exercise.
///
/// # Errors
/// When it cannot be read.
pub fn run(cli: &Cli, args: &Score) -> Outcome {
    let (_, transcript, inside) = exercise(cli, &args.exercise)?;
    let baselines = session::baselines(&inside, &transcript)?;
    let loaded = match &args.rubric {
        Some(name) => of_the_same(name, &inside)?,
        None => inside,
    };
    let card = scoring::score(&loaded, &transcript, &baselines);
    if args.json {
        print_json(&card)?;
    } else {
        print(&summary(&card))?;
    }
    Ok(Answer::Done)
}

/// Another version of the scenario that was played; a score by somebody else's script says nothing.
fn of_the_same(name: &str, inside: &Loaded) -> Result<Arc<Loaded>, Failure> {
    let loaded = scenario(name)?;
    let (given, played) = (&loaded.scenario.id, &inside.scenario.id);
    if given != played {
        let text =
            format!("--rubric {name} is the scenario {given}, and {played} was played; give a version of that one");
        return Err(Failure::usage(text));
    }
    Ok(loaded)
}

/// What single decisions were worth.
///
/// # Errors
/// When the exercise cannot be read.
pub fn what_if(cli: &Cli, args: &OneJson) -> Outcome {
    let (_, transcript, loaded) = exercise(cli, &args.exercise)?;
    let found = session::what_ifs(&loaded, &transcript)?;
    if args.json {
        print_json(&found)?;
        return Ok(Answer::Done);
    }
    let mut text = String::new();
    for (n, what_if) in found.iter().enumerate() {
        text.push_str(&format!("{}. {} (entry {})\n", n + 1, what_if.text, what_if.entry));
    }
    if found.is_empty() {
        text.push_str("No single decision, taken earlier or left out, would have changed the outcome.\n");
    }
    print(&text)?;
    Ok(Answer::Done)
}

/// A scorecard on one page of plain text.
#[must_use]
pub fn summary(card: &Scorecard) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "EXERCISE  {} {}  seed {}", card.scenario, card.version, card.seed);
    let _ = writeln!(out, "{} %  (pass {} %)  {}", card.percent, card.pass, card.verdict);
    for d in &card.dimensions {
        let percent = d.percent.map_or_else(|| "not exercised".to_owned(), |p| format!("{p} %"));
        let _ = writeln!(out, "\n{}: {percent}  (weight {} %)", d.dimension.label(), d.weight);
        for m in &d.marks {
            let points = format!("{}/{}", hundredths(m.points), hundredths(m.of));
            let _ = writeln!(out, "  {} {points:>11}  {}\n                {}", sign(m.status), m.title, m.reason);
        }
    }
    let _ = writeln!(out, "\nObjectives (HSEEP)");
    for o in &card.objectives {
        let rating = o.rating.map_or_else(|| "-".to_owned(), |r| format!("{r:?}"));
        let _ = writeln!(out, "  {rating}  {}\n     {}", o.text, o.reason);
    }
    out
}

fn sign(status: Status) -> &'static str {
    match status {
        Status::Met => "met    ",
        Status::Partly => "partly ",
        Status::Failed => "failed ",
        Status::NotExercised => "no cue ",
        Status::NotObserved => "unseen ",
        Status::NotGraded => "ungraded",
    }
}

/// Hundredths of a point as people write them.
#[must_use]
pub fn hundredths(points: i64) -> String {
    let (sign, abs) = (if points < 0 { "-" } else { "" }, points.unsigned_abs());
    match (abs / 100, abs % 100) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, part) if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        (whole, part) => format!("{sign}{whole}.{part:02}"),
    }
}
