//! The home screen: begin a drill, go on with one, look at a finished one.
//!
//! ```text
//! EXERCISE  startex
//! ┌ Home ────────────────────────────────────────┐┌ Poisoned model ──────────────────────┐
//! │ Begin a drill                                ││ Trains …                             │
//! │▸ Poisoned model               1h30m  7 seats ││ Seats  Incident commander, …         │
//! │ Go on with                                   ││                                      │
//! │  stolen-weights   00:24:10, left 19 Nov      ││                                      │
//! │ Look at again                                ││                                      │
//! └──────────────────────────────────────────────┘└──────────────────────────────────────┘
//! ```

use crate::{
    app::pace_words,
    doc::Doc,
    editor::Editor,
    key::{Input, Key},
    list::{self, Item, span},
    look::THEME,
    text,
    view::{halves, layout},
};
use crossterm::event::KeyCode;
use protocol::{Mode, Pace};
use ratatui::{Frame, layout::Rect, style::Style, widgets::Clear};
use std::path::PathBuf;

/// A scenario to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its name on the command line.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// What it trains.
    pub trains: Vec<String>,
    /// Planned length, in words.
    pub length: String,
    /// The organisation.
    pub organisation: String,
    /// What the players know when play opens.
    pub situation: String,
    /// Seats: id, title, duties.
    pub seats: Vec<(String, String, String)>,
    /// Index of the seat a person alone takes.
    pub default_seat: usize,
}

/// An exercise of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Its id.
    pub id: String,
    /// Its file.
    pub path: PathBuf,
    /// Its title.
    pub title: String,
    /// When it was begun, in words.
    pub started: String,
    /// How far it came.
    pub last: String,
    /// Who sat where.
    pub people: String,
    /// Over.
    pub sealed: bool,
    /// Somebody plays it now.
    pub playing: bool,
    /// The total, where there is one.
    pub percent: Option<u8>,
}

/// What there is to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Scenarios.
    pub cards: Vec<Card>,
    /// Exercises, the newest first.
    pub past: Vec<Past>,
    /// What could not be read, a line each.
    pub faults: Vec<String>,
}

/// The state of the home screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    size: (u16, u16),
    cursor: usize,
    scroll: usize,
    help: bool,
    opening: Option<Opening>,
    /// The line at the foot.
    pub notice: String,
}

/// The dialog of a new drill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    card: usize,
    field: usize,
    seat: usize,
    pace: usize,
    assess: bool,
    name: Editor,
}

/// What the home screen asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Nothing yet.
    None,
    /// Leave.
    Quit,
    /// Begin.
    Begin {
        /// The scenario's name.
        scenario: String,
        /// The seat.
        seat: String,
        /// The person.
        name: String,
        /// How time runs.
        pace: Pace,
        /// Practice or assessment.
        mode: Mode,
    },
    /// Go on with this.
    Resume(PathBuf),
    /// Look at this.
    Review(PathBuf),
}

const PACES: [Pace; 6] = [Pace::Live, Pace::Turn, Pace::Times(2), Pace::Times(5), Pace::Times(10), Pace::Times(30)];
const FIELDS: usize = 4;

enum Row<'a> {
    Card(usize, &'a Card),
    Past(&'a Past),
}

fn rows(shelf: &Shelf) -> Vec<Row<'_>> {
    let open = shelf.past.iter().filter(|p| !p.sealed);
    let over = shelf.past.iter().filter(|p| p.sealed);
    let cards = shelf.cards.iter().enumerate().map(|(i, c)| Row::Card(i, c));
    cards.chain(open.chain(over).map(Row::Past)).collect()
}

impl Home {
    /// The screen as it opens.
    #[must_use]
    pub fn new(size: (u16, u16), notice: String) -> Self {
        Self { size, cursor: 0, scroll: 0, help: false, opening: None, notice }
    }

    /// Takes what came from the terminal. `name`: the person's name as far as it is known.
    pub fn press(&mut self, input: &Input, shelf: &Shelf, name: &str) -> Wish {
        match input {
            Input::Resize(columns, rows) => {
                self.size = (*columns, *rows);
                Wish::None
            }
            Input::Key(key) if *key == Key::ctrl('c') => Wish::Quit,
            _ if self.help => {
                self.help = false;
                Wish::None
            }
            _ if self.opening.is_some() => self.press_opening(input, shelf),
            Input::Key(key) => self.press_list(*key, shelf, name),
            Input::Paste(_) => Wish::None,
        }
    }

    fn press_list(&mut self, key: Key, shelf: &Shelf, name: &str) -> Wish {
        let rows = rows(shelf);
        let last = rows.len().saturating_sub(1);
        self.cursor = self.cursor.min(last);
        self.notice.clear();
        let before = self.cursor;
        match key.code {
            KeyCode::Down | KeyCode::Char('j') => self.cursor = (self.cursor + 1).min(last),
            KeyCode::Up | KeyCode::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            KeyCode::Home | KeyCode::Char('g') => self.cursor = 0,
            KeyCode::End | KeyCode::Char('G') => self.cursor = last,
            KeyCode::PageDown => self.scroll += 8,
            KeyCode::PageUp => self.scroll = self.scroll.saturating_sub(8),
            KeyCode::Char('?') | KeyCode::F(1) => self.help = true,
            KeyCode::Char('q') | KeyCode::Esc => return Wish::Quit,
            KeyCode::Enter => match rows.get(self.cursor) {
                Some(Row::Card(index, card)) => {
                    self.opening = Some(Opening {
                        card: *index,
                        field: 0,
                        seat: card.default_seat,
                        pace: 0,
                        assess: false,
                        name: Editor::line(name),
                    });
                }
                Some(Row::Past(p)) if p.playing => self.notice = "It is being played in another window.".to_owned(),
                Some(Row::Past(p)) if p.sealed => return Wish::Review(p.path.clone()),
                Some(Row::Past(p)) => return Wish::Resume(p.path.clone()),
                None => {}
            },
            _ => {}
        }
        if self.cursor != before {
            self.scroll = 0;
        }
        Wish::None
    }

    fn press_opening(&mut self, input: &Input, shelf: &Shelf) -> Wish {
        let Some(opening) = &mut self.opening else { return Wish::None };
        let Some(card) = shelf.cards.get(opening.card) else { return Wish::None };
        let key = match input {
            Input::Key(key) => *key,
            Input::Paste(text) => {
                opening.name.insert(text);
                return Wish::None;
            }
            Input::Resize(..) => return Wish::None,
        };
        let turn = |at: usize, count: usize, by: isize| (at + count).saturating_add_signed(by) % count.max(1);
        match key.code {
            KeyCode::Esc => self.opening = None,
            KeyCode::Down | KeyCode::Tab => opening.field = turn(opening.field, FIELDS, 1),
            KeyCode::Up | KeyCode::BackTab => opening.field = turn(opening.field, FIELDS, -1),
            KeyCode::Enter => {
                let name = protocol::clean::line(opening.name.text());
                if name.is_empty() {
                    opening.field = 3;
                    self.notice = "Give a name for the report.".to_owned();
                    return Wish::None;
                }
                return Wish::Begin {
                    scenario: card.id.clone(),
                    seat: card.seats.get(opening.seat).map_or_else(String::new, |s| s.0.clone()),
                    name,
                    pace: PACES[opening.pace],
                    mode: if opening.assess { Mode::Assess } else { Mode::Practice },
                };
            }
            KeyCode::Left | KeyCode::Right | KeyCode::Char(' ') if opening.field != 3 => {
                let by = if key.code == KeyCode::Left { -1 } else { 1 };
                match opening.field {
                    0 => opening.seat = turn(opening.seat, card.seats.len(), by),
                    1 => opening.pace = turn(opening.pace, PACES.len(), by),
                    _ => opening.assess = !opening.assess,
                }
            }
            _ if opening.field == 3 => {
                opening.name.press(key, 60);
            }
            _ => {}
        }
        Wish::None
    }

    /// Draws it.
    pub fn draw(&self, shelf: &Shelf, frame: &mut Frame) {
        let area = frame.area();
        if area.width < layout::LEAST.0 || area.height < layout::LEAST.1 {
            crate::view::status::too_small(frame, area);
            return;
        }
        let top = Rect { height: 1, ..area };
        frame.buffer_mut().set_style(top, THEME.status);
        let line = " EXERCISE  startex: AI incident drills. Nothing reaches the real world.";
        frame.buffer_mut().set_stringn(area.x, area.y, line, usize::from(area.width), THEME.status);
        let body = Rect { y: area.y + 1, height: area.height - 3, ..area };
        let (left, right) = halves_of(body);
        frame.render_widget(halves::block("Home", true), left);
        let items = items(shelf, usize::from(left.width.saturating_sub(4)));
        list::draw(frame, layout::inner(left), &items, self.cursor, true);
        let doc = self.detail(shelf, layout::inner(right).width);
        let about = match rows(shelf).get(self.cursor) {
            Some(Row::Past(_)) => "The exercise",
            _ => "The scenario",
        };
        frame.render_widget(halves::block(about, false), right);
        let most = doc.len().saturating_sub(usize::from(layout::inner(right).height));
        doc.draw(frame, layout::inner(right), self.scroll.min(most), 0);
        let y = area.bottom() - 2;
        frame.buffer_mut().set_stringn(
            area.x,
            y,
            text::cut(&self.notice, usize::from(area.width)),
            usize::from(area.width),
            THEME.warn,
        );
        keys(frame, Rect { y: y + 1, height: 1, ..area }, self.opening.is_some());
        if let Some(opening) = &self.opening {
            opening.draw(shelf, frame, area);
        }
        if self.help {
            help(frame, area);
        }
    }

    fn detail(&self, shelf: &Shelf, width: u16) -> Doc {
        let mut doc = Doc::new(width);
        match rows(shelf).get(self.cursor.min(rows(shelf).len().saturating_sub(1))) {
            None => doc.text("No scenario could be read."),
            Some(Row::Card(_, c)) => {
                doc.title(&c.title);
                doc.field("Trains", c.trains.first().map_or("", String::as_str));
                for line in c.trains.iter().skip(1) {
                    doc.field("", line);
                }
                doc.field("Takes", &c.length);
                let seats: Vec<&str> = c.seats.iter().map(|s| s.1.as_str()).collect();
                doc.field("Seats", &seats.join(", "));
                doc.field("Name", &format!("{} {}", c.id, c.version));
                doc.gap();
                doc.text_in(&c.organisation, THEME.strong);
                doc.text(&c.situation);
            }
            Some(Row::Past(p)) => {
                doc.title(&p.title);
                doc.field("Begun", &p.started);
                doc.field("Reached", &p.last);
                doc.field("People", &p.people);
                doc.field("Exercise", &p.id);
                match (p.sealed, p.percent) {
                    (true, Some(percent)) => doc.field("Total", &format!("{percent} %")),
                    (true, None) => doc.field("Total", "not kept; the hot wash computes it again"),
                    (false, _) if p.playing => doc.field_in("State", "! played in another window", THEME.warn),
                    (false, _) => doc.field("State", "left; Enter goes on at the same exercise time"),
                }
                doc.field("File", &p.path.display().to_string());
            }
        }
        for fault in &shelf.faults {
            doc.gap();
            doc.text_in(fault, THEME.bad);
        }
        doc
    }
}

/// As wide as there is room for: beside each other, or below.
fn halves_of(body: Rect) -> (Rect, Rect) {
    if body.width >= layout::WIDE {
        let left = Rect { width: body.width / 2, ..body };
        return (left, Rect { x: left.right(), width: body.width - left.width, ..body });
    }
    let top = Rect { height: (body.height / 2).max(3), ..body };
    (top, Rect { y: top.bottom(), height: body.height - top.height, ..body })
}

fn items(shelf: &Shelf, width: usize) -> Vec<Item> {
    let mut out = Vec::new();
    let mut heading = "";
    for row in rows(shelf) {
        let (group, left, right) = match row {
            Row::Card(_, c) => {
                let name = format!("{}  ({})", c.title, c.id);
                ("Begin a drill", name, format!("{}, {} seats", c.length, c.seats.len()))
            }
            Row::Past(p) if p.sealed => {
                let score = p.percent.map_or_else(String::new, |n| format!("{n} %, "));
                ("Look at again", p.title.clone(), format!("{score}{}", p.started))
            }
            Row::Past(p) => ("Go on with", p.title.clone(), format!("at {}, begun {}", p.last, p.started)),
        };
        if group != heading {
            out.push(Item::heading(group));
            heading = group;
        }
        let room = width.saturating_sub(text::width(&right) + 2);
        out.push(Item::row(vec![
            span(text::pad(&text::line(&left), room) + "  ", Style::new()),
            span(right, THEME.dim),
        ]));
    }
    out
}

fn keys(frame: &mut Frame, area: Rect, opening: bool) {
    let pairs: &[(&str, &str)] = if opening {
        &[("↑ ↓", "field"), ("← →", "change"), ("Enter", "StartEx"), ("Esc", "not now")]
    } else {
        &[("↑ ↓", "choose"), ("Enter", "open"), ("?", "help"), ("q", "quit")]
    };
    let spans: Vec<_> =
        pairs.iter().flat_map(|(k, l)| [span(*k, THEME.key), span(format!(" {l}  "), Style::new())]).collect();
    frame.buffer_mut().set_line(area.x, area.y, &spans.into(), area.width);
}

impl Opening {
    fn draw(&self, shelf: &Shelf, frame: &mut Frame, area: Rect) {
        let Some(card) = shelf.cards.get(self.card) else { return };
        let area = layout::centred(area, area.width.min(76), area.height.min(15));
        frame.render_widget(Clear, area);
        frame.render_widget(halves::block(&format!("New drill: {}", text::line(&card.title)), true), area);
        let room = layout::inner(area);
        let seat = card.seats.get(self.seat);
        let values = [
            ("Seat", seat.map_or_else(String::new, |s| s.1.clone())),
            ("Pace", pace_about(PACES[self.pace]).to_owned()),
            (
                "Mode",
                if self.assess { "assessment: no hints, no feedback" } else { "practice: hints and feedback" }
                    .to_owned(),
            ),
            ("Name", self.name.text().to_owned()),
        ];
        for (i, (label, value)) in values.iter().enumerate() {
            let y = room.y + i as u16;
            if y >= room.bottom() {
                return;
            }
            let here = i == self.field;
            let shown = if here && i != 3 { format!("◂ {value} ▸") } else { text::line(value) };
            frame.buffer_mut().set_stringn(room.x, y, if here { "▸" } else { " " }, 1, THEME.key);
            frame.buffer_mut().set_stringn(room.x + 1, y, label, 8, THEME.label);
            let width = usize::from(room.width.saturating_sub(9));
            frame.buffer_mut().set_stringn(
                room.x + 8,
                y,
                text::cut(&shown, width),
                width,
                if here { THEME.strong } else { Style::new() },
            );
            if here && i == 3 {
                let x = room.x + 8 + text::width(&self.name.text()[..self.name.cursor()]) as u16;
                frame.set_cursor_position((x.min(room.right().saturating_sub(1)), y));
            }
        }
        let mut doc = Doc::new(room.width);
        if let Some((_, _, duties)) = seat {
            doc.text_in(duties, THEME.dim);
        }
        doc.gap();
        doc.text("Seats you do not take are played by the simulation cell: they answer, with a delay.");
        let below = Rect { y: room.y + 5, height: room.height.saturating_sub(5), ..room };
        doc.draw(frame, below, 0, 0);
    }
}

fn pace_about(pace: Pace) -> &'static str {
    match pace {
        Pace::Live => "live: a minute is a minute",
        Pace::Turn => "turn: time moves when you say so",
        Pace::Times(2) => "x2: twice as fast",
        Pace::Times(5) => "x5: five times as fast",
        Pace::Times(10) => "x10: ten times as fast",
        Pace::Times(_) => "x30: thirty times as fast",
    }
}

fn help(frame: &mut Frame, area: Rect) {
    let area = layout::over(area);
    frame.render_widget(Clear, area);
    frame.render_widget(halves::block("Help: any key closes", true), area);
    let room = layout::inner(area);
    let mut doc = Doc::new(room.width);
    doc.text("startex rehearses AI security incidents. You take a seat; a scenario unfolds on a clock; you read, ask, act, escalate, write and decide; then every mark of your score points at what earned it.");
    doc.gap();
    for (keys, about) in [
        ("↑ ↓ j k", "choose"),
        ("Enter", "begin a drill, go on with one, look at a finished one"),
        ("PgUp PgDn", "scroll what is told of it"),
        ("q Esc", "quit"),
    ] {
        doc.bullet(&text::pad(keys, 12), about, Style::new());
    }
    doc.gap();
    doc.text("From the shell: startex drill, resume, review, score, report, verify. startex help lists all.");
    doc.gap();
    doc.text_in(&format!("Paces: {}, {}, x2 to x60.", pace_words(Pace::Live), pace_words(Pace::Turn)), THEME.dim);
    doc.draw(frame, room, 0, 0);
}
