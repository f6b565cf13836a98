//! One file per command of the command line.

pub mod calibrate;
pub mod drill;
pub mod home;
pub mod list;
pub mod play;
pub mod report;
pub mod scenario;
pub mod score;
pub mod verify;

use crate::cli::{Cli, Failure};
use anyhow::Context;
use scenarios::Loaded;
use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};
use transcripts::{Library, Transcript};

/// Opens the library: `--library`, `STARTEX_LIBRARY`, or the platform's data folder.
///
/// # Errors
/// When the folder cannot be found or made.
pub fn library(cli: &Cli) -> Result<Library, Failure> {
    let folder = match cli.library() {
        Some(folder) => folder.to_owned(),
        None => data_folder()?,
    };
    Ok(Library::open(&folder)?)
}

fn data_folder() -> Result<PathBuf, Failure> {
    use etcetera::BaseStrategy;
    let strategy = etcetera::choose_base_strategy()
        .context("finding the folder for exercises: this system names no home folder; give one with --library DIR")?;
    Ok(strategy.data_dir().join("startex"))
}

/// Reads a scenario by name or folder; one with errors is refused with all of them.
///
/// # Errors
/// When there is none, or it has faults.
pub fn scenario(name: &str) -> Result<Arc<Loaded>, Failure> {
    // What is bundled was checked before it was built in; checking it again would only delay the screen.
    if let Some(source) = scenarios::Source::bundled(name) {
        return scenarios::load(&source).map(Arc::new).map_err(|faults| {
            let first = faults.first().map_or_else(String::new, ToString::to_string);
            Failure::faulty(anyhow::anyhow!("reading the bundled scenario \"{name}\": {first}"))
        });
    }
    let source = scenarios::find(name).map_err(Failure::faulty)?;
    match scenarios::load_checked(&source) {
        Ok(loaded) => Ok(Arc::new(loaded)),
        Err(report) => Err(Failure::faulty(anyhow::anyhow!(
            "reading the scenario \"{name}\": it has faults\n{}",
            report.render(false)
        ))),
    }
}

/// An exercise of the library, or a transcript anywhere, with the scenario inside it.
///
/// # Errors
/// When it cannot be found or read.
pub fn exercise(cli: &Cli, name: &str) -> Result<(PathBuf, Transcript, Arc<Loaded>), Failure> {
    let path = path(cli, name)?;
    let transcript = transcripts::Store::read(&path)?;
    let loaded = inside(&path, &transcript)?;
    Ok((path, transcript, loaded))
}

/// The file of an exercise.
///
/// # Errors
/// When there is none, or several.
pub fn path(cli: &Cli, name: &str) -> Result<PathBuf, Failure> {
    let file = Path::new(name);
    if file.is_file() {
        return Ok(file.to_owned());
    }
    Ok(library(cli)?.find(name)?)
}

/// The scenario inside a transcript.
fn inside(path: &Path, transcript: &Transcript) -> Result<Arc<Loaded>, Failure> {
    let files = transcript.files.iter().cloned();
    let source = scenarios::Source::embedded(&path.display().to_string(), files);
    scenarios::load(&source).map(Arc::new).map_err(|faults| {
        let first = faults.first().map_or_else(String::new, ToString::to_string);
        Failure::faulty(anyhow::anyhow!("reading the scenario inside {}: {first}", path.display()))
    })
}

/// Writes to standard output. A reader that went away (`| head`) is no error.
///
/// # Errors
/// When standard output cannot be written for another reason.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(e).context("writing to standard output")?,
        _ => Ok(()),
    }
}

/// Prints a value as indented JSON.
///
/// # Errors
/// As [`print`].
pub fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).context("writing JSON")?;
    print(&(text + "\n"))
}
