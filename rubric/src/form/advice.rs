//! What a writer may be told before sending.

use super::reader::jargon_share;
use super::{LONG_SENTENCE, any, length, next_update};
use crate::compile::Compiled;
use crate::pattern::Pattern;
use crate::read::{Context, Scan, cut, scan};
use crate::reading::{Advice, AdviceKind, FormCheck, Span};
use crate::rubric::State;
use crate::unit::split;
use crate::word::Stems;

impl Compiled {
    /// What a writer may be told before sending. Names no element, fact or pattern.
    #[must_use]
    pub fn preview(&self, text: &str) -> Vec<Advice> {
        let original = cut(text);
        let stems = Stems::new();
        let parts = split(original, &stems);
        let scans = scan(self, &parts, &stems);
        let mut out = Vec::new();
        let mut say = |about, message: String, span| out.push(Advice { about, message, span });
        let (share, found, _) = length(self, parts.words);
        if share < 100 {
            say(AdviceKind::Length, format!("{found}."), None);
        }
        let asks_update = self.form.iter().any(|(c, _)| *c == FormCheck::NextUpdate);
        if asks_update && next_update(self, &scans, &Context::default()).is_none() {
            say(AdviceKind::NextUpdate, "Readers are not told when to expect the next update.".to_owned(), None);
        }
        for s in scans.iter().filter(|s| s.unit.words > LONG_SENTENCE) {
            say(
                AdviceKind::SentenceLength,
                format!("A sentence of {} words is hard to take in at once.", s.unit.words),
                Some(s.unit.span),
            );
        }
        if self.rubric.audience.max_jargon_per_100.is_some() {
            let (share, found, span) = jargon_share(self, parts.words, &scans);
            if share < 100 {
                say(AdviceKind::Jargon, format!("{found}."), span);
            }
        }
        for s in &scans {
            phrases(self, s, &mut say);
        }
        if parts.hidden + parts.lookalikes > 0 {
            say(AdviceKind::Characters, "The text holds invisible or look-alike characters.".to_owned(), None);
        }
        out.truncate(40);
        out
    }
}

fn phrases(c: &Compiled, s: &Scan<'_>, say: &mut impl FnMut(AdviceKind, String, Option<Span>)) {
    let asserted = |list: &[Pattern]| {
        s.segments.iter().any(|g| {
            list.iter().flat_map(|p| p.find(s.tokens, &s.hits, g)).any(|m| {
                let v = s.scene.verdict(&m);
                !matches!(v.state, State::NotDone | State::Hedged)
            })
        })
    };
    if any(&c.house.empty, s) {
        say(
            AdviceKind::EmptyPhrase,
            "This phrase tells the reader nothing; say what was done.".to_owned(),
            Some(s.unit.span),
        );
    }
    if asserted(&c.house.eta) && s.has_time() {
        say(
            AdviceKind::EtaPromise,
            "This promises when it will be fixed; promise the next update instead.".to_owned(),
            Some(s.unit.span),
        );
    }
    if asserted(&c.house.absolute) {
        say(
            AdviceKind::AbsoluteClaim,
            "This claim has no limits; say what is known, since when and from what.".to_owned(),
            Some(s.unit.span),
        );
    }
}
