//! `startex drill`, `resume` and `review`.

use crate::{
    cli::{Answer, Cli, Drill, Failure, Outcome, Resume},
    command::{library, path, print, scenario},
    desk::Desk,
    look::Look,
    plain, runner,
};
use protocol::{Act, Actor, Mode, Pace, SeatId, board::Phase, clean};
use scenarios::Loaded;
use session::{Opening, Table};
use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};
use transcripts::{Library, Store};

/// What a new drill is opened with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The seat; `None`: the scenario's default.
    pub seat: Option<String>,
    /// The person's name; `None`: as the system names them.
    pub name: Option<String>,
    /// The seed; `None`: from the wall clock.
    pub seed: Option<u64>,
    /// How time runs.
    pub pace: Pace,
    /// Practice or assessment.
    pub mode: Mode,
}

/// Drills a scenario.
///
/// # Errors
/// When the scenario is faulty, the seat does not exist, or nothing can be written.
pub fn run(cli: &Cli, args: &Drill) -> Outcome {
    let plain = args.plain || !terminal();
    let setup = Setup {
        seat: args.seat.clone(),
        name: args.name.clone(),
        seed: args.seed,
        pace: args.pace.unwrap_or(if plain { Pace::Turn } else { Pace::Live }),
        mode: if args.assess { Mode::Assess } else { Mode::Practice },
    };
    let desk = open(&library(cli)?, scenario(&args.scenario)?, &setup)?;
    play(desk, plain, "StartEx. ? shows the keys, h gives a hint.")
}

/// Opens a new drill.
///
/// # Errors
/// When the seat does not exist or the transcript cannot be created.
pub fn open(library: &Library, loaded: Arc<Loaded>, setup: &Setup) -> Result<Desk, Failure> {
    let seat = setup.seat.as_deref().map_or_else(|| loaded.scenario.default_seat.clone(), SeatId::from);
    let name = setup.name.as_deref().map(clean::line).filter(|n| !n.is_empty()).unwrap_or_else(your_name);
    let opening = Opening {
        people: vec![(seat.clone(), name)],
        mode: setup.mode,
        pace: setup.pace,
        seed: setup.seed.unwrap_or_else(seed),
    };
    let table = Table::create(library, loaded, &opening).map_err(|e| match e {
        e @ session::Error::NoSeat { .. } => Failure::usage(e.to_string()),
        e => e.into(),
    })?;
    Ok(Desk::live(table, seat))
}

/// Goes on with an exercise, by default the one begun last and not finished. On the screen a finished one is
/// shown; line by line it is refused, so that no script takes its hot wash for play.
///
/// # Errors
/// When it cannot be found or continued.
pub fn resume(cli: &Cli, args: &Resume) -> Outcome {
    let plain = args.plain || !terminal();
    let path = match &args.exercise {
        Some(name) => path(cli, name)?,
        None => newest(cli, false)?,
    };
    let desk = if plain { reopen(&path)? } else { reopen_or_show(&path)? };
    let notice = welcome(&desk);
    play(desk, plain, notice)
}

/// The exercise begun last that is finished, or not.
fn newest(cli: &Cli, finished: bool) -> Result<PathBuf, Failure> {
    let mut library = library(cli)?;
    let found = library.list()?.exercises.into_iter().filter(|e| e.sealed == finished && !e.playing);
    found.max_by(|a, b| a.started.cmp(&b.started)).map(|e| e.path).ok_or_else(|| {
        let (what, other) = if finished {
            ("finished exercise to look at", "startex list shows what is there")
        } else {
            ("exercise to go on with", "begin one with startex drill, or see startex list")
        };
        Failure::usage(format!("There is no {what} in {}; {other}", library.folder().display()))
    })
}

/// What to say to somebody who comes back.
#[must_use]
pub fn welcome(desk: &Desk) -> &'static str {
    match desk.scene().board.phase {
        Phase::Ended => "This exercise is over; here is its hot wash.",
        Phase::Paused => "Welcome back. Exercise time stands where you left it; P goes on.",
        _ => "Welcome back. Exercise time stands where you left it; w lets it move.",
    }
}

/// Opens an exercise that was left; a finished one is shown.
///
/// # Errors
/// When it can be neither continued nor shown.
pub fn reopen_or_show(path: &Path) -> Result<Desk, Failure> {
    match Table::resume(path) {
        Err(session::Error::Over { .. }) => finished(path),
        table => seated(table?),
    }
}

/// Opens an exercise that was left; time waits until the person says so.
///
/// # Errors
/// When it cannot be continued, or is over.
pub fn reopen(path: &Path) -> Result<Desk, Failure> {
    seated(Table::resume(path)?)
}

fn seated(mut table: Table) -> Result<Desk, Failure> {
    let held = table.held();
    let seat = held.first().cloned().unwrap_or_else(|| table.scenario().scenario.default_seat.clone());
    if table.phase() == Phase::Running && table.pace() != Pace::Turn {
        table.submit(Actor::Facilitator, Act::Pause)?;
    }
    Ok(Desk::live(table, seat))
}

/// A finished exercise to look at.
///
/// # Errors
/// When it cannot be read or scored.
pub fn finished(path: &Path) -> Result<Desk, Failure> {
    let transcript = Store::read(path)?;
    let loaded = super::inside(path, &transcript)?;
    Ok(Desk::review(path, &transcript, &loaded)?)
}

/// Shows a finished exercise, by default the one begun last.
///
/// # Errors
/// When it cannot be read or scored.
pub fn review(cli: &Cli, args: &Resume) -> Outcome {
    let path = match &args.exercise {
        Some(name) => path(cli, name)?,
        None => newest(cli, true)?,
    };
    play(finished(&path)?, args.plain || !terminal(), "")
}

/// Plays or shows, on screen or line by line, and says how it was left.
///
/// # Errors
/// When the terminal or the exercise cannot go on.
pub fn play(mut desk: Desk, plain: bool, notice: &str) -> Outcome {
    if plain {
        plain::run(&mut desk, &plain::stdin_lines(), &mut io::stdout().lock(), &plain::Options::from_env())?;
    } else {
        runner::run(&mut desk, Look::from_env(), notice)?;
        print(&farewell(&desk))?;
    }
    Ok(Answer::Done)
}

/// Lets go of an exercise that was played, and says in a line for the home screen how it was left.
#[must_use]
pub fn put_away(desk: Desk) -> String {
    let scene = desk.scene();
    match (scene.unsaved, desk.wash()) {
        (Some(reason), _) => format!("NOT SAVED: {reason}"),
        (None, Some(wash)) => {
            let verdict = wash.card.verdict.split(';').next().unwrap_or_default().trim_end_matches('.');
            let percent = format!("{} %", wash.card.percent);
            if verdict.contains(&percent) { format!("{verdict}.") } else { format!("{percent}. {verdict}.") }
        }
        (None, None) => format!("Left at {}. Everything is saved; it stands under \"Go on with\".", scene.now),
    }
}

fn farewell(desk: &Desk) -> String {
    let scene = desk.scene();
    let mut out = match scene.unsaved {
        None => "EXERCISE. Everything is in the transcript.\n".to_owned(),
        Some(reason) => format!("EXERCISE. NOT SAVED: {reason}\n"),
    };
    match desk.wash() {
        Some(wash) => {
            out.push_str(&format!("{} %. {}\n", wash.card.percent, wash.card.verdict));
            out.push_str(&format!("See it again: startex review {}\n", scene.exercise));
            for line in &wash.report {
                out.push_str(&format!("Report: {line}\n"));
            }
        }
        None => out.push_str(&format!("Left at {}. Go on with: startex resume {}\n", scene.now, scene.exercise)),
    }
    out
}

fn terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The person's name as the system knows it.
#[must_use]
pub fn your_name() -> String {
    let var = |v| std::env::var(v).ok().map(|n| clean::line(&n)).filter(|n| !n.is_empty());
    var("USER").or_else(|| var("USERNAME")).unwrap_or_else(|| "Player".to_owned())
}

fn seed() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // Short enough to be read out and typed in again.
    u64::from(now.subsec_nanos()) % 1_000_000
}
