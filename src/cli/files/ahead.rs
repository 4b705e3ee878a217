//! The embedded library, read before anybody asks for it.
//!
//! The second thread has nothing to do until the command line is read and the deal is found, and most commands want
//! the library then. Whoever asks before it was begun reads it himself; if it is being read, he waits a moment, and then
//! reads it himself.

use crate::diagnostic::Report;
use crate::draft;
use crate::library::{Library, LibraryFile, Trust, embedded};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The commands that read a deal and draft it.
const DRAFTING: [&str; 4] = ["check", "draft", "sign-off", "simulate"];

/// The embedded library as it was read.
pub(in crate::cli) struct Ahead {
    pub(in crate::cli) files: Vec<LibraryFile>,
    pub(in crate::cli) library: Option<Library>,
    pub(in crate::cli) report: Report,
}

/// So long somebody waits for a library that is being read, which takes less. Nobody waits for ever: whoever reads it could
/// be waiting for a piece of the work that was taken by the one who waits.
const PATIENCE: Duration = Duration::from_millis(10);

/// What became of the reading.
enum State {
    Waiting,
    /// A thread of the pool is reading it.
    Begun(Option<usize>),
    Read(Box<Ahead>),
    /// Somebody has asked.
    Over,
}

static STATE: Mutex<State> = Mutex::new(State::Waiting);
static CHANGED: Condvar = Condvar::new();

/// Begins, if the command line looks as if the library will be wanted.
pub(in crate::cli) fn begin() {
    let mut words = std::env::args_os().skip(1);
    let drafting = words
        .next()
        .is_some_and(|word| DRAFTING.iter().any(|command| word == *command));
    let own = words.any(|word| word.to_string_lossy().starts_with("--library"));
    if drafting && !own {
        rayon::spawn(|| {
            let thread = rayon::current_thread_index();
            if change(
                |state| matches!(state, State::Waiting),
                State::Begun(thread),
            ) {
                let ahead = State::Read(Box::new(Ahead::read()));
                change(|state| matches!(state, State::Begun(_)), ahead);
                CHANGED.notify_all();
            }
        });
    }
}

/// The embedded library, if it is read in time. Who asks again gets nothing.
pub(in crate::cli) fn take() -> Option<Ahead> {
    let here = rayon::current_thread_index();
    let begun = |state: &mut State| matches!(state, State::Begun(thread) if *thread != here);
    let mut state = CHANGED
        .wait_timeout_while(state(), PATIENCE, begun)
        .unwrap_or_else(PoisonError::into_inner)
        .0;
    match std::mem::replace(&mut *state, State::Over) {
        State::Read(ahead) => Some(*ahead),
        State::Waiting | State::Begun(_) | State::Over => None,
    }
}

/// Goes over to `next` if what is asked holds; says whether it did.
fn change(holds: impl FnOnce(&State) -> bool, next: State) -> bool {
    let mut state = state();
    let changes = holds(&state);
    if changes {
        *state = next;
    }
    changes
}

fn state() -> MutexGuard<'static, State> {
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
