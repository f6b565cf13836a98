//! The whole program from outside: files and keys in, records, scores and exit codes out.
//!
//! | module | what it holds the program to |
//! |---|---|
//! | `drill` | every drill in `drills/` plays as its snapshots say, and the scenarios are sound |
//! | `determinism` | same moves and seed, same bytes, whatever the surroundings |
//! | `crash` | a killed program loses nothing and goes on where it stood |
//! | `proof` | `verify` finds every change, also one with a repaired chain |
//! | `usage` | exit codes, messages and JSON of every command |
//! | `hostile` | broken, endless and enormous input is told, in bounded memory, and touches nothing |
//! | `library` | the folder of exercises: its index, strangers in it, a folder that may only be read |
//! | `disk` | an exercise whose disk fails goes on, says so, and recovers |
//! | `property` | whatever anybody does, a resumed table stands where it stood |
//!
//! `catalogue` says where the scenarios and drills are, `program` runs the program, `telling` writes
//! records and scores as people review them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set up has failed")]

mod catalogue;
mod crash;
mod determinism;
mod disk;
mod drill;
mod hostile;
mod library;
mod program;
mod proof;
mod property;
mod telling;
mod usage;

#[test]
fn no_module_is_forgotten() {
    let here = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests")).unwrap();
    let main = include_str!("main.rs");
    for file in here.map(|f| f.unwrap().path()).filter(|f| f.extension().is_some_and(|e| e == "rs")) {
        let module = file.file_stem().unwrap().to_str().unwrap();
        assert!(module == "main" || main.contains(&format!("\nmod {module};\n")), "{module}.rs is part of nothing");
    }
}
