//! `startex report`.

use crate::{
    cli::{Answer, Cli, Format, Outcome, Report},
    command::{exercise, print},
};
use anyhow::Context;
use reports::{Material, Names};

/// Writes the after-action report.
///
/// # Errors
/// When the exercise cannot be read or the file not written.
pub fn run(cli: &Cli, args: &Report) -> Outcome {
    let (_, transcript, loaded) = exercise(cli, &args.exercise)?;
    let baselines = session::baselines(&loaded, &transcript)?;
    let card = scoring::score(&loaded, &transcript, &baselines);
    let what_ifs = session::what_ifs(&loaded, &transcript)?;
    let names = if args.pseudonymous { Names::Seats } else { Names::People };
    let material = Material::new(&loaded, &transcript, &card, &what_ifs, names);
    let text = match args.format {
        Format::Md => reports::markdown(&material),
        Format::Html => reports::html(&material),
        Format::Json => reports::json(&material),
    };
    match &args.out {
        Some(file) => {
            let doing =
                || format!("writing the report to {}; name a file in a folder you may write to", file.display());
            std::fs::write(file, text).with_context(doing)?
        }
        None => print(&text)?,
    }
    Ok(Answer::Done)
}
