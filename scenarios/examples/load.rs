//! Reads a scenario folder and says what is wrong with it: `cargo run -p scenarios --example load -- FOLDER`.

use std::{path::Path, process::ExitCode};

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: load FOLDER");
        return ExitCode::from(2);
    };
    let file = Path::new(&folder).join("scenario.ron");
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(e) => {
            eprintln!("reading {}: {e}", file.display());
            return ExitCode::from(3);
        }
    };
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    match options.from_str::<scenarios::model::Scenario>(&text) {
        Ok(s) => {
            println!("{}: {} injects, {} actions, {} seats", s.id, s.injects.len(), s.actions.len(), s.seats.len());
            ExitCode::SUCCESS
        }
        Err(e) => {
            eprintln!("{}:{}", file.display(), e);
            ExitCode::FAILURE
        }
    }
}
