//! `startex list` and `startex search`.

use crate::{
    cli::{Answer, Cli, Json, Outcome, Search},
    command::{library, print, print_json},
};
use std::fmt::Write;

/// Lists the exercises of the library.
///
/// # Errors
/// When the library cannot be read.
pub fn run(cli: &Cli, args: Json) -> Outcome {
    let mut library = library(cli)?;
    let exercises = library.list()?;
    if args.json {
        print_json(&exercises)?;
        return Ok(Answer::Done);
    }
    if exercises.is_empty() {
        let folder = library.folder().display();
        print(&format!("No exercises in {folder} yet. Begin one: startex drill poisoned-model\n"))?;
        return Ok(Answer::Done);
    }
    let mut out = String::new();
    for e in &exercises {
        let state = if e.sealed { "ended" } else { "open" };
        let score = e.percent.map_or_else(|| "-".to_owned(), |p| format!("{p} %"));
        let people: Vec<&str> = e.people.values().map(String::as_str).collect();
        let _ = writeln!(
            out,
            "{}  {:<24} {}  {}  {state:<6} {score:>5}  {}",
            &e.id,
            e.scenario,
            e.created,
            e.at,
            people.join(", ")
        );
    }
    print(&out)?;
    Ok(Answer::Done)
}

/// Searches messages and injects over all exercises.
///
/// # Errors
/// When the library cannot be read.
pub fn search(cli: &Cli, args: &Search) -> Outcome {
    let hits = library(cli)?.search(&args.words.join(" "))?;
    if args.json {
        print_json(&hits)?;
    } else {
        let lines: Vec<String> =
            hits.iter().map(|h| format!("{} entry {}: {}\n", h.exercise, h.entry, h.snippet.replace('\n', " "))).collect();
        print(&lines.concat())?;
    }
    Ok(if hits.is_empty() { Answer::No } else { Answer::Done })
}
