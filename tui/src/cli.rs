//! The command line: what can be asked for, and how a failure is told.

use crate::command;
use clap::{Args, Parser, Subcommand};
use protocol::Pace;
use std::{
    ffi::OsString,
    io::IsTerminal,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Rehearse AI security incidents: drills, tabletops, after-action reports. Everything is an EXERCISE.
#[derive(Debug, Parser)]
#[command(name = "startex", version, about, max_term_width = 100)]
pub struct Cli {
    /// Folder that keeps the exercises.
    // A text that may be empty: an empty STARTEX_LIBRARY is the same as none.
    #[arg(long, global = true, value_name = "DIR", env = "STARTEX_LIBRARY")]
    library: Option<OsString>,
    #[command(subcommand)]
    command: Option<Command>,
}

impl Cli {
    /// The folder given for the exercises, if one was.
    #[must_use]
    pub fn library(&self) -> Option<&Path> {
        self.library.as_deref().filter(|folder| !folder.is_empty()).map(Path::new)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Drill a scenario alone.
    Drill(Drill),
    /// Go on with an exercise that was left or cut off.
    Resume(Resume),
    /// Play a file of timed acts to the end, in milliseconds and without a screen.
    Play(Play),
    /// List the exercises in the library.
    List(Json),
    /// Look at a finished exercise on screen: marks, evidence, texts.
    Review(Resume),
    /// Score an exercise.
    Score(Score),
    /// What single decisions were worth, by simulating the exercise again without or with them earlier.
    WhatIf(OneJson),
    /// Write the after-action report.
    Report(Report),
    /// Simulate a transcript again and check chain, seal and file; exit 0 only if all hold.
    Verify(Verify),
    /// Search messages and injects over all exercises.
    Search(Search),
    /// Measure how a scenario's rubrics agree with people who graded the same messages.
    Calibrate(Calibrate),
    /// Scenarios: list, show, check, new, simulate.
    #[command(subcommand)]
    Scenario(Scenario),
}

/// Drill a scenario alone.
#[derive(Clone, Debug, Args)]
pub struct Drill {
    /// Name of a bundled scenario, or a folder with scenario.ron.
    pub scenario: String,
    /// The seat to take; the scenario names a default.
    #[arg(long, value_name = "ROLE")]
    pub seat: Option<String>,
    /// Your name as it stands in the report.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Seed of every draw; the same seed gives the same exercise. Default: from the wall clock.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How exercise time runs: live, x2 to x60, or turn (it moves when you say so).
    #[arg(long, value_name = "PACE", value_parser = pace)]
    pub pace: Option<Pace>,
    /// No hints and no feedback; the transcript is sealed for grading.
    #[arg(long)]
    pub assess: bool,
    /// Line by line, without cursor control: for screen readers and pipes.
    #[arg(long)]
    pub plain: bool,
}

/// An exercise to go on with or to look at.
#[derive(Clone, Debug, Args)]
pub struct Resume {
    /// A path, or the beginning of an exercise's id. Default: the one begun last.
    pub exercise: Option<String>,
    /// Line by line, without cursor control.
    #[arg(long)]
    pub plain: bool,
}

/// Headless play.
#[derive(Clone, Debug, Args)]
pub struct Play {
    /// Name of a bundled scenario, or a folder with scenario.ron.
    pub scenario: String,
    /// The moves file; `reference` plays the scenario's reference response, `nothing` plays nobody.
    #[arg(long, value_name = "FILE")]
    pub moves: String,
    /// Seed of every draw.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Write the sealed transcript to this file.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print the events as JSON Lines instead of the score.
    #[arg(long)]
    pub events: bool,
    /// Print the scorecard as JSON.
    #[arg(long, conflicts_with = "events")]
    pub json: bool,
}

/// Score an exercise.
#[derive(Clone, Debug, Args)]
pub struct Score {
    /// A path, or the beginning of an exercise's id.
    pub exercise: String,
    /// Print the whole scorecard as JSON (startex.scorecard/1).
    #[arg(long)]
    pub json: bool,
    /// Score by this scenario's rubrics and rules instead of those inside the transcript.
    #[arg(long, value_name = "SCENARIO")]
    pub rubric: Option<String>,
}

/// One exercise, for people or as JSON.
#[derive(Clone, Debug, Args)]
pub struct OneJson {
    /// A path, or the beginning of an exercise's id.
    pub exercise: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// For people or as JSON.
#[derive(Clone, Copy, Debug, Args)]
pub struct Json {
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// The after-action report.
#[derive(Clone, Debug, Args)]
pub struct Report {
    /// A path, or the beginning of an exercise's id.
    pub exercise: String,
    /// The form it takes.
    #[arg(long, value_enum, default_value = "md")]
    pub format: Format,
    /// Write it to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Seats instead of people's names.
    #[arg(long)]
    pub pseudonymous: bool,
}

/// Forms of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Markdown.
    Md,
    /// One self-contained HTML file.
    Html,
    /// JSON.
    Json,
}

/// Verification.
#[derive(Clone, Debug, Args)]
pub struct Verify {
    /// The transcript: a path, or the beginning of an exercise's id.
    pub file: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// Full-text search.
#[derive(Clone, Debug, Args)]
pub struct Search {
    /// The words to look for.
    #[arg(required = true)]
    pub words: Vec<String>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// Agreement of rubrics with people.
#[derive(Clone, Debug, Args)]
pub struct Calibrate {
    /// Name of a bundled scenario, or a folder with scenario.ron.
    pub scenario: String,
    /// The product whose messages are compared; can be given again. Default: every product the labels name.
    #[arg(long, value_name = "ID")]
    pub product: Vec<String>,
    /// Messages with the marks people gave them, as JSON Lines or CSV (scoring/CALIBRATION.md).
    #[arg(long, value_name = "FILE")]
    pub labels: PathBuf,
    /// Marks kept apart from the messages and joined to them by id; can be given again.
    #[arg(long, value_name = "FILE")]
    pub grades: Vec<PathBuf>,
    /// Print JSON (startex.calibration/1).
    #[arg(long)]
    pub json: bool,
}

/// Work on scenarios.
#[derive(Clone, Debug, Subcommand)]
pub enum Scenario {
    /// The bundled scenarios.
    List(Json),
    /// What a scenario trains, its seats, and how long it takes; no spoilers.
    Show {
        /// Name or folder.
        scenario: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Report every fault, each with its place and how to mend it.
    Check {
        /// Name or folder.
        scenario: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Begin a new scenario in a folder.
    New {
        /// The folder to make; its name becomes the scenario's id.
        folder: PathBuf,
        /// Its title.
        #[arg(long, default_value = "An untitled incident")]
        title: String,
    },
    /// Play it by nobody and by its reference response over several seeds, and say what came of it.
    Simulate {
        /// Name or folder.
        scenario: String,
        /// How many seeds, from 1 on.
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=1000))]
        seeds: u64,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

fn pace(text: &str) -> Result<Pace, String> {
    match text {
        "live" => Ok(Pace::Live),
        "turn" => Ok(Pace::Turn),
        _ => match text.strip_prefix('x').and_then(|n| n.parse().ok()) {
            Some(n @ 2..=60) => Ok(Pace::Times(n)),
            _ => Err("write live, turn, or x2 to x60".to_owned()),
        },
    }
}

/// How a command that ran ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It did what was asked: exit code 0.
    Done,
    /// It looked, and the answer is no: exit code 1.
    No,
}

/// Why a command could not do what was asked.
#[derive(Debug)]
pub struct Failure {
    /// 1: what was given is faulty; 2: wrong usage; 3: could not.
    pub code: u8,
    /// What was being done, why it failed, what to do next.
    pub error: anyhow::Error,
}

impl Failure {
    /// What was given is faulty.
    pub fn faulty(error: impl Into<anyhow::Error>) -> Self {
        Self { code: 1, error: error.into() }
    }
    /// The command was used wrongly.
    pub fn usage(text: impl Into<String>) -> Self {
        Self { code: 2, error: anyhow::Error::msg(text.into()) }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { code: 3, error: error.into() }
    }
}

/// What every command returns.
pub type Outcome = Result<Answer, Failure>;

/// Runs the program with the arguments it was started with.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers, not errors.
            let code = if error.use_stderr() { 2 } else { 0 };
            drop(error.print());
            return ExitCode::from(code);
        }
    };
    match dispatch(&cli) {
        Ok(Answer::Done) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("startex: {}", told(&failure.error));
            ExitCode::from(failure.code)
        }
    }
}

/// The chain of causes in one line; a cause that the message already names is not said again.
fn told(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| match told {
        told if told.is_empty() => cause,
        told if told.contains(&cause) => told,
        told => format!("{told}: {cause}"),
    })
}

fn dispatch(cli: &Cli) -> Outcome {
    match &cli.command {
        None if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() => command::home::run(cli),
        None => {
            drop(<Cli as clap::CommandFactory>::command().print_help());
            Ok(Answer::Done)
        }
        Some(Command::Drill(args)) => command::drill::run(cli, args),
        Some(Command::Resume(args)) => command::drill::resume(cli, args),
        Some(Command::Play(args)) => command::play::run(args),
        Some(Command::List(args)) => command::list::run(cli, *args),
        Some(Command::Review(args)) => command::drill::review(cli, args),
        Some(Command::Score(args)) => command::score::run(cli, args),
        Some(Command::WhatIf(args)) => command::score::what_if(cli, args),
        Some(Command::Report(args)) => command::report::run(cli, args),
        Some(Command::Verify(args)) => command::verify::run(cli, args),
        Some(Command::Search(args)) => command::list::search(cli, args),
        Some(Command::Calibrate(args)) => command::calibrate::run(args),
        Some(Command::Scenario(args)) => command::scenario::run(args),
    }
}
