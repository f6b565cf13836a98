//! The program itself, as a process.

use std::{
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio},
};
use tempfile::TempDir;

/// A command of the program, with nothing of whoever runs the tests around it.
pub(crate) fn startex<I: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = I>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_startex-under-test"));
    command.args(args).stdin(Stdio::null());
    for name in ["STARTEX_LIBRARY", "NO_COLOR", "CLICOLOR_FORCE", "LANG", "LC_ALL", "TZ", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

/// What a command answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Answer {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("no JSON: {e}\n{self:#?}"))
    }

    /// Fails unless it ended with this code.
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// One clear message and nothing else: it names the program, and is no panic.
    pub(crate) fn one_message(&self) -> &str {
        assert!(self.err.starts_with("startex: "), "{self:#?}");
        assert!(!self.err.contains("panicked") && !self.err.contains("RUST_BACKTRACE"), "{self:#?}");
        assert_eq!(self.err.matches("startex: ").count(), 1, "{self:#?}");
        assert!(self.err.len() < 64 * 1024, "{} bytes of message", self.err.len());
        &self.err
    }
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Answer {
    command.output().unwrap().into()
}

/// Runs the program with arguments separated by blanks.
pub(crate) fn say(args: &str) -> Answer {
    run(&mut startex(args.split(' ')))
}

/// A library of its own.
pub(crate) struct Shelf {
    folder: TempDir,
}

impl Shelf {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program over this library with arguments separated by blanks.
    pub(crate) fn say(&self, args: &str) -> Answer {
        run(&mut self.command(args))
    }

    pub(crate) fn command(&self, args: &str) -> Command {
        let mut command = startex(args.split(' '));
        command.env("STARTEX_LIBRARY", self.path());
        command
    }

    /// The only transcript in it.
    pub(crate) fn only(&self) -> PathBuf {
        let all = self.transcripts();
        let [one] = &all[..] else { panic!("not one transcript: {:?}", names(self.path())) };
        one.clone()
    }

    /// The path of a file that is in it.
    pub(crate) fn named(&self, name: &str) -> String {
        let path = self.path().join(name);
        assert!(path.exists(), "{path:?} is not there");
        path.to_str().unwrap().to_owned()
    }

    pub(crate) fn transcripts(&self) -> Vec<PathBuf> {
        let files = names(self.path()).into_iter().filter(|n| n.ends_with(".startex"));
        files.map(|n| self.path().join(n)).collect()
    }

    /// Every file with its bytes, to see that nothing was touched.
    pub(crate) fn bytes(&self) -> Vec<(String, Vec<u8>)> {
        let read = |n: String| {
            let bytes = std::fs::read(self.path().join(&n)).unwrap_or_default();
            (n, bytes)
        };
        // The index is a memory of what was read and may change with every look.
        names(self.path()).into_iter().filter(|n| !n.starts_with("index.sqlite")).map(read).collect()
    }
}

/// What lies in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The id in a transcript's file name.
pub(crate) fn id(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

/// A program that plays line by line, and somebody who types.
pub(crate) struct Play {
    child: Child,
    typing: Option<ChildStdin>,
    reading: BufReader<ChildStdout>,
    /// Everything it said.
    pub(crate) said: Vec<String>,
}

impl Play {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let typing = child.stdin.take();
        let reading = BufReader::new(child.stdout.take().unwrap());
        Self { child, typing, reading, said: Vec::new() }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Types a line. That it is gone already is no error here: what it said will tell.
    pub(crate) fn type_line(&mut self, line: &str) {
        if let Some(typing) = &mut self.typing {
            let _ = typing.write_all(format!("{line}\n").as_bytes()).and_then(|()| typing.flush());
        }
    }

    /// Types the end of the input.
    pub(crate) fn type_end(&mut self) {
        self.typing = None;
    }

    /// Reads lines until one fits; `None` when it ended first.
    pub(crate) fn until(&mut self, mut fits: impl FnMut(&str) -> bool) -> Option<String> {
        loop {
            let mut line = String::new();
            if self.reading.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            let line = line.trim_end_matches('\n').to_owned();
            self.said.push(line.clone());
            if fits(&line) {
                return Some(line);
            }
        }
    }

    /// Types an act and waits until it is done: what `status` answers then.
    pub(crate) fn act(&mut self, line: &str) -> String {
        self.type_line(line);
        self.status()
    }

    /// What `status` answers.
    pub(crate) fn status(&mut self) -> String {
        self.type_line("status");
        self.until(is_status).unwrap_or_else(|| panic!("it ended: {:#?}", self.said))
    }

    /// It has ended by itself.
    pub(crate) fn is_gone(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// SIGKILL.
    pub(crate) fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.said
    }

    /// Waits for its end.
    pub(crate) fn finish(mut self) -> Answer {
        self.type_end();
        let mut rest = String::new();
        self.reading.read_to_string(&mut rest).unwrap();
        let mut err = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        let code = self.child.wait().unwrap().code();
        Answer { code, out: self.said.join("\n") + "\n" + &rest, err }
    }
}

/// `EXERCISE 00:12:05, Tue …`
pub(crate) fn is_status(line: &str) -> bool {
    line.starts_with("EXERCISE ") && line.contains(" UTC. Pace ")
}

/// The exercise time a status names.
pub(crate) fn clock(status: &str) -> &str {
    status.strip_prefix("EXERCISE ").and_then(|s| s.split(',').next()).unwrap()
}
