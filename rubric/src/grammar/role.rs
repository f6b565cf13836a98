//! The coarse role of a token by its form alone.

use super::wordlist::Words;
use crate::token::Token;
use crate::word::forms;

/// Coarse role of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Modal,
    Be,
    Have,
    Do,
    Not,
    Adverb,
    To,
    Pronoun,
    Determiner,
    Preposition,
    Coordinator,
    Subordinator,
    Ing,
    Past,
    Number,
    Mark,
    Other,
}

static ADVERBS: Words = Words::new(
    "already now also just since still yet then all both each soon again always ever today therefore so too hereby \
     perhaps maybe further first later shortly once quickly only even almost nearly longer well together thus as \
     tonight tomorrow earlier instead currently meanwhile either otherwise likely long fully often",
);
/// Words in -ly that are none.
static NOT_ADVERBS: Words =
    Words::new("supply apply reply rely anomaly comply assembly early family italy july multiply daily only");
static PRONOUNS: Words = Words::new(
    "we i you they he she it who this these those which there us them everyone everybody somebody someone nobody \
     anyone nothing none",
);
static DETERMINERS: Words = Words::new(
    "the a an our your their its his her my any some every no another other that this these those each all both \
     several many most few such more neither either",
);
static PREPOSITIONS: Words = Words::new(
    "of in on at by for with from into about between through during under over against across within without via per \
     among towards toward onto off out up behind beyond despite upon including regarding concerning following pending \
     except like than back",
);
static SUBORDINATORS: Words = Words::new(
    "if unless whether because while when once until after before since where although though how what why which who \
     that till whenever as whose wherever",
);
/// Words in -ing that are no verb forms.
static NOT_ING: Words = Words::new(
    "thing morning evening king string ring during nothing something anything everything spring being bring sing wing \
     ping pending building ceiling sibling following including regarding concerning sling standing outstanding \
     ongoing upcoming forthcoming existing remaining",
);

/// The role of a token by its form alone.
pub(super) fn role(t: &Token) -> Role {
    if t.is_mark() {
        return Role::Mark;
    }
    if !t.is_word() {
        return Role::Number;
    }
    let w = t.text.as_str();
    match w {
        "will" | "shall" | "would" | "should" | "could" | "can" | "may" | "might" | "must" | "ought" => {
            return Role::Modal;
        }
        "am" | "is" | "are" | "was" | "were" | "be" | "been" | "being" => return Role::Be,
        "have" | "has" | "had" | "having" => return Role::Have,
        "do" | "does" | "did" => return Role::Do,
        "not" | "never" | "hardly" | "barely" | "scarcely" => return Role::Not,
        "to" => return Role::To,
        "and" | "or" | "but" | "nor" | "plus" => return Role::Coordinator,
        _ => {}
    }
    let is = |list: &Words| list.has(w);
    if is(&PRONOUNS) && !matches!(w, "who" | "which" | "this" | "these" | "those") {
        return Role::Pronoun;
    }
    if is(&SUBORDINATORS) && !matches!(w, "as" | "once" | "since" | "that") {
        return Role::Subordinator;
    }
    if is(&DETERMINERS) {
        return Role::Determiner;
    }
    if is(&ADVERBS) || (w.len() > 4 && w.ends_with("ly") && !is(&NOT_ADVERBS)) {
        return Role::Adverb;
    }
    if is(&PREPOSITIONS) {
        return Role::Preposition;
    }
    if w.len() > 4 && w.ends_with("ing") && !is(&NOT_ING) {
        return Role::Ing;
    }
    let f = forms(w);
    if f.past || f.participle {
        return Role::Past;
    }
    Role::Other
}
