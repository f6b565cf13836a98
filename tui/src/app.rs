//! The state of the screen, and nothing else: which view, where the cursor stands, what is being typed.
//!
//! What is known of the exercise is in the [`Scene`]; `press` never changes it, it returns an [`Effect`].

use crate::{
    effect::Effect,
    key::{self, Input, Key},
    overlay::{self, Ask, Confirm, Overlay, Palette, Picker, Prompt, Search},
    scene::Scene,
    view::{self, COMMON, VIEWS, layout},
    writing::Writing,
};
use crossterm::event::KeyCode;
use protocol::{Act, ItemId, Mode, Pace, board::Phase};

/// The state of the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct App {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Index into [`VIEWS`].
    pub view: usize,
    /// Where Esc leads back to.
    pub trail: Vec<usize>,
    /// One per view.
    pub panes: Vec<Pane>,
    /// What lies over the view.
    pub overlay: Option<Overlay>,
    /// The line under the view.
    pub notice: Option<Notice>,
    /// The composer.
    pub writing: Writing,
    /// Lines given to the palette, newest last.
    pub said: Vec<String>,
    /// Items known to the screen; more on the board are news.
    seen: usize,
    /// Lines of the log known to the screen.
    read: usize,
    /// The item opened last: what feedback is measured from.
    pub subject: Option<ItemId>,
    /// The first briefing is being read; the clock waits for it.
    pub briefing: bool,
}

/// Where one view stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pane {
    /// Index among the rows a cursor can stand on.
    pub cursor: usize,
    /// Rows of the detail scrolled away.
    pub scroll: usize,
    /// Columns of evidence scrolled away.
    pub across: usize,
    /// The detail has the keys.
    pub detail: bool,
    /// Which part is shown (a channel, a kind of line, a page of the hot wash).
    pub filter: usize,
}

/// A line to the player.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// A sentence.
    pub text: String,
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Good,
    /// Something new.
    News,
    /// It did not work.
    Bad,
}

impl Default for App {
    fn default() -> Self {
        Self::new((80, 24))
    }
}

impl App {
    /// The screen as it opens.
    #[must_use]
    pub fn new(size: (u16, u16)) -> Self {
        Self {
            size,
            view: 0,
            trail: Vec::new(),
            panes: vec![Pane::default(); VIEWS.len()],
            overlay: None,
            notice: None,
            writing: Writing::default(),
            said: Vec::new(),
            seen: 0,
            read: 0,
            subject: None,
            briefing: false,
        }
    }

    /// The pane of the view shown.
    #[must_use]
    pub fn pane(&self) -> &Pane {
        &self.panes[self.view]
    }

    /// The same, to change it.
    pub fn pane_mut(&mut self) -> &mut Pane {
        &mut self.panes[self.view]
    }

    /// Takes what came from the terminal.
    pub fn press(&mut self, input: Input, scene: &Scene) -> Effect {
        if let Input::Resize(columns, rows) = input {
            self.size = (columns, rows);
            return Effect::None;
        }
        if input == Input::Key(Key::ctrl('c')) {
            self.overlay = Some(Overlay::Confirm(Confirm::leaving(scene)));
            return Effect::None;
        }
        if self.overlay.is_some() {
            return overlay::press(self, input, scene);
        }
        if let Some(effect) = (VIEWS[self.view].capture)(self, &input, scene) {
            return effect;
        }
        let Input::Key(key) = input else {
            self.say(Tone::Bad, "Nothing to paste into here. Open a message to write first.");
            return Effect::None;
        };
        self.notice = None;
        match key::find(VIEWS[self.view].keys, key).or_else(|| key::find(COMMON, key)) {
            Some(binding) => (binding.does)(self, scene),
            None => self.digit(key, scene),
        }
    }

    fn digit(&mut self, key: Key, scene: &Scene) -> Effect {
        if let Some(n) = key.typed().and_then(|c| c.to_digit(10)) {
            let index = n as usize;
            if index >= 1 && index <= VIEWS.len() && (VIEWS[index - 1].offered)(scene) {
                self.show(index - 1);
                // A number shows the list; Esc leads back to what was read.
                self.pane_mut().detail = false;
            }
        }
        Effect::None
    }

    /// To the oldest item not opened yet. False when there is none.
    pub fn to_unread(&mut self, scene: &Scene) -> bool {
        view::inbox::to_unread(&mut self.panes[0], scene)
    }

    /// Time passed because the person asked for it: what came in is under the cursor, unless they are elsewhere.
    pub fn waited(&mut self, seen: usize, scene: &Scene) {
        self.settle(scene);
        if self.view == 0 && scene.board.inbox.len() > seen && self.to_unread(scene) {
            self.panes[0].detail = false;
        }
    }

    /// The first briefing was closed: true once, when the clock may begin.
    pub fn briefed(&mut self, scene: &Scene) -> bool {
        // The clock may also have been let go over it.
        let runs = scene.running() && (scene.board.pace != Pace::Turn || scene.now.0 > 0);
        let closed = self.briefing && (runs || self.view != 0 || !self.panes[0].detail);
        self.briefing &= !closed;
        closed
    }

    /// Puts a line under the view.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.notice = Some(Notice { tone, text: text.into() });
    }

    /// Switches to a view.
    pub fn show(&mut self, view: usize) {
        if view != self.view {
            self.trail.push(self.view);
            if self.trail.len() > 20 {
                self.trail.remove(0);
            }
            self.view = view;
        }
    }

    /// Switches to a view by its name in [`VIEWS`].
    pub fn show_named(&mut self, name: &str) {
        if let Some(index) = VIEWS.iter().position(|v| v.name == name) {
            self.show(index);
        }
    }

    /// The next or previous view on offer.
    pub fn turn(&mut self, by: isize, scene: &Scene) -> Effect {
        let count = VIEWS.len();
        let mut index = self.view;
        for _ in 0..count {
            index = (index + count).saturating_add_signed(by) % count;
            if (VIEWS[index].offered)(scene) {
                break;
            }
        }
        self.show(index);
        Effect::None
    }

    /// Esc: out of the detail, then back to where one came from.
    pub fn back(&mut self) -> Effect {
        if self.pane().detail {
            self.pane_mut().detail = false;
        } else if let Some(view) = self.trail.pop() {
            self.view = view;
        } else {
            self.view = 0;
        }
        Effect::None
    }

    /// Moves the cursor, or scrolls where the detail has the keys.
    pub fn step(&mut self, by: isize, scene: &Scene) -> Effect {
        if self.pane().detail {
            return self.scroll(by, scene);
        }
        let rows = (VIEWS[self.view].rows)(self, scene);
        let pane = self.pane_mut();
        let before = pane.cursor.min(rows.saturating_sub(1));
        pane.cursor = before.saturating_add_signed(by).min(rows.saturating_sub(1));
        if pane.cursor != before {
            (pane.scroll, pane.across) = (0, 0);
        }
        Effect::None
    }

    /// To the next row without leaving the detail.
    pub fn next(&mut self, by: isize, scene: &Scene) -> Effect {
        let detail = std::mem::take(&mut self.pane_mut().detail);
        let effect = self.step(by, scene);
        self.pane_mut().detail = detail;
        effect
    }

    /// Rows a page down moves by.
    #[must_use]
    pub fn page(&self) -> isize {
        isize::try_from(self.size.1 / 2).unwrap_or(10).max(1)
    }

    /// Scrolls the detail.
    pub fn scroll(&mut self, by: isize, scene: &Scene) -> Effect {
        let (_, detail) = layout::split(self, scene, layout::body(self.size, self, scene));
        let doc = (VIEWS[self.view].detail)(self, scene, layout::page(detail).width);
        let most = doc.len().saturating_sub(usize::from(layout::page(detail).height));
        let pane = self.pane_mut();
        pane.scroll = pane.scroll.min(most).saturating_add_signed(by).min(most);
        Effect::None
    }

    /// Scrolls evidence sideways; from the list, gives the detail the keys.
    pub fn sideways(&mut self, by: isize, scene: &Scene) -> Effect {
        if !self.pane().detail {
            self.pane_mut().detail = by > 0;
            return Effect::None;
        }
        let (_, detail) = layout::split(self, scene, layout::body(self.size, self, scene));
        let width = layout::page(detail).width;
        let most = (VIEWS[self.view].detail)(self, scene, width).across().saturating_sub(usize::from(width));
        let pane = self.pane_mut();
        if by < 0 && pane.across == 0 {
            pane.detail = false;
        }
        pane.across = pane.across.min(most).saturating_add_signed(by).min(most);
        Effect::None
    }

    /// Jumps to the next section of the detail.
    pub fn section(&mut self, scene: &Scene) -> Effect {
        let (_, detail) = layout::split(self, scene, layout::body(self.size, self, scene));
        let doc = (VIEWS[self.view].detail)(self, scene, layout::page(detail).width);
        let pane = self.pane_mut();
        pane.scroll = doc.section_after(pane.scroll);
        pane.detail = true;
        Effect::None
    }

    /// Opens what lies over the view.
    pub fn over(&mut self, overlay: Overlay) -> Effect {
        self.overlay = Some(overlay);
        Effect::None
    }

    /// Asks for a line.
    pub fn ask(&mut self, ask: Ask, scene: &Scene) -> Effect {
        self.over(Overlay::Prompt(Prompt::new(ask, scene)))
    }

    /// Opens a list to choose from.
    pub fn pick(&mut self, picker: Picker) -> Effect {
        self.over(Overlay::Picker(picker))
    }

    /// Opens the palette.
    pub fn palette(&mut self, start: &str) -> Effect {
        self.over(Overlay::Palette(Palette::new(start)))
    }

    /// Opens the search.
    pub fn search(&mut self) -> Effect {
        self.over(Overlay::Search(Search::default()))
    }

    /// P: PauseEx, or on with it.
    pub fn pause(&mut self, scene: &Scene) -> Effect {
        match scene.board.phase {
            Phase::Running => Effect::Submit(Act::Pause),
            Phase::Paused => Effect::Submit(Act::Resume),
            Phase::Waiting | Phase::Ended => {
                self.say(Tone::Bad, "There is no clock to pause: the exercise does not run.");
                Effect::None
            }
        }
    }

    /// `+` and `-`: the next pace up or down.
    pub fn pace(&mut self, up: bool, scene: &Scene) -> Effect {
        const STEPS: [Pace; 7] =
            [Pace::Turn, Pace::Live, Pace::Times(2), Pace::Times(5), Pace::Times(10), Pace::Times(30), Pace::Times(60)];
        let speed = |p: Pace| match p {
            Pace::Turn => 0,
            Pace::Live => 1,
            Pace::Times(n) => n,
        };
        let now = speed(scene.board.pace);
        let next = if up {
            STEPS.into_iter().find(|p| speed(*p) > now)
        } else {
            STEPS.into_iter().rev().find(|p| speed(*p) < now)
        };
        match next {
            Some(pace) => Effect::Submit(Act::SetPace(pace)),
            None => {
                self.say(Tone::Bad, format!("The pace is already {}.", pace_words(scene.board.pace)));
                Effect::None
            }
        }
    }

    /// `w`: let time pass until something reaches this seat.
    pub fn skip(&mut self, scene: &Scene) -> Effect {
        match (scene.board.phase, scene.board.pace) {
            (Phase::Running, Pace::Turn) => Effect::Skip,
            (Phase::Running, _) => {
                self.say(Tone::Bad, "Time runs by itself at this pace. - or :pace turn makes it wait for you.");
                Effect::None
            }
            (Phase::Paused, _) => {
                self.say(Tone::Bad, "Paused. P goes on.");
                Effect::None
            }
            _ => {
                self.say(Tone::Bad, "The exercise does not run.");
                Effect::None
            }
        }
    }

    /// `h`: a hint, in practice.
    pub fn hint(&mut self, scene: &Scene) -> Effect {
        if scene.board.mode == Mode::Assess {
            self.say(Tone::Bad, "No hints in an assessment.");
            return Effect::None;
        }
        Effect::Submit(Act::Hint)
    }

    /// What came of an act that was put on the record: the feedback line, and drafts that are done.
    pub fn answered(&mut self, act: &Act, failed: Option<&str>, scene: &Scene) {
        if let Some(reason) = failed.or(scene.board.refused.as_deref()) {
            self.say(Tone::Bad, format!("Refused: {reason}"));
            return;
        }
        match act {
            Act::Open { item } => {
                self.subject = Some(item.clone());
                // On a small screen the item opens into the whole room.
                self.panes[0].detail |= self.size.0 < layout::WIDE;
            }
            Act::Acknowledge { item } => self.subject = Some(item.clone()),
            Act::Send(draft) => {
                let was_open = self.writing.open.is_some();
                self.writing.sent(draft);
                // Back to what was answered.
                if was_open && self.writing.open.is_none() && draft.re.is_some() {
                    self.view = self.trail.pop().unwrap_or(self.view);
                }
            }
            Act::End => {
                self.overlay = None;
                self.show_named("Hot wash");
            }
            _ => {}
        }
        if let Some(text) = view::feedback(act, self.subject.as_ref(), scene) {
            self.say(Tone::Good, text);
        }
    }

    /// Looks for news on the board. The cursor stays on the item it was on.
    pub fn settle(&mut self, scene: &Scene) {
        let inbox = &scene.board.inbox;
        // How much time a wait let pass stays in front of what came of it.
        let passed = self.notice.take_if(|n| n.tone != Tone::Bad && n.text.ends_with(" passed."));
        self.tell_news(scene);
        match (&mut self.notice, passed) {
            (Some(news), Some(passed)) => news.text = format!("{} {}", passed.text, news.text),
            (notice, Some(passed)) => *notice = Some(passed),
            _ => {}
        }
        self.seen = inbox.len();
        self.read = scene.board.log.len();
        if scene.board.phase == Phase::Ended && scene.wash.is_none() && VIEWS[self.view].name == "Hot wash" {
            self.view = 0;
        }
    }

    fn tell_news(&mut self, scene: &Scene) {
        let inbox = &scene.board.inbox;
        if inbox.len() > self.seen {
            let new = &inbox[self.seen..];
            view::inbox::hold_cursor(&mut self.panes[0], scene, self.seen);
            if let Some(latest) = new.last() {
                let more = if new.len() > 1 { format!(" (and {} more)", new.len() - 1) } else { String::new() };
                let Notice { tone, text } = view::inbox::news(latest, more, scene);
                self.say(tone, text);
            }
        }
        if inbox.len() == self.seen
            && let Some(line) = scene.board.log.get(self.read..).and_then(view::log::news)
        {
            self.say(Tone::News, view::log::notice(line));
        }
    }
}

/// A pace in words.
#[must_use]
pub fn pace_words(pace: Pace) -> String {
    match pace {
        Pace::Live => "live".to_owned(),
        Pace::Times(n) => format!("x{n}"),
        Pace::Turn => "turn by turn".to_owned(),
    }
}

/// Enter and friends, named once for the tables.
pub const ENTER: Key = Key::plain(KeyCode::Enter);
/// Esc.
pub const ESC: Key = Key::plain(KeyCode::Esc);
