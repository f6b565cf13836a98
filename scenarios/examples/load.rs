//! Says everything that is wrong with a scenario folder: `cargo run -p scenarios --example load -- FOLDER`.

use std::{io::IsTerminal, process::ExitCode};

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: load FOLDER");
        return ExitCode::from(2);
    };
    let source = match scenarios::find(&folder) {
        Ok(source) => source,
        Err(e) => {
            eprintln!("{e}");
            return ExitCode::from(3);
        }
    };
    let report = scenarios::check(&source);
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    println!("{}", report.render(colour));
    if !report.is_playable() {
        return ExitCode::FAILURE;
    }
    if let Ok(loaded) = scenarios::load(&source) {
        let s = loaded.scenario;
        println!("{}: {} injects, {} actions, {} seats", s.id, s.injects.len(), s.actions.len(), s.seats.len());
    }
    ExitCode::SUCCESS
}
