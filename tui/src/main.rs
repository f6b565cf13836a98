//! The `startex` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    startex::cli::run()
}
