//! `--plain`: the same drill line by line, for screen readers, pipes and bad lines.
//!
//! Commands are the text form of acts, and words that show something (`inbox`, `read`, `assets` …).
//! Nothing moves the cursor, nothing is coloured. When the input ends, the drill is left safely.

mod show;
mod wash;

use crate::{
    advice,
    complete::check,
    desk::Desk,
    look::Look,
    scene::rough,
    text::{self, line},
    view,
};
use crossterm::terminal;
use protocol::{Act, Draft, ItemId, Pace, Span, board::Phase, clean, text as forms};
use std::{
    io::{self, BufRead, IsTerminal, Read, Write},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

/// Longest line read, in bytes.
const MAX_TYPED: u64 = forms::MAX_ACT as u64;

/// How the line mode behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Somebody sits there: prompt, and ask before what cannot be taken back.
    pub prompt: bool,
    /// What can be shown.
    pub look: Look,
    /// Columns to wrap at.
    pub width: u16,
}

impl Options {
    /// As the terminal is.
    #[must_use]
    pub fn from_env() -> Self {
        let tty = io::stdout().is_terminal();
        let width = if tty { terminal::size().map_or(80, |(w, _)| w.clamp(40, 120)) } else { 100 };
        Self { prompt: tty && io::stdin().is_terminal(), look: Look::from_env(), width }
    }
}

/// Reads standard input on a thread of its own, so that time can go on meanwhile.
#[must_use]
pub fn stdin_lines() -> Receiver<io::Result<String>> {
    let (send, receive) = mpsc::sync_channel(16);
    // Ends with the process: a read of standard input cannot be interrupted.
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            let read = read_line(&mut input);
            let over = !matches!(read, Ok(Some(_)));
            if let Some(line) = read.transpose()
                && send.send(line).is_err()
            {
                return;
            }
            if over {
                return;
            }
        }
    });
    receive
}

/// A line without its end; `None` at the end of the input. Too long a line is cut: it will not parse.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    input.by_ref().take(MAX_TYPED + 2).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.len() as u64 > MAX_TYPED && !bytes.ends_with(b"\n") {
        // The rest of the line is thrown away, a piece at a time.
        loop {
            let mut rest = Vec::new();
            input.by_ref().take(64 * 1024).read_until(b'\n', &mut rest)?;
            if rest.is_empty() || rest.ends_with(b"\n") {
                break;
            }
        }
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned()))
}

/// Why the line mode could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing can be read or written any more.
    #[error("reading or writing the terminal: {0}; the exercise is saved")]
    Io(#[from] io::Error),
    /// The exercise cannot go on.
    #[error("the exercise cannot go on: {0}")]
    Exercise(String),
}

struct Plain<'a, W> {
    desk: &'a mut Desk,
    out: &'a mut W,
    options: Options,
    /// Log lines told already.
    told: usize,
    /// The item opened last.
    subject: Option<ItemId>,
    /// Lines of a text being typed after `<<END`, with the act it belongs to.
    heredoc: Option<(String, Vec<String>)>,
    /// What waits for a `yes`.
    asked: Option<Act>,
    last: Instant,
}

/// Plays until `quit` or the end of the input.
///
/// # Errors
/// When nothing can be read or written any more, or the exercise cannot go on.
pub fn run(
    desk: &mut Desk,
    lines: &Receiver<io::Result<String>>,
    out: &mut impl Write,
    options: &Options,
) -> Result<(), Error> {
    let mut plain = Plain {
        desk,
        out,
        options: *options,
        told: 0,
        subject: None,
        heredoc: None,
        asked: None,
        last: Instant::now(),
    };
    match plain.play(lines) {
        // A reader that went away (`| head`) is no error; the drill is left like at the end of input.
        Err(Error::Io(e)) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

impl<W: Write> Plain<'_, W> {
    fn play(&mut self, lines: &Receiver<io::Result<String>>) -> Result<(), Error> {
        self.welcome()?;
        self.wait_for_the_reader()?;
        if self.desk.wash().is_some() {
            self.wash()?;
        }
        // It was ended before the program was, and not scored yet.
        self.close()?;
        loop {
            self.news()?;
            self.prompt()?;
            let typed = loop {
                match lines.recv_timeout(self.patience()) {
                    Ok(line) => break Some(line?),
                    Err(RecvTimeoutError::Disconnected) => break None,
                    Err(RecvTimeoutError::Timeout) => {
                        self.elapse()?;
                        if self.news()? {
                            self.prompt()?;
                        }
                    }
                }
            };
            self.elapse()?;
            let Some(typed) = typed else {
                self.farewell()?;
                return Ok(());
            };
            if !self.take(&typed)? {
                self.farewell()?;
                return Ok(());
            }
            self.close()?;
        }
    }

    /// After EndEx: the score, the report, the hot wash.
    fn close(&mut self) -> Result<(), Error> {
        if self.desk.wants_wash() {
            self.news()?;
            self.desk.make_wash().map_err(Error::Exercise)?;
            self.wash()?;
        }
        Ok(())
    }

    /// The clock stands still while somebody reads the briefing.
    fn wait_for_the_reader(&mut self) -> Result<(), Error> {
        let scene = self.desk.scene();
        if self.options.prompt && scene.running() && scene.now.0 == 0 && scene.board.pace != Pace::Turn {
            self.desk.submit(&Act::Pause).map_err(Error::Exercise)?;
            self.say("Exercise time waits while you read; resume starts the clock.")?;
        }
        Ok(())
    }

    /// How long to wait for a line before time is looked at.
    fn patience(&self) -> Duration {
        let scene = self.desk.scene();
        let runs = scene.running() && scene.board.pace != Pace::Turn;
        if runs || scene.unsaved.is_some() { Duration::from_secs(1) } else { Duration::from_secs(60) }
    }

    fn elapse(&mut self) -> Result<(), Error> {
        let wall = self.last.elapsed();
        self.last = Instant::now();
        self.desk.elapse(wall).map(drop).map_err(Error::Exercise)?;
        self.close()
    }

    fn say(&mut self, text: &str) -> Result<(), Error> {
        let text = self.options.look.text(&text::shown(text));
        writeln!(self.out, "{}", text.trim_end())?;
        Ok(())
    }

    fn prompt(&mut self) -> Result<(), Error> {
        if !self.options.prompt {
            return Ok(());
        }
        let scene = self.desk.scene();
        let prompt = match (&self.heredoc, &self.asked) {
            (Some(_), _) => "  | ".to_owned(),
            (_, Some(_)) => "yes or no? ".to_owned(),
            _ => {
                let state = match scene.board.phase {
                    Phase::Paused => " paused",
                    Phase::Ended => " ended",
                    _ => "",
                };
                format!("EXERCISE {}{state}> ", scene.now)
            }
        };
        write!(self.out, "{prompt}")?;
        self.out.flush()?;
        Ok(())
    }

    fn welcome(&mut self) -> Result<(), Error> {
        let scene = self.desk.scene();
        let Some(pack) = scene.pack() else { return Ok(()) };
        let seat = scene.title(scene.board.seat.as_str()).unwrap_or_default();
        let mut text = format!("EXERCISE. {} ({}).\nYour seat: {seat}.\n", line(&pack.title), pack.length);
        if scene.now.0 == 0 && scene.board.phase == Phase::Running {
            text.push_str(&format!("\n{}\n", pack.situation.trim()));
            for rule in &pack.rules {
                text.push_str(&format!("- {}\n", line(rule)));
            }
        } else {
            text.push_str(&format!("Exercise time {}.\n", scene.now));
        }
        text.push_str("\nhelp shows what can be typed. wait lets time pass until something reaches you.");
        // What was told before a session was left is not told again.
        self.told = if scene.now.0 == 0 { 0 } else { scene.board.log.len() };
        self.say(&text)
    }

    /// Tells what is new in the log. True when there was something.
    fn news(&mut self) -> Result<bool, Error> {
        let scene = self.desk.scene();
        let log = &scene.board.log;
        let told = self.told.min(log.len());
        let new: Vec<String> = log[told..]
            .iter()
            .filter(|l| !l.text.starts_with("refused:"))
            .map(|l| format!("{} {}", l.at, line(&l.text)))
            .collect();
        self.told = log.len();
        for text in &new {
            self.say(text)?;
        }
        Ok(!new.is_empty())
    }

    fn farewell(&mut self) -> Result<(), Error> {
        let scene = self.desk.scene();
        let leave = scene.running() && scene.board.pace != Pace::Turn;
        if leave {
            self.desk.submit(&Act::Pause).map_err(Error::Exercise)?;
        }
        let scene = self.desk.scene();
        let safe = match scene.unsaved {
            None => "Everything is in the transcript.".to_owned(),
            Some(reason) => format!("NOT SAVED: {reason}"),
        };
        let next = if scene.board.phase == Phase::Ended {
            format!("See it again: startex review {}", scene.exercise)
        } else {
            format!("Left at {}. Go on with: startex resume {}", scene.now, scene.exercise)
        };
        let text = format!("{safe} {next}");
        self.say(&text)
    }

    fn wash(&mut self) -> Result<(), Error> {
        let scene = self.desk.scene();
        let text = scene.wash.map_or_else(String::new, |w| wash::whole(w, &scene, self.options.width));
        self.say(&text)
    }

    /// Takes a line. False: leave.
    fn take(&mut self, typed: &str) -> Result<bool, Error> {
        if let Some((head, mut lines)) = self.heredoc.take() {
            if typed.trim() != "END" {
                lines.push(typed.to_owned());
                if lines.iter().map(|l| l.len() + 1).sum::<usize>() > clean::MAX_BODY {
                    self.say("A message holds at most 64 KiB; nothing was sent.")?;
                    return Ok(true);
                }
                self.heredoc = Some((head, lines));
                return Ok(true);
            }
            self.send(&head, &lines.join("\n"))?;
            return Ok(true);
        }
        if let Some(act) = self.asked.take() {
            if matches!(typed.trim().to_lowercase().as_str(), "y" | "yes") {
                self.submit(&act)?;
            } else {
                self.say("Not done.")?;
            }
            return Ok(true);
        }
        if typed.len() as u64 >= MAX_TYPED {
            self.say(&format!("A line is at most {MAX_TYPED} bytes long. Use send … <<END for a long text."))?;
            return Ok(true);
        }
        let typed = typed.trim();
        if let Some(head) = typed.strip_suffix("<<END") {
            if head.split_whitespace().next() == Some("send") {
                self.heredoc = Some((head.to_owned(), Vec::new()));
            } else {
                self.say("Only send takes a text after <<END.")?;
            }
            return Ok(true);
        }
        let (word, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
        self.word(word, rest.trim(), typed)
    }

    fn word(&mut self, word: &str, rest: &str, typed: &str) -> Result<bool, Error> {
        match word {
            "" | "#" => {}
            "quit" | "q" | "exit" => return Ok(false),
            "wait" | "w" if rest.is_empty() => self.skip()?,
            "decide" | "declare" if rest.is_empty() => {
                let text = show::word("decisions", "", &self.desk.scene(), self.options.width);
                self.say(&text.unwrap_or_default())?;
            }
            "read" => self.read(rest)?,
            "wash" | "marks" if self.desk.wash().is_some() => self.wash()?,
            _ => {
                let scene = self.desk.scene();
                match show::word(word, rest, &scene, self.options.width) {
                    Some(text) => self.say(&text)?,
                    None => self.act(typed)?,
                }
            }
        }
        Ok(true)
    }

    fn skip(&mut self) -> Result<(), Error> {
        let before = self.desk.scene().now;
        if !self.desk.scene().running() {
            return self.say("Exercise time does not run now.");
        }
        let reached = self.desk.skip().map_err(Error::Exercise)?;
        let passed = self.desk.scene().now.since(before);
        if reached { Ok(()) } else { self.say(&format!("{passed} passed; nothing reached you.")) }
    }

    /// `read INJ-04`; alone, the oldest item not opened yet.
    fn read(&mut self, rest: &str) -> Result<(), Error> {
        let scene = self.desk.scene();
        let wanted = if rest.is_empty() {
            scene.board.inbox.iter().find(|r| r.opened.is_none()).map(|r| r.item.id.to_string())
        } else {
            Some(rest.to_owned())
        };
        let Some(id) = wanted else { return self.say("Nothing is left to read. inbox lists everything.") };
        let open = Act::Open { item: ItemId::from(id.as_str()) };
        match scene.board.received(&id) {
            None => {
                let why = check(&open, scene.board).err().unwrap_or_else(|| format!("there is no item {id}"));
                return self.say(&sentence(&why));
            }
            Some(r) if r.opened.is_none() && scene.board.phase != Phase::Ended => self.submit(&open)?,
            Some(_) => {}
        }
        let scene = self.desk.scene();
        let text = scene.board.received(&id).map_or_else(String::new, |r| show::item(r, &scene, self.options.width));
        self.say(&text)
    }

    fn act(&mut self, typed: &str) -> Result<(), Error> {
        let act = match forms::parse(typed) {
            Ok(act) => act,
            Err(e) => {
                let word = typed.split_whitespace().next().unwrap_or_default();
                let known = forms::FORMS.iter().any(|(verb, _)| *verb == word);
                let text = match show::nearest(word).filter(|_| !known) {
                    Some(near) => format!("Not understood: \"{}\"; did you mean {near}?", text::cut(word, 40)),
                    None if known => format!("Not understood: {e}."),
                    None => "Not understood. help shows what can be typed.".to_owned(),
                };
                return self.say(&text);
            }
        };
        if let Err(why) = check(&act, self.desk.scene().board) {
            return self.say(&sentence(&why));
        }
        match act {
            Act::Send(draft) => self.consider(draft),
            Act::End if self.options.prompt => {
                self.say("EndEx is final: the transcript is sealed and scored.")?;
                self.asked = Some(Act::End);
                Ok(())
            }
            Act::Wait { span } if span > Span::mins(24 * 60) => self.say("At most a day at a time."),
            act => self.submit(&act),
        }
    }

    fn send(&mut self, head: &str, body: &str) -> Result<(), Error> {
        let act = forms::parse(head).map_err(|e| e.to_string()).and_then(|act| match act {
            Act::Send(draft) => Ok(Draft { body: clean::text(body), ..draft }),
            _ => Err("only send takes a text".to_owned()),
        });
        match act.and_then(|draft| check(&Act::Send(draft.clone()), self.desk.scene().board).map(|()| draft)) {
            Ok(draft) => self.consider(draft),
            Err(why) => self.say(&format!("Not sent: {why}")),
        }
    }

    /// Tells what can be remarked on a letter; with somebody there, asks before it goes out.
    fn consider(&mut self, draft: Draft) -> Result<(), Error> {
        let scene = self.desk.scene();
        let to: Vec<String> = draft.to.iter().map(|p| scene.who(p.as_str())).collect();
        let mut text = String::new();
        for remark in advice::remarks(&draft, &scene) {
            text.push_str(&format!("! {remark}\n"));
        }
        if !self.options.prompt {
            if !text.is_empty() {
                self.say(&text)?;
            }
            return self.submit(&Act::Send(draft));
        }
        text.push_str(&format!("Send {} words to {}?", text::words(&draft.body), to.join(", ")));
        self.say(&text)?;
        self.asked = Some(Act::Send(draft));
        Ok(())
    }

    fn submit(&mut self, act: &Act) -> Result<(), Error> {
        if let Err(why) = self.desk.submit(act) {
            return self.say(&format!("Not done: {why}"));
        }
        let scene = self.desk.scene();
        if let Some(reason) = &scene.board.refused {
            let text = format!("Refused: {}", line(reason));
            return self.say(&text);
        }
        if let Act::Open { item } | Act::Acknowledge { item } = act {
            self.subject = Some(item.clone());
        }
        let said = view::feedback(act, self.subject.as_ref(), &scene);
        match said {
            Some(text) => self.say(&text),
            None => Ok(()),
        }
    }
}

/// A remark with a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}

/// Where play stands, in a line; also the answer to `status`.
fn status(scene: &crate::scene::Scene) -> String {
    let saved = scene.unsaved.map_or_else(|| "saved".to_owned(), |why| format!("NOT SAVED: {why}"));
    let clock = scene.due_first().map_or_else(String::new, |c| {
        format!(" Next clock: {}, {} left.", line(&c.regime), rough(c.due.since(scene.now)))
    });
    format!(
        "EXERCISE {}, {} UTC. Pace {}{}, {saved}. {} unread.{clock}",
        scene.now,
        scene.story(scene.now),
        scene.board.pace,
        match scene.board.phase {
            Phase::Running => "",
            Phase::Paused => ", paused",
            Phase::Waiting => ", not started",
            Phase::Ended => ", ended",
        },
        scene.board.unread()
    )
}

#[cfg(test)]
mod tests;
