//! Commands whose options are put together when they are named: a run needs those of one command in thirty.

use clap::{ArgMatches, Args, Command, FromArgMatches};

/// The options of a command. Nothing is built of them until the command line names it, or asks for its help.
#[derive(Debug)]
pub(super) struct Named<T>(pub(super) T);

impl<T: Args> Args for Named<T> {
    fn augment_args(command: Command) -> Command {
        command.defer(T::augment_args)
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(T::augment_args_for_update)
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
