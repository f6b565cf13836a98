//! `startex calibrate`: how a scenario's rubrics agree with people who graded the same messages.

mod figure;
mod label;
mod machine;
mod row;
mod show;

#[cfg(test)]
mod tests;

use crate::{
    cli::{Answer, Calibrate, Failure, Outcome},
    command::{print, print_json, scenario},
};
use anyhow::{Context, anyhow};
use row::{Faults, Row};
use scenarios::Loaded;
use std::path::Path;

/// Reads labels, reads the same messages with the rubrics, and prints how the two agree.
///
/// # Errors
/// When the scenario, the labels or the grades are faulty, or a file cannot be read.
pub fn run(args: &Calibrate) -> Outcome {
    let loaded = scenario(&args.scenario)?;
    let found = figure::calibration(&loaded, labels(&loaded, args)?)?;
    if args.json {
        print_json(&found)?;
    } else {
        print(&show::text(&found))?;
    }
    Ok(Answer::Done)
}

fn rows(path: &Path, faults: &mut Faults) -> Result<Vec<Row>, Failure> {
    let read = row::rows(path, faults);
    Ok(read.with_context(|| format!("reading {}: give a file of JSON Lines or CSV", path.display()))?)
}

/// Every message with somebody's marks; every fault of the files at once.
fn labels(loaded: &Loaded, args: &Calibrate) -> Result<label::Labels, Failure> {
    let known: Vec<&str> = loaded.rubrics.iter().map(|r| r.id.as_str()).collect();
    if let Some(id) = args.product.iter().find(|p| !known.contains(&p.as_str())) {
        return Err(Failure::usage(format!(
            "{} has no product {}; its products are {}",
            loaded.scenario.id,
            row::shown(id),
            known.join(", ")
        )));
    }
    let mut faults = Faults::default();
    let of_labels = rows(&args.labels, &mut faults)?;
    let mut of_grades = Vec::new();
    for path in &args.grades {
        of_grades.extend(rows(path, &mut faults)?);
    }
    let labels = label::labels(loaded, &args.product, &of_labels, &of_grades, &mut faults);
    if !faults.is_empty() {
        return Err(Failure::faulty(anyhow!("reading labels: nothing was compared{faults}")));
    }
    if labels.labels.is_empty() {
        let notes = labels.notes.join(" ");
        return Err(Failure::faulty(anyhow!(
            "reading labels: {} has no message with marks to compare. {notes} Write \"elements\" beside \"text\", or \
             give --grades FILE with the same ids",
            args.labels.display()
        )));
    }
    Ok(labels)
}
