//! The embedded library, read before anybody asks for it.
//!
//! The second thread has nothing to do until the command line is read and the deal is found, and most commands want
//! the library then. Whoever asks before it is there reads it himself, and nobody waits.

use crate::diagnostic::Report;
use crate::draft;
use crate::library::{Library, LibraryFile, Trust, embedded};
use std::sync::{Mutex, PoisonError};

/// The commands that read a deal and draft it.
const DRAFTING: [&str; 4] = ["check", "draft", "sign-off", "simulate"];

/// The embedded library as it was read.
pub(in crate::cli) struct Ahead {
    pub(in crate::cli) files: Vec<LibraryFile>,
    pub(in crate::cli) library: Option<Library>,
    pub(in crate::cli) report: Report,
}

/// What became of the reading.
enum State {
    Waiting,
    Read(Box<Ahead>),
    /// Somebody has asked.
    Over,
}

static STATE: Mutex<State> = Mutex::new(State::Waiting);

/// Begins, if the command line looks as if the library will be wanted.
pub(in crate::cli) fn begin() {
    let mut words = std::env::args_os().skip(1);
    let drafting = words
        .next()
        .is_some_and(|word| DRAFTING.iter().any(|command| word == *command));
    let own = words.any(|word| word.to_string_lossy().starts_with("--library"));
    if drafting && !own {
        rayon::spawn(|| {
            if matches!(*state(), State::Waiting) {
                let ahead = Box::new(Ahead::read());
                let mut state = state();
                if matches!(*state, State::Waiting) {
                    *state = State::Read(ahead);
                }
            }
        });
    }
}

/// The embedded library, if it has been read.
pub(in crate::cli) fn take() -> Option<Ahead> {
    match std::mem::replace(&mut *state(), State::Over) {
        State::Read(ahead) => Some(*ahead),
        State::Waiting | State::Over => None,
    }
}

fn state() -> std::sync::MutexGuard<'static, State> {
    // What is put there is whole, or is not there.
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Ahead {
    fn read() -> Ahead {
        let files = embedded();
        let mut report = Report::new();
        let library = Library::load(files.clone(), draft::root(), Trust::Sound, &mut report);
        Ahead {
            files,
            library,
            report,
        }
    }
}
