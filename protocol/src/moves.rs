//! Moves files: timed acts by seat, one a line.
//!
//! ```text
//! hold ic soc legal
//! 00:00:40 soc open INJ-01
//! 00:20:00 comms send press via mail subject "Update" <<END
//! … text …
//! END
//! 01:20:00 facilitator end
//! ```
//! A line that begins with `#` is a comment. Times never go backwards.

use crate::{Act, Actor, Command, SeatId, SimTime, Span, clean, text};
use std::fmt;

/// Largest moves file, in bytes.
pub const MAX_FILE: usize = 2 * 1024 * 1024;
/// Most moves in a file.
pub const MAX_MOVES: usize = 20_000;

/// A moves file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// The seats people hold; all others are played by the simulation cell.
    pub hold: Vec<SeatId>,
    /// The acts in order.
    pub commands: Vec<Command>,
    /// The line of each command in the file, from 1.
    pub lines: Vec<usize>,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovesFault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl fmt::Display for MovesFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}
impl std::error::Error for MovesFault {}

impl Moves {
    /// Reads a whole file.
    ///
    /// # Errors
    /// Every line that cannot be read, at most a hundred of them.
    pub fn parse(file: &str) -> Result<Self, Vec<MovesFault>> {
        let mut moves = Self::default();
        let mut faults = Vec::new();
        if file.len() > MAX_FILE {
            let message = format!("a moves file is at most {} MiB", MAX_FILE / 1024 / 1024);
            return Err(vec![MovesFault { line: 1, column: 1, message }]);
        }
        let mut lines = file.lines().enumerate();
        while let Some((index, line)) = lines.next() {
            let number = index + 1;
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') {
                continue;
            }
            let mut body = None;
            let mut head = line;
            if let Some(before) = line.trim_end().strip_suffix("<<END") {
                head = before;
                match heredoc(&mut lines) {
                    Some(text) => body = Some(text),
                    None => faults.push(MovesFault {
                        line: number,
                        column: before.chars().count() + 1,
                        message: "the text after <<END has no end; close it with a line that says END".into(),
                    }),
                }
            }
            if let Err((column, message)) = moves.line(head, body, number) {
                faults.push(MovesFault { line: number, column, message });
            }
            if moves.commands.len() > MAX_MOVES {
                let message = format!("a moves file has at most {MAX_MOVES} moves");
                faults.push(MovesFault { line: number, column: 1, message });
            }
            if faults.len() >= 100 || moves.commands.len() > MAX_MOVES {
                break;
            }
        }
        if faults.is_empty() { Ok(moves) } else { Err(faults) }
    }

    fn line(&mut self, line: &str, body: Option<String>, number: usize) -> Result<(), (usize, String)> {
        let (time, rest, _) = split(line, 0);
        if time == "hold" {
            self.hold.extend(rest.split_whitespace().take_while(|w| !w.starts_with('#')).map(SeatId::from));
            return Ok(());
        }
        let column = |offset: usize| line[..offset].chars().count() + 1;
        let start = line.len() - line.trim_start().len();
        let at = Span::parse(time).map_err(|e| (column(start), format!("a move begins with its time: {e}")))?;
        let at = SimTime(at.0);
        if self.commands.last().is_some_and(|c| c.at > at) {
            return Err((column(start), "this time lies before the move above; times never go backwards".into()));
        }
        let (who, act_text, offset) = split(line, start + time.len());
        if who.is_empty() {
            return Err((column(line.len()), "expected a seat or facilitator, then an act".into()));
        }
        let by = if who == "facilitator" {
            Actor::Facilitator
        } else {
            Actor::Seat(SeatId::from(who.trim_end_matches(':')))
        };
        let mut act = text::parse(act_text).map_err(|e| (column(offset) + e.column - 1, e.message))?;
        if let Some(body) = body {
            match &mut act {
                Act::Send(draft) => draft.body = clean::text(&body),
                _ => return Err((column(offset), "only send takes a text with <<END".into())),
            }
        }
        self.commands.push(Command { at, by, act });
        self.lines.push(number);
        Ok(())
    }

    /// Writes the file so that [`Moves::parse`] reads the same moves back.
    #[must_use]
    pub fn print(&self) -> String {
        let mut out = String::new();
        if !self.hold.is_empty() {
            let seats: Vec<&str> = self.hold.iter().map(SeatId::as_str).collect();
            out.push_str(&format!("hold {}\n", seats.join(" ")));
        }
        for c in &self.commands {
            out.push_str(&format!("{} {} {}\n", c.at, c.by, text::print(&c.act)));
        }
        out
    }
}

/// First word from `from` on, the rest after it, and where the rest begins.
fn split(line: &str, from: usize) -> (&str, &str, usize) {
    let rest = &line[from..];
    let start = from + (rest.len() - rest.trim_start().len());
    let word_end = line[start..].find(char::is_whitespace).map_or(line.len(), |i| start + i);
    let after = &line[word_end..];
    let next = word_end + (after.len() - after.trim_start().len());
    (&line[start..word_end], &line[next..], next)
}

fn heredoc<'a>(lines: &mut impl Iterator<Item = (usize, &'a str)>) -> Option<String> {
    let mut text = String::new();
    for (_, line) in lines.by_ref() {
        if line.trim_end() == "END" {
            return Some(text);
        }
        text.push_str(line);
        text.push('\n');
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_file_and_writes_it_back() {
        let file = "# a comment\nhold ic soc\n00:00:40 soc open INJ-01\n 00:20:00 ic: send press via mail subject \"S\" <<END\none\n\ntwo\nEND\n01:00:00 facilitator end\n";
        let moves = Moves::parse(file).unwrap();
        assert_eq!(moves.hold.len(), 2);
        assert_eq!(moves.lines, [3, 4, 9]);
        let Act::Send(draft) = &moves.commands[1].act else { panic!("{moves:?}") };
        assert_eq!(draft.body, "one\n\ntwo");
        let again = Moves::parse(&moves.print()).unwrap();
        assert_eq!(again.commands, moves.commands);
    }

    #[test]
    fn names_every_bad_line() {
        let faults = Moves::parse(
            "soon ic open INJ-01\n00:02:00 ic open\n00:02:00 ic hint\n00:01:00 ic hint\n00:03:00 ic send x <<END\n",
        )
        .unwrap_err();
        let texts: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(texts.len(), 4, "{texts:#?}");
        assert!(texts[0].starts_with("1:1: a move begins with its time"));
        assert!(texts[1].starts_with("2:17: expected an item"), "{}", texts[1]);
        assert!(texts[2].starts_with("4:1: this time lies before"), "{}", texts[2]);
        assert!(texts[3].starts_with("5:20: the text after <<END"), "{}", texts[3]);
    }
}
