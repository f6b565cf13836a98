//! Bundled scenarios played once, without a table.

use protocol::moves::Moves;
use reports::{Material, Names};
use scenarios::Loaded;
use scoring::{Scorecard, WhatIf};
use std::sync::OnceLock;
use transcripts::Transcript;

/// Everything a report is made of, owned.
pub(crate) struct Played {
    pub(crate) loaded: Loaded,
    pub(crate) transcript: Transcript,
    pub(crate) card: Scorecard,
    pub(crate) what_ifs: Vec<WhatIf>,
}

impl Played {
    pub(crate) fn material(&self, names: Names) -> Material<'_> {
        Material::new(&self.loaded, &self.transcript, &self.card, &self.what_ifs, names)
    }
}

/// Plays moves of a bundled scenario. What depends on the day it is played is set to a fixed day.
pub(crate) fn play(scenario: &str, moves: impl FnOnce(&Loaded) -> Moves) -> Played {
    let loaded = scenarios::load(&scenarios::find(scenario).unwrap()).unwrap();
    let moves = moves(&loaded);
    let mut transcript = session::transcript(&loaded, 1, session::headless(&loaded, &moves, 1));
    "2026-11-20T09:00:00Z".clone_into(&mut transcript.header.created);
    "0123456789abcdef".clone_into(&mut transcript.header.exercise);
    "0.1.0".clone_into(&mut transcript.header.program);
    let baselines = session::baselines(&loaded, &transcript).unwrap();
    let card = scoring::score(&loaded, &transcript, &baselines);
    let what_ifs = session::what_ifs(&loaded, &transcript).unwrap();
    Played { loaded, transcript, card, what_ifs }
}

pub(crate) fn reference() -> &'static Played {
    static ONCE: OnceLock<Played> = OnceLock::new();
    ONCE.get_or_init(|| play("poisoned-model", |l| Moves::parse(&l.reference).unwrap()))
}

pub(crate) fn slow() -> &'static Played {
    static ONCE: OnceLock<Played> = OnceLock::new();
    let text = include_str!("../../../tests/drills/poisoned-model/slow.moves");
    ONCE.get_or_init(|| play("poisoned-model", |_| Moves::parse(text).unwrap()))
}

pub(crate) fn nothing() -> &'static Played {
    static ONCE: OnceLock<Played> = OnceLock::new();
    ONCE.get_or_init(|| {
        play("stolen-weights", |l| Moves { hold: vec![l.scenario.default_seat.clone()], ..Moves::default() })
    })
}
