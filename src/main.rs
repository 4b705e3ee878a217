//! The `engross` command: a thin shell around the library.

/// Making a tree means many small allocations; with the huge pages of this one a draft takes a tenth less time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    engross::cli::run()
}
