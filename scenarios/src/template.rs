//! A small complete scenario to start writing from.

use crate::source::{FILES, MOVES, RUBRICS, SCENARIO};

/// The id and title the template's files carry.
const ID: &str = "\"scenario-id\"";
const TITLE: &str = "\"Scenario title\"";

/// What a new scenario cannot be called.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// No id.
    #[error("`{0}` is no id for a scenario; write lower-case words joined by dashes, at most 40 characters")]
    Id(String),
    /// No title.
    #[error("a title is one line of 1 to 120 characters")]
    Title,
}

/// The files of a new scenario: names and texts. It can be played and checked as it is.
///
/// # Errors
/// When the id or the title is none.
pub fn template(id: &str, title: &str) -> Result<Vec<(String, String)>, TemplateError> {
    if !crate::check::is_id(id) {
        return Err(TemplateError::Id(id.chars().take(60).collect::<String>().escape_debug().to_string()));
    }
    if title.trim().is_empty() || title.chars().count() > 120 || title.chars().any(char::is_control) {
        return Err(TemplateError::Title);
    }
    let quoted = format!("\"{}\"", title.trim().replace('\\', "\\\\").replace('"', "\\\""));
    let file = |name: &str| match name {
        SCENARIO => {
            include_str!("../template/scenario.ron").replacen(ID, &format!("\"{id}\""), 1).replacen(TITLE, &quoted, 1)
        }
        RUBRICS => include_str!("../template/rubrics.ron").to_owned(),
        MOVES => include_str!("../template/reference.moves").to_owned(),
        _ => String::new(),
    };
    Ok(FILES.iter().map(|name| ((*name).to_owned(), file(name))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Source, check, load};

    #[test]
    fn a_new_scenario_can_be_played_as_it_is() {
        let source = Source::embedded("night-shift", template("night-shift", r#"A "night" \ shift"#).unwrap());
        let report = check(&source);
        assert_eq!(report.errors(), 0, "{}", report.render(false));
        let loaded = load(&source).unwrap();
        assert_eq!(loaded.scenario.title, r#"A "night" \ shift"#);
        assert_eq!(loaded.scenario.id.as_str(), "night-shift");
        // Its only warnings are that it is small.
        let others: Vec<_> = report.faults().iter().filter(|f| f.check != "size").collect();
        assert!(others.is_empty(), "{}", report.render(false));
    }

    #[test]
    fn a_scenario_cannot_be_called_anything() {
        for id in ["", "Night", "../x", "a b", "a--b", "-a", &"x".repeat(41)] {
            assert!(template(id, "Title").is_err(), "{id}");
        }
        for title in ["", "  ", "two\nlines", &"x".repeat(121)] {
            assert_eq!(template("id", title), Err(TemplateError::Title));
        }
    }
}
