//! `startex verify`.

use crate::{
    cli::{Answer, Cli, Outcome, Verify},
    command::{path, print, print_json},
};
use serde_json::json;
use session::{Difference, Verdict};
use transcripts::Entry;

/// Checks a transcript in every way.
///
/// # Errors
/// When there is no such file.
pub fn run(cli: &Cli, args: &Verify) -> Outcome {
    let path = path(cli, &args.file)?;
    let verdict = session::verify(&path);
    let holds = verdict.holds();
    if args.json {
        print_json(&json!({
            "file": path,
            "holds": holds,
            "integrity": verdict.integrity.to_string().lines().collect::<Vec<_>>(),
            "first_difference": verdict.difference.as_ref().map(|d| d.entry),
            "unreadable": verdict.unreadable,
            "missing": verdict.missing,
        }))?;
    } else {
        print(&told(&verdict))?;
    }
    Ok(if holds { Answer::Done } else { Answer::No })
}

fn told(verdict: &Verdict) -> String {
    let mut lines: Vec<String> = verdict.integrity.to_string().lines().map(str::to_owned).collect();
    match (&verdict.difference, &verdict.unreadable) {
        (None, None) => lines.push("simulation  the same commands give the same entries, byte for byte".to_owned()),
        (Some(d), _) => lines.push(differs(d)),
        (None, Some(why)) => lines.push(format!("simulation  not possible: {why}")),
    }
    lines.extend(verdict.missing.iter().map(|why| format!("ending     {why}")));
    lines.push(if verdict.holds() { "holds".to_owned() } else { "DOES NOT HOLD".to_owned() });
    lines.join("\n") + "\n"
}

fn differs(d: &Difference) -> String {
    let show = |e: &Option<Entry>| match e {
        Some(e) => serde_json::to_string(&e.body).unwrap_or_default().chars().take(300).collect(),
        None => "nothing".to_owned(),
    };
    format!(
        "simulation  entry {} is the first that differs\n  recorded:  {}\n  simulated: {}",
        d.entry,
        show(&d.recorded),
        show(&d.simulated)
    )
}
