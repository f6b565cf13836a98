//! Whether "to" is followed by a noun or by a verb.

use super::wordlist::Words;

/// Verbs with the endings of nouns.
static VERBS: Words = Words::new(
    "monitor alter recover transfer offer enter consider deliver discover filter order answer trigger refer gather \
     remember register uncover question mention document implement supplement comment hinder deter cover focus \
     caution position function power render lower tender favor harbor anchor tailor error bias canvas encounter \
     transition provision partition better differ suffer defer infer prefer confer counter bother commission \
     requisition air pair repair clear hear bear appear wear tear swear augment experiment harbour",
);
/// Nouns without such an ending.
static NOUNS: Words = Words::new(
    "data legal counsel law staff people europe date noon midnight other others ico press media public zero internet \
     hand normal today business manual service production staging full live external internal unknown outside \
     previous severity",
);
static LINKS: Words = Words::new(
    "access damage harm risk threat change changes answer answers exposure relating related according thanks addition \
     respect regard owing close similar attached connected limited linked subject notice reference traffic response \
     upgrade rollback return switch copies copy login logins",
);
/// Stems.
static DIRECTED: Words = Words::new(
    "switch move revert return send upload downgrad upgrad rout migrat report write go come transfer copi forward \
     redirect fall drop rise ship releas restor hand publish deploy back over connect point submit",
);

/// Whether a word after "to" is a noun by its ending ("to customers", "to production").
pub(crate) fn looks_noun(word: &str) -> bool {
    if VERBS.has(word) {
        return false;
    }
    let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    let ending = word.len() > 5
        && ["tion", "sion", "ment", "ity", "ness", "ance", "ence", "er", "or", "ist", "ship"]
            .iter()
            .any(|e| word.ends_with(e));
    plural || ending || NOUNS.has(word) || word.bytes().any(|b| b.is_ascii_digit())
}

/// Nouns and adjectives that take "to" and a thing ("access to certain files").
pub(super) fn links_to(word: &str) -> bool {
    LINKS.has(word)
}

/// Verbs after which "to" with no known verb behind it is a direction ("switched to manual review").
pub(super) fn takes_to(stem: &str) -> bool {
    DIRECTED.has(stem)
}
