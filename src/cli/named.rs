//! Commands whose options are put together when they are named: a run needs those of one command in thirty.

use clap::{ArgMatches, Args, Command, FromArgMatches};

/// The options of a command. Nothing is built of them until the command line names it, or asks for its help.
#[derive(Debug)]
pub(super) struct Named<T>(pub(super) T);

impl<T: Args> Args for Named<T> {
    fn augment_args(command: Command) -> Command {
        command.defer(|command| described(command, T::augment_args))
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(|command| described(command, T::augment_args_for_update))
    }
}

/// The command with its options, which do not change what it says of itself: options that several commands share
/// bring a description of their own.
fn described(command: Command, options: impl FnOnce(Command) -> Command) -> Command {
    let about = command.get_about().cloned();
    let long_about = command.get_long_about().cloned();
    let command = options(command).about(about.unwrap_or_default());
    match long_about {
        Some(long_about) => command.long_about(long_about),
        None => command.long_about(None),
    }
}

impl<T: FromArgMatches> FromArgMatches for Named<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Named<T>, clap::Error> {
        T::from_arg_matches(matches).map(Named)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}
