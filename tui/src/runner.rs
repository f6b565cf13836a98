//! The loop: keys and the clock in, frames out. It draws only when something changed.

use crate::{
    app::{App, Tone},
    desk::Desk,
    draft,
    effect::Effect,
    key::{Input, Key},
    look::Look,
    view,
};
use crossterm::{
    event::{self, DisableBracketedPaste, EnableBracketedPaste, Event},
    execute,
};
use protocol::{Act, Pace, board::Phase};
use ratatui::DefaultTerminal;
use std::{
    io::{self, stdout},
    path::Path,
    sync::Once,
    time::{Duration, Instant},
};

/// The longest the loop sleeps.
const LONG: Duration = Duration::from_secs(60);
/// How long a draft may be newer on screen than on disk.
const DRAFT_DELAY: Duration = Duration::from_secs(2);

/// Why the screen could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The terminal cannot be used.
    #[error("using the terminal: {0}; try again with --plain")]
    Terminal(#[from] io::Error),
    /// The exercise cannot go on.
    #[error("the exercise cannot go on: {0}")]
    Exercise(String),
}

/// The terminal in its own screen; given back whatever happens.
pub struct Screen {
    terminal: DefaultTerminal,
    look: Look,
}

static PASTE_HOOK: Once = Once::new();

impl Screen {
    /// Takes the terminal. A panic gives it back before it prints.
    ///
    /// # Errors
    /// When there is no terminal.
    pub fn open(look: Look) -> io::Result<Self> {
        let terminal = ratatui::try_init()?;
        PASTE_HOOK.call_once(|| {
            let next = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |info| {
                drop(execute!(stdout(), DisableBracketedPaste));
                next(info);
            }));
        });
        execute!(stdout(), EnableBracketedPaste)?;
        Ok(Self { terminal, look })
    }

    /// Columns and rows.
    ///
    /// # Errors
    /// When the terminal went away.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|s| (s.width, s.height))
    }

    /// Draws a frame.
    ///
    /// # Errors
    /// When the terminal went away.
    pub fn draw(&mut self, draw: impl FnOnce(&mut ratatui::Frame)) -> io::Result<()> {
        let look = self.look;
        self.terminal.draw(|frame| {
            draw(frame);
            look.apply(frame.buffer_mut());
        })?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        drop(execute!(stdout(), DisableBracketedPaste));
        ratatui::restore();
    }
}

/// What the terminal reports, as the screens take it.
#[must_use]
pub fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => Key::from_event(key).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
        _ => None,
    }
}

/// Everything waiting, after sleeping at most so long for the first.
///
/// # Errors
/// When the terminal went away.
pub fn read(wait: Duration) -> io::Result<Vec<Input>> {
    let mut out = Vec::new();
    let mut wait = wait;
    while out.len() < 200 && event::poll(wait)? {
        out.extend(input(event::read()?));
        wait = Duration::ZERO;
    }
    Ok(out)
}

/// Plays until the person leaves.
///
/// # Errors
/// When the terminal or the exercise cannot go on. Everything acknowledged is on disk by then.
pub fn run(desk: &mut Desk, look: Look, notice: &str) -> Result<(), Error> {
    let mut screen = Screen::open(look)?;
    let drafts = draft::path(desk.path());
    let mut app = open(desk, &mut screen, &drafts, notice)?;
    let mut kept = app.writing.letters.clone();
    let mut last = Instant::now();
    let mut kept_at = Instant::now();
    let mut dirty = true;
    loop {
        app.settle(&desk.scene());
        if dirty {
            screen.draw(|frame| view::draw(&app, &desk.scene(), frame))?;
        }
        if desk.wants_wash() {
            app.say(Tone::News, "EndEx. Scoring the exercise and writing the report …");
            screen.draw(|frame| view::draw(&app, &desk.scene(), frame))?;
            finish(desk, &mut app);
            dirty = true;
            continue;
        }
        let pending = app.writing.letters != kept;
        let inputs = read(sleep(desk, pending))?;
        dirty = !inputs.is_empty();
        for input in inputs {
            let effect = app.press(input, &desk.scene());
            match effect {
                Effect::None => {}
                Effect::Submit(act) => submit(desk, &mut app, &act),
                Effect::Skip => skip(desk, &mut app),
                Effect::Suspend if !cfg!(unix) => app.say(Tone::Bad, "This system cannot put a program to sleep."),
                Effect::Suspend => {
                    drop(screen);
                    suspend();
                    screen = Screen::open(look)?;
                    last = Instant::now();
                }
                Effect::Leave => {
                    // The screen is still up: what cannot be saved is lost knowingly, not silently.
                    if let Err(why) = draft::save(&drafts, &app.writing.kept()) {
                        drop(screen);
                        eprintln!("startex: {why}");
                    }
                    return leave(desk);
                }
            }
        }
        if app.briefed(&desk.scene()) {
            close_briefing(desk, &mut app);
        }
        let second = desk.scene().now.0 / 1000;
        let wall = last.elapsed();
        last = Instant::now();
        dirty |= desk.elapse(wall).map_err(Error::Exercise)?;
        dirty |= desk.scene().now.0 / 1000 != second;
        if pending && kept_at.elapsed() >= DRAFT_DELAY {
            kept_at = Instant::now();
            match draft::save(&drafts, &app.writing.kept()) {
                Ok(()) => kept = app.writing.letters.clone(),
                Err(why) => app.say(Tone::Bad, why),
            }
        }
    }
}

/// The screen as it opens: drafts are there again, a new drill shows its briefing.
fn open(desk: &mut Desk, screen: &mut Screen, drafts: &Path, notice: &str) -> Result<App, Error> {
    let mut app = App::new(screen.size()?);
    // What is on the board when the screen opens is no news.
    app.settle(&desk.scene());
    app.notice = None;
    if let Err(why) = draft::load(drafts).map(|kept| app.writing.restore(&kept)) {
        app.say(Tone::Bad, why);
    } else if !notice.is_empty() {
        app.say(Tone::Good, notice);
    }
    if desk.wash().is_some() {
        app.show_named("Hot wash");
    }
    open_briefing(desk, &mut app);
    screen.draw(|frame| view::draw(&app, &desk.scene(), frame))?;
    if app.briefing && desk.scene().board.pace != Pace::Turn {
        desk.submit(&Act::Pause).map_err(Error::Exercise)?;
    }
    Ok(app)
}

/// How long nothing can change by itself.
fn sleep(desk: &Desk, pending: bool) -> Duration {
    let scene = desk.scene();
    let tick = match (scene.board.phase, scene.board.pace) {
        (Phase::Running, Pace::Live) => Duration::from_millis(1001 - scene.now.0 % 1000),
        (Phase::Running, Pace::Times(_)) => Duration::from_millis(250),
        _ if scene.unsaved.is_some() => Duration::from_secs(1),
        _ => LONG,
    };
    if pending { tick.min(DRAFT_DELAY) } else { tick }
}

/// A drill that opens shows its briefing in full; the clock stands still while it is read.
fn open_briefing(desk: &Desk, app: &mut App) {
    let scene = desk.scene();
    app.panes[0].detail = scene.board.inbox.is_empty();
    app.briefing = app.panes[0].detail && app.view == 0 && scene.running() && scene.now.0 == 0;
}

fn close_briefing(desk: &mut Desk, app: &mut App) {
    let scene = desk.scene();
    match (scene.board.phase, scene.board.pace) {
        (Phase::Paused, _) => {
            if let Err(why) = desk.submit(&Act::Resume) {
                app.say(Tone::Bad, why);
            } else if app.overlay.is_none() {
                app.say(Tone::Good, "The clock runs. P pauses, ? shows the keys, h gives a hint.");
            }
        }
        (Phase::Running, Pace::Turn) if app.overlay.is_none() && app.notice.is_none() => {
            app.say(Tone::Good, "Time moves when you say so: w waits until something reaches you.");
        }
        _ => {}
    }
}

fn submit(desk: &mut Desk, app: &mut App, act: &Act) {
    let seen = desk.scene().board.inbox.len();
    let failed = desk.submit(act).err();
    let scene = desk.scene();
    app.answered(act, failed.as_deref(), &scene);
    if matches!(act, Act::Wait { .. }) {
        app.waited(seen, &scene);
    }
}

fn skip(desk: &mut Desk, app: &mut App) {
    let (before, seen) = (desk.scene().now, desk.scene().board.inbox.len());
    match desk.skip() {
        Err(why) => app.say(Tone::Bad, why),
        Ok(reached) => {
            let scene = desk.scene();
            let passed = scene.now.since(before);
            // What reached the seat is told next, by `settle`.
            let what = if reached { "" } else { " Nothing reached you." };
            app.say(Tone::News, format!("{passed} passed.{what}"));
            app.waited(seen, &scene);
        }
    }
}

fn finish(desk: &mut Desk, app: &mut App) {
    match desk.make_wash() {
        Ok(()) => {
            app.overlay = None;
            app.show_named("Hot wash");
            app.say(Tone::Good, "EndEx. This is the hot wash: n goes to the next page, Enter into a text.");
        }
        Err(why) => {
            app.say(Tone::Bad, format!("The exercise is saved and cannot be scored: {why}"));
        }
    }
}

/// Exercise time stands still until the person is back.
fn leave(desk: &mut Desk) -> Result<(), Error> {
    let scene = desk.scene();
    if scene.board.phase == Phase::Running && scene.board.pace != Pace::Turn {
        desk.submit(&Act::Pause).map_err(Error::Exercise)?;
    }
    Ok(())
}

/// Sends this program to sleep; it goes on here when it is woken.
fn suspend() {
    #[cfg(unix)]
    drop(std::process::Command::new("kill").args(["-TSTP", &std::process::id().to_string()]).status());
}
