//! Before something happens: what it is, what it costs, and the keys that decide.

use super::{KeyWord, Overlay, word};
use crate::{
    app::{App, ENTER},
    doc::Doc,
    effect::Effect,
    key::{Input, Key},
    look::THEME,
    scene::{Approval, Scene},
    text,
    view::{halves, layout},
};
use crossterm::event::KeyCode;
use protocol::{Act, Draft, Subject, board::Phase};
use ratatui::{Frame, layout::Rect, style::Style, widgets::Clear};

/// A confirmation.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirm {
    title: String,
    /// Name and value; a value without a name is prose.
    lines: Vec<(String, String)>,
    remarks: Vec<String>,
    choices: Vec<Choice>,
    scroll: usize,
}

#[derive(Clone, Debug, PartialEq)]
struct Choice {
    key: Key,
    label: String,
    effect: Effect,
}

impl Confirm {
    /// An empty one.
    #[must_use]
    pub fn new(title: &str, lines: Vec<(String, String)>) -> Self {
        Self { title: title.to_owned(), lines, remarks: Vec::new(), choices: Vec::new(), scroll: 0 }
    }

    /// Adds a way to decide.
    pub fn choice(&mut self, key: Key, label: &str, effect: Effect) {
        self.choices.push(Choice { key, label: label.to_owned(), effect });
    }

    /// Leave?
    #[must_use]
    pub fn leaving(scene: &Scene) -> Self {
        let mut lines = Vec::new();
        let ended = scene.board.phase == Phase::Ended;
        let safe = match scene.unsaved {
            None => "Everything up to now is in the transcript.".to_owned(),
            Some(reason) => format!("NOT SAVED since: {reason}"),
        };
        lines.push((String::new(), safe));
        if ended {
            lines.push((String::new(), "The hot wash can be seen again at any time:".to_owned()));
            lines.push((String::new(), format!("startex review {}", scene.exercise)));
        } else {
            lines.push((String::new(), "Exercise time stands still until you come back:".to_owned()));
            lines.push((String::new(), format!("startex resume {}", scene.exercise)));
        }
        let mut out = Self::new("Leave?", lines);
        out.choice(ENTER, "leave", Effect::Leave);
        if !ended {
            out.choice(Key::ch('e'), "end the exercise instead (EndEx) and see the hot wash", Effect::Submit(Act::End));
        }
        out
    }

    /// EndEx?
    #[must_use]
    pub fn ending(scene: &Scene) -> Self {
        let mut lines = vec![(String::new(), "EndEx is final: the transcript is sealed and scored.".to_owned())];
        if let Some(pack) = scene.pack() {
            let rest = pack.length.0.saturating_sub(scene.now.0);
            if rest > 0 {
                let rest = crate::scene::rough(protocol::Span(rest));
                lines.push(("Planned".to_owned(), format!("play goes on for another {rest}")));
            }
        }
        let open: Vec<String> = scene
            .board
            .clocks
            .iter()
            .filter(|c| matches!(c.state, protocol::board::ClockState::Due | protocol::board::ClockState::Overdue))
            .map(|c| c.regime.clone())
            .collect();
        if !open.is_empty() {
            lines.push(("Clocks".to_owned(), format!("still open: {}", open.join(", "))));
        }
        let mut out = Self::new("EndEx?", lines);
        if scene.board.phase == Phase::Ended {
            out.lines = vec![(String::new(), "The exercise is over already.".to_owned())];
        } else {
            out.choice(Key::ch('y'), "end the exercise", Effect::Submit(Act::End));
        }
        out
    }

    /// Send?
    #[must_use]
    pub fn sending(draft: Draft, remarks: &[String], scene: &Scene) -> Self {
        let mut lines = Vec::new();
        for party in &draft.to {
            lines.push(("To".to_owned(), scene.who(party.as_str())));
        }
        let via = draft.via.as_ref().map_or("no channel yet", |v| v.as_str());
        lines.push(("By".to_owned(), via.to_owned()));
        if let Some(p) = &draft.product {
            lines.push(("As".to_owned(), p.to_string()));
        }
        let tlp = draft.tlp.map_or_else(|| "no TLP marking".to_owned(), |t| t.to_string());
        lines.push(("Handling".to_owned(), tlp));
        lines.push(("Subject".to_owned(), draft.subject.clone()));
        lines.push(("Length".to_owned(), format!("{} words; the EXERCISE mark is added", text::words(&draft.body))));
        let mut out = Self::new("Send this?", lines);
        out.remarks = remarks.to_vec();
        let fit = !draft.to.is_empty() && draft.via.is_some() && !draft.body.is_empty();
        if fit {
            let label = if remarks.is_empty() { "send to exactly these" } else { "send to exactly these, as it is" };
            let asks = approval_to_ask(&draft, scene);
            out.choice(ENTER, label, Effect::Submit(Act::Send(draft)));
            if let Some((label, request)) = asks {
                out.choice(Key::ch('a'), &label, Effect::Submit(request));
            }
        }
        out
    }

    pub(super) fn keys(&self) -> Vec<KeyWord> {
        self.choices.iter().map(|c| word(&c.key.to_string(), &text::cut(&c.label, 30))).collect()
    }

    pub(super) fn press(mut self, app: &mut App, input: &Input, _: &Scene) -> Effect {
        let Input::Key(key) = input else { return app.over(Overlay::Confirm(self)) };
        if let Some(choice) = self.choices.iter().find(|c| c.key == *key) {
            return choice.effect.clone();
        }
        match key.code {
            KeyCode::Down | KeyCode::Char('j') => self.scroll += 1,
            KeyCode::Up | KeyCode::Char('k') => self.scroll = self.scroll.saturating_sub(1),
            KeyCode::Esc | KeyCode::Char('n' | 'q') => return Effect::None,
            _ => {}
        }
        app.over(Overlay::Confirm(self))
    }

    fn doc(&self, width: u16) -> Doc {
        let mut doc = Doc::new(width);
        for (name, value) in &self.lines {
            if name.is_empty() {
                doc.text(value);
            } else {
                doc.field(name, value);
            }
        }
        if !self.remarks.is_empty() {
            doc.gap();
        }
        for remark in &self.remarks {
            doc.bullet("!", remark, THEME.warn);
        }
        doc
    }

    pub(super) fn draw(&self, frame: &mut Frame, area: Rect) {
        let width = area.width.min(84);
        let doc = self.doc(width.saturating_sub(4));
        let mut choices = Doc::new(width.saturating_sub(4));
        for c in &self.choices {
            choices.bullet(&text::pad(&c.key.to_string(), 5), &c.label, THEME.strong);
        }
        choices.bullet(&text::pad("Esc", 5), "not now", Style::new());
        let tall = (doc.len() + choices.len() + 3).min(usize::from(area.height)) as u16;
        let area = layout::centred(area, width, tall);
        frame.render_widget(Clear, area);
        frame.render_widget(halves::block(&text::cut(&text::line(&self.title), 70), true), area);
        let room = layout::inner(area);
        let room = Rect { x: room.x + 1, width: room.width.saturating_sub(2), ..room };
        let foot = (choices.len() as u16).min(room.height);
        let top = Rect { height: room.height.saturating_sub(foot + 1), ..room };
        let most = doc.len().saturating_sub(usize::from(top.height));
        doc.draw(frame, top, self.scroll.min(most), 0);
        if most > self.scroll.min(most) {
            let y = top.bottom();
            frame.buffer_mut().set_stringn(room.x, y, "↓ more", usize::from(room.width), THEME.dim);
        }
        choices.draw(frame, Rect { y: room.bottom().saturating_sub(foot), height: foot, ..room }, 0, 0);
    }
}

/// The plan wants an approval of this product that nobody asked for yet.
fn approval_to_ask(draft: &Draft, scene: &Scene) -> Option<(String, Act)> {
    let product = scene.pack()?.products.iter().find(|p| Some(&p.id) == draft.product.as_ref())?;
    let of = product.approval.clone().filter(|of| of.as_str() != scene.board.seat.as_str())?;
    let subject = Subject::Product(product.id.clone());
    let open = matches!(scene.approval(&subject), Approval::NotAsked | Approval::Refused(_));
    let label = format!("ask {} for approval first; the draft is kept", scene.who(of.as_str()));
    open.then_some((label, Act::Request { of, subject }))
}
