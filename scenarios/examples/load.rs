//! Reads a scenario folder and says what is wrong with it: `cargo run -p scenarios --example load -- FOLDER`.

use std::process::ExitCode;

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
    match scenarios::load(&source) {
        Ok(loaded) => {
            let s = loaded.scenario;
            println!("{}: {} injects, {} actions, {} seats", s.id, s.injects.len(), s.actions.len(), s.seats.len());
            ExitCode::SUCCESS
        }
        Err(faults) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            ExitCode::FAILURE
        }
    }
}
