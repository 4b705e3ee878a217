//! What the tests work with: the sample deal, drafts made in process, the real program in a folder.

use engross::deal::{Deal, check};
use engross::diagnostic::{Report, Style, render};
use engross::draft::{self, Draft};
use engross::library::{Library, LibraryFile, Trust, embedded};
use engross::source::Source;
use engross::write::{self, Format, Look};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

/// The folder of the whole project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the project.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The sample deal.
pub static SAMPLE: LazyLock<String> = LazyLock::new(|| read("samples/saas-alliance/deal.toml"));

/// Whether expectations are to be written anew.
pub fn bless() -> bool {
    std::env::var("BLESS").is_ok_and(|value| value == "1")
}

/// The embedded library, loaded once.
pub static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut report = Report::new();
    let library = Library::load(embedded(), draft::root(), Trust::Check, &mut report);
    assert!(report.is_empty(), "{}", render(&report, Style::Plain));
    library.expect("the embedded library can be used")
});

/// What becomes of a deal with a library.
pub struct Made {
    pub draft: Option<Draft>,
    pub report: Report,
}

impl Made {
    /// The findings as they are printed.
    pub fn findings(&self) -> String {
        render(&self.report, Style::Plain)
    }

    /// Every Markdown and HTML file, by name.
    pub fn files(&self) -> BTreeMap<String, String> {
        let draft = self.draft.as_ref().expect("a draft");
        let look = Look {
            style: LIBRARY.style.clone(),
            script: LIBRARY.script.clone().into(),
            ..Look::default()
        };
        let mut files = BTreeMap::new();
        for part in draft.resolved.parts() {
            for format in Format::ALL {
                let bytes = write::write(&part, &draft.pictures, &look, format);
                let text = String::from_utf8(bytes).expect("text");
                files.insert(format!("{}.{format}", part.name()), text);
            }
        }
        files
    }
}

/// Reads, checks and drafts a deal file with the embedded library, as the program does.
pub fn draft(deal: &str) -> Made {
    let mut report = Report::new();
    let deal = read_deal(deal, &mut report);
    let draft = deal
        .as_ref()
        .and_then(|deal| check_draft(deal, &LIBRARY, &mut report));
    let draft = draft.filter(|_| !report.has_errors());
    Made { draft, report }
}

/// The same with a library of these files.
pub fn draft_with(deal: &str, files: Vec<LibraryFile>) -> Made {
    let mut report = Report::new();
    let deal = read_deal(deal, &mut report);
    let library = Library::load(files, draft::root(), Trust::Check, &mut report);
    if let Some(library) = &library {
        report.append(library.advice());
    }
    let draft = match (&deal, &library) {
        (Some(deal), Some(library)) => check_draft(deal, library, &mut report),
        (Some(_), None) | (None, _) => None,
    };
    let draft = draft.filter(|_| !report.has_errors());
    Made { draft, report }
}

/// Drafts a deal and reads the draft, as `engross check` does.
pub fn check_draft(deal: &Deal, library: &Library, report: &mut Report) -> Option<Draft> {
    let draft = draft::draft(deal, library, report)?;
    report.append(draft::proofread(deal, library, &draft));
    Some(draft)
}

fn read_deal(text: &str, report: &mut Report) -> Option<Deal> {
    let deal = Deal::read(&Source::new("deal.toml", text), report)?;
    check::check(&deal, report);
    Some(deal)
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// The program, to be run in `folder`.
pub fn command<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs the program in `folder`.
pub fn engross(folder: &Path, arguments: &[&str]) -> Run {
    run(&mut command(folder, arguments))
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Run {
    let output = command.output().expect("the program starts");
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("text on stdout"),
        err: String::from_utf8(output.stderr).expect("text on stderr"),
    }
}

/// A new folder that holds the sample deal.
pub fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("deal.toml"), &*SAMPLE).expect("a deal file");
    folder
}

/// All files under a folder, by path, with `/` between folders.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn gather(folder: &Path, name: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path: PathBuf = entry.expect("an entry").path();
            let inner = path.file_name().expect("a name").to_string_lossy();
            let inner = format!("{name}{inner}");
            if path.is_dir() {
                gather(&path, &format!("{inner}/"), files);
            } else {
                files.insert(inner, fs::read(&path).expect("a file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    gather(folder, "", &mut found);
    found
}

/// Where two texts first differ, line by line.
pub fn difference(name: &str, expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let mut old = expected.split('\n');
    let mut new = found.split('\n');
    let mut line = 1;
    loop {
        match (old.next(), new.next()) {
            (Some(a), Some(b)) if a == b => line += 1,
            (a, b) => {
                let show = |text: Option<&str>| text.map_or("(the end)".to_owned(), shortened);
                return Some(format!(
                    "{name}:{line}\n  expected: {}\n  found:    {}",
                    show(a),
                    show(b)
                ));
            }
        }
    }
}

fn shortened(line: &str) -> String {
    if line.chars().count() <= 400 {
        return line.to_owned();
    }
    let start: String = line.chars().take(400).collect();
    format!("{start} ...")
}

/// The sample deal with a change.
pub fn edited(edit: impl FnOnce(&mut toml::Table)) -> String {
    let mut table: toml::Table = SAMPLE.parse().expect("the sample is TOML");
    edit(&mut table);
    toml::to_string(&table).expect("a table can be written")
}

/// The sample deal as another draft of it: every file differs.
pub fn numbered(draft: i64) -> String {
    edited(|deal| {
        deal["agreement"]["draft"] = draft.into();
    })
}
