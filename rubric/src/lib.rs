//! Reads what people write against an author's rubric: offline, deterministic,
//! explained by quoted spans, hard to game. No model is involved.
//!
//! ```
//! use rubric::{Compiled, Context, Rubric};
//!
//! let rubric: Rubric = ron::from_str(r#"(
//!     id: "holding", kind: HoldingStatement,
//!     elements: [
//!         (id: "offline", points: 6, any_of: ["@assistant + =offline|@disable ~8"],
//!          examples_ok: ["We took the assistant offline at 09:12 UTC."],
//!          examples_no: ["We will take the assistant offline."]),
//!         (id: "next", points: 4, state: Planned, any_of: ["@next_update"], needs: [Time]),
//!     ],
//! )"#)?;
//! let compiled = Compiled::new(&rubric).map_err(|faults| format!("{faults:?}"))?;
//! let reading = compiled.read("The assistant is offline. Next update: 18:00 UTC.", &Context::default());
//! assert_eq!(reading.points, 1000); // hundredths of a point
//! assert_eq!(reading.elements[0].reason(), "offline: 6 of 6, \"The assistant is offline.\" (\"offline\" -> Done).");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The pattern language
//!
//! A pattern is found inside one sentence, list item or table row, and does not reach over `;` or "but".
//!
//! | written | finds |
//! |---|---|
//! | `token` | every form of the word: token, tokens; `take` finds took and taken; both spellings of organise |
//! | `notif*` | every word that begins so, and every form of it |
//! | `=fixed` | this form and no other |
//! | `roll_back` | the words in a row, in every form, also "rollback", "roll-back" and "rolled the model back" |
//! | `a\|b` | a or b: a *group* of alternatives |
//! | `a\|b + c\|d` | one word of each group, in any order |
//! | `a > b` | in this order (`+` and `>` cannot be mixed) |
//! | `… ~8` | all groups within 8 words; 12 if not said, 200 at most |
//! | `a + !b` | a, and no b near it |
//! | `@regulator` | the words of a lexicon entry: the rubric's own, or one of the base lexicon ([`lexicon::names`]) |
//! | `312`, `100%`, `#number` | this number as written; any number |
//! | `#time`, `#clock`, `#address` | any time, day or term; a clock time; an e-mail address or telephone number |
//!
//! A pattern says *what* is talked about; `state` says *how*. `revoke* + token*` with `state: Done` is earned by
//! "Tokens revoked 09:41", not by "we will revoke", "have not revoked", "may have been revoked" or
//! "token revocation". So patterns need no tenses and no "not".
//!
//! Where one group is missing, a list item may borrow it from the heading above it, a sentence from the label its line
//! begins with ("Unknown: who did it. How."), and one with a pronoun from the sentence before it ("The assistant
//! leaked chats. We took it offline."). Shorthand is read as what it stands for ("3 cust, creds burnt, A = clean").
//!
//! # States
//!
//! *Done*: past, perfect, passive, "is offline", "Status: contained". *Planned*: will, must, due, an order, under
//! way. *NotDone*: denied. *Hedged*: doubt, condition, question. *Mentioned*: only named. Negation belongs to the
//! element: a negative that is part of the pattern (`no + risk`) does not turn it. `state: Admitted` asks for owning
//! up to not knowing, `about: Fact` gives half for doubt and takes a label ("Severity: 1") for a statement,
//! `vague: Half` gives half where only one of `needs` is lacking. A sentence denied whole ("it is not true that …")
//! earns nothing for an element that takes a statement either way.
//!
//! # How a text is read
//!
//! 1. Invisible and look-alike characters are folded, with a map back to the original bytes.
//! 2. Lines, bullets, headings, timeline and table rows and sentences are told apart.
//! 3. Tokens, stems (Snowball English), verb groups, clauses, scopes ([`negation`] after NegEx, Chapman et al. 2001).
//! 4. Gates withhold word salad, keyword lists, copies (shared word runs), repetitions and words to the grader.
//! 5. Elements look for evidence in the asked state, place and company; one sentence cannot earn everything.
//! 6. Numbers, times and names are compared with what the scenario knows.
//! 7. Prohibited claims cost points. 8. Form earns up to a fifth, in proportion to content.
//! 9. Sum, ceilings, band, and a confidence that says how much rests on plain wording.
//!
//! All points are hundredths ([`Hundredths`]); there is no float in a result. The same input gives the same bytes.

mod compile;
mod fact;
mod form;
mod gate;
mod grammar;
mod hundredths;
pub mod lexicon;
mod lint;
mod name;
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
    ProductKind, Prohibited, Rubric, Severity, SourceKind, State, Vague, Wanted,
};
