//! The composer's state: letters begun and not yet sent, and the one being written.

use crate::{editor::Editor, scene::Scene};
use protocol::{Board, ChannelId, Draft, Item, ItemId, PartyId, ProductId, Tlp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most letters kept at once.
const MAX_LETTERS: usize = 50;

/// A field of a letter, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Recipients.
    To,
    /// Channel.
    Via,
    /// Product.
    As,
    /// Handling.
    Tlp,
    /// What it answers.
    Re,
    /// Subject.
    Subject,
    /// Text.
    Body,
}

/// The fields in order.
pub const FIELDS: [Field; 7] = [Field::To, Field::Via, Field::As, Field::Tlp, Field::Re, Field::Subject, Field::Body];

/// A letter being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Recipients.
    pub to: Vec<PartyId>,
    /// Channel.
    pub via: Option<ChannelId>,
    /// Product.
    pub product: Option<ProductId>,
    /// Handling.
    pub tlp: Option<Tlp>,
    /// What it answers.
    pub re: Option<ItemId>,
    /// Subject.
    pub subject: Editor,
    /// Text.
    pub body: Editor,
}

/// The composer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// Letters by name: the product's id, `re INJ-04`, `to ciso`, `message 1`.
    pub letters: BTreeMap<String, Letter>,
    /// The one on the form.
    pub open: Option<String>,
    /// Where the keys go: an index into [`FIELDS`].
    pub field: usize,
}

/// Drafts as they are kept beside the exercise between sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Version of this shape; 1.
    pub format: u32,
    /// By name.
    pub drafts: BTreeMap<String, Draft>,
}

impl Letter {
    fn from_draft(draft: &Draft) -> Self {
        Self {
            to: draft.to.clone(),
            via: draft.via.clone(),
            product: draft.product.clone(),
            tlp: draft.tlp,
            re: draft.re.clone(),
            subject: Editor::line(&draft.subject),
            body: Editor::lines(&draft.body),
        }
    }

    /// What would be sent.
    #[must_use]
    pub fn draft(&self) -> Draft {
        Draft {
            to: self.to.clone(),
            via: self.via.clone(),
            product: self.product.clone(),
            tlp: self.tlp,
            re: self.re.clone(),
            subject: protocol::clean::line(self.subject.text()),
            body: protocol::clean::text(self.body.text()),
        }
    }
}

impl Writing {
    /// The letter on the form.
    #[must_use]
    pub fn letter(&self) -> Option<&Letter> {
        self.letters.get(self.open.as_ref()?)
    }

    /// The same, to change it.
    pub fn letter_mut(&mut self) -> Option<&mut Letter> {
        self.letters.get_mut(self.open.as_ref()?)
    }

    /// The field that has the keys.
    #[must_use]
    pub fn field(&self) -> Field {
        FIELDS[self.field.min(FIELDS.len() - 1)]
    }

    /// Opens the letter of this name, or begins it with `start`.
    fn open_or(&mut self, name: String, start: Draft, field: Field) {
        if !self.letters.contains_key(&name) {
            if self.letters.len() >= MAX_LETTERS
                && let Some(first) = self.letters.keys().next().cloned()
            {
                self.letters.remove(&first);
            }
            let mut letter = Letter::from_draft(&start);
            letter.body.to_start();
            self.letters.insert(name.clone(), letter);
        }
        self.open = Some(name);
        self.field = FIELDS.iter().position(|f| *f == field).unwrap_or(0);
    }

    /// A product, begun with its house template and usual recipients. Handling is the writer's to choose.
    pub fn product(&mut self, id: &ProductId, board: &Board) {
        let view = board.pack.as_ref().and_then(|p| p.products.iter().find(|p| p.id == *id));
        let Some(view) = view else { return };
        let start = Draft {
            to: view.to.clone(),
            via: Some(view.via.clone()),
            product: Some(view.id.clone()),
            subject: String::new(),
            body: view.template.clone(),
            ..Draft::default()
        };
        self.open_or(view.id.to_string(), start, Field::Subject);
    }

    /// An answer to an item.
    pub fn reply(&mut self, item: &Item, scene: &Scene) {
        let writable =
            |id: &ChannelId| scene.pack().is_some_and(|p| p.channels.iter().any(|c| c.id == *id && c.writable));
        let subject = item.subject.strip_prefix("Re: ").unwrap_or(&item.subject);
        let start = Draft {
            to: item.from.id.iter().cloned().collect(),
            via: Some(item.channel.clone()).filter(writable),
            re: Some(item.id.clone()),
            subject: format!("Re: {subject}"),
            ..Draft::default()
        };
        self.open_or(format!("re {}", item.id), start, Field::Body);
    }

    /// A message to somebody.
    pub fn to(&mut self, party: &PartyId) {
        let start = Draft { to: vec![party.clone()], ..Draft::default() };
        self.open_or(format!("to {party}"), start, Field::Via);
    }

    /// A message to be addressed.
    pub fn fresh(&mut self) {
        let name = (1..=MAX_LETTERS + 1).map(|n| format!("message {n}")).find(|n| !self.letters.contains_key(n));
        self.open_or(name.unwrap_or_else(|| "message".to_owned()), Draft::default(), Field::To);
    }

    /// A draft typed as an act, taken over into the form.
    pub fn take(&mut self, draft: &Draft) {
        let name = draft.product.as_ref().map_or_else(|| "message".to_owned(), ToString::to_string);
        self.letters.insert(name.clone(), Letter::from_draft(draft));
        self.open = Some(name);
        self.field = FIELDS.len() - 1;
    }

    /// Drops the letter that went out.
    pub fn sent(&mut self, draft: &Draft) {
        if let Some(name) = self.open.clone()
            && self.letters.get(&name).is_some_and(|l| l.draft() == *draft)
        {
            self.letters.remove(&name);
            self.open = None;
        }
    }

    /// Throws the open letter away.
    pub fn discard(&mut self) {
        if let Some(name) = self.open.take() {
            self.letters.remove(&name);
        }
    }

    /// What to keep beside the exercise.
    #[must_use]
    pub fn kept(&self) -> Kept {
        let drafts = self.letters.iter().map(|(name, l)| (name.clone(), l.draft())).collect();
        Kept { format: 1, drafts }
    }

    /// Takes back what was kept.
    pub fn restore(&mut self, kept: &Kept) {
        for (name, draft) in kept.drafts.iter().take(MAX_LETTERS) {
            self.letters.insert(protocol::clean::line(name), Letter::from_draft(draft));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_survive_leaving_and_a_sent_one_is_dropped() {
        let mut w = Writing::default();
        w.to(&"ciso".into());
        w.letter_mut().unwrap().body.insert("We froze promotion.");
        let json = serde_json::to_string(&w.kept()).unwrap();
        let mut back = Writing::default();
        back.restore(&serde_json::from_str(&json).unwrap());
        assert_eq!(back.letters, {
            let mut same = w.letters.clone();
            for l in same.values_mut() {
                *l = Letter::from_draft(&l.draft());
            }
            same
        });
        let draft = w.letter().unwrap().draft();
        w.sent(&Draft { body: "another".into(), ..draft.clone() });
        assert_eq!(w.letters.len(), 1);
        w.sent(&draft);
        assert!(w.letters.is_empty() && w.open.is_none());
    }
}
