//! The bundled scenarios.

/// One bundled scenario: its name and its files.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its folder under `library/` and its name on the command line.
    pub name: &'static str,
    /// `scenario.ron`
    pub scenario: &'static str,
    /// `rubrics.ron`
    pub rubrics: &'static str,
    /// `reference.moves`
    pub moves: &'static str,
}

macro_rules! bundled {
    ($($name:literal),* $(,)?) => {
        &[$(Entry {
            name: $name,
            scenario: include_str!(concat!("../library/", $name, "/scenario.ron")),
            rubrics: include_str!(concat!("../library/", $name, "/rubrics.ron")),
            moves: include_str!(concat!("../library/", $name, "/reference.moves")),
        }),*]
    };
}

/// Every bundled scenario, in the order they are listed.
pub const LIBRARY: &[Entry] = bundled!["poisoned-model", "stolen-weights", "compromised-dependency"];

/// Their names.
pub fn names() -> impl Iterator<Item = &'static str> {
    LIBRARY.iter().map(|e| e.name)
}
