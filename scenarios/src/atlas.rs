//! The ids of MITRE ATLAS that scenarios may name (`atlas/NOTICE.md` holds its licence).

use std::{borrow::Cow, collections::BTreeMap, sync::OnceLock};

/// The release of the table.
pub const RELEASE: &str = "2026.09";

static TABLE: &str = include_str!("../atlas/2026.09.csv");

/// What an id stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Why the adversary acts.
    Tactic,
    /// How.
    Technique,
    /// How in particular.
    Subtechnique,
    /// What stands in the way.
    Mitigation,
    /// A case study that happened.
    Incident,
    /// A case study in which researchers showed that it can.
    Exercise,
}

impl Kind {
    /// In words, with its article.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Tactic => "a tactic",
            Self::Technique => "a technique",
            Self::Subtechnique => "a sub-technique",
            Self::Mitigation => "a mitigation",
            Self::Incident => "a case study (incident)",
            Self::Exercise => "a case study (exercise)",
        }
    }
}

/// An entry of ATLAS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `AML.T0018.000`
    pub id: &'static str,
    /// What it stands for.
    pub kind: Kind,
    /// `Poison AI Model`
    pub name: Cow<'static, str>,
    /// Of a sub-technique its technique, of a technique its tactics.
    pub within: Vec<&'static str>,
    /// The id that took its place.
    pub retired_for: Option<&'static str>,
    /// The release it is known from or was last changed in.
    pub release: &'static str,
}

impl Entry {
    /// The name, of a sub-technique with its technique's before it.
    #[must_use]
    pub fn full_name(&self) -> String {
        let technique = self.within.first().filter(|_| self.kind == Kind::Subtechnique).and_then(|id| find(id));
        match technique {
            Some(technique) => format!("{}: {}", technique.name, self.name),
            None => self.name.to_string(),
        }
    }
}

/// Every entry by id.
pub fn table() -> &'static BTreeMap<&'static str, Entry> {
    static READ: OnceLock<BTreeMap<&'static str, Entry>> = OnceLock::new();
    READ.get_or_init(|| TABLE.lines().skip(1).filter_map(entry).map(|e| (e.id, e)).collect())
}

/// The entry with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Entry> {
    table().get(id)
}

fn entry(line: &'static str) -> Option<Entry> {
    let (id, rest) = line.split_once(',')?;
    let (kind, rest) = rest.split_once(',')?;
    let (name, rest) = match rest.strip_prefix('"') {
        Some(quoted) => {
            let (name, rest) = quoted.split_once("\",")?;
            (Cow::Owned(name.replace("\"\"", "\"")), rest)
        }
        None => rest.split_once(',').map(|(n, r)| (Cow::Borrowed(n), r))?,
    };
    let mut fields = rest.split(',');
    let (within, retired, release) = (fields.next()?, fields.next()?, fields.next()?);
    let kind = match kind {
        "tactic" => Kind::Tactic,
        "technique" => Kind::Technique,
        "subtechnique" => Kind::Subtechnique,
        "mitigation" => Kind::Mitigation,
        "incident" => Kind::Incident,
        "exercise" => Kind::Exercise,
        _ => return None,
    };
    let retired_for = (!retired.is_empty()).then_some(retired);
    Some(Entry { id, kind, name, within: within.split_whitespace().collect(), retired_for, release })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let count = |f: fn(Kind) -> bool| table().values().filter(|e| e.retired_for.is_none() && f(e.kind)).count();
        assert_eq!(count(|k| k == Kind::Tactic), 16);
        assert_eq!(count(|k| k == Kind::Technique), 120);
        assert_eq!(count(|k| k == Kind::Subtechnique), 88);
        assert_eq!(count(|k| k == Kind::Mitigation), 40);
        assert_eq!(count(|k| matches!(k, Kind::Incident | Kind::Exercise)), 73);
        assert_eq!(table().len() + 1, TABLE.lines().count());
    }

    #[test]
    fn an_id_tells_what_it_is() {
        assert_eq!(find("AML.T0018.000").unwrap().name, "Poison AI Model");
        assert_eq!(find("AML.T0018.000").unwrap().within, ["AML.T0018"]);
        assert_eq!(find("AML.T0019").unwrap().retired_for, Some("AML.T0115.000"));
        assert_eq!(find("AML.CS0064").unwrap().kind, Kind::Exercise);
        assert_eq!(find("AML.CS0015").unwrap().kind, Kind::Incident);
        assert_eq!(find("AML.T9999"), None);
    }
}
