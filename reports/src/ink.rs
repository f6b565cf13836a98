//! The last stop of every text before the page: names out (if asked), hidden characters made visible.

use crate::{block::Words, names::Mask, visible::visible};

/// How data is put to paper.
#[derive(Debug, Default)]
pub(crate) struct Ink {
    pub(crate) mask: Mask,
}

impl Ink {
    /// Data as it may be shown; not yet escaped.
    pub(crate) fn data(&self, text: &str) -> String {
        visible(&self.mask.apply(text)).into_owned()
    }

    /// Words as they may be shown; not yet escaped.
    pub(crate) fn words(&self, words: &Words) -> String {
        match words {
            Words::Own(own) => (*own).to_owned(),
            Words::Data(data) => self.data(data),
        }
    }
}
