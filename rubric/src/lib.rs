//! Reads what people write against an author's rubric: offline, deterministic,
//! explained by quoted spans.

mod compile;
mod fact;
mod form;
mod gate;
mod grammar;
mod hundredths;
pub mod lexicon;
mod lint;
pub mod negation;
mod normal;
mod pattern;
mod read;
mod reading;
mod rubric;
mod score;
mod slot;
mod state;
mod token;
mod unit;
mod verb;
mod word;

pub use compile::Compiled;
pub use hundredths::Hundredths;
pub use lint::{lint, lint_against};
pub use read::{Context, MAX_TEXT, Moment, Source};
pub use reading::{
    Advice, AdviceKind, CapApplied, Credit, ElementResult, Evidence, FactFinding, FactVerdict, Fault, FormCheck,
    FormFinding, Gated, Level, NearMiss, ProhibitedHit, Reading, Span,
};
pub use rubric::{
    About, Audience, Cap, Combine, CopyRule, Element, Fact, FactKind, Flag, Form, Length, Method, Need, Place,
    ProductKind, Prohibited, Rubric, Severity, SourceKind, State, Wanted,
};
