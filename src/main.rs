//! The `engross` command: a thin shell around the library.

fn main() -> std::process::ExitCode {
    engross::cli::run()
}
