//! Packages whose run was stopped, or that two runs write at once: the old one or the new one, never a mixture.

use super::{draft, mixture, names, only_deal_and_out, write_deal};
use crate::kit;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn a_disk_that_takes_no_more_leaves_the_old_package() {
    let folder = kit::folder();
    draft(folder.path());
    let out = folder.path().join("out");
    let before = kit::files(&out);
    write_deal(folder.path(), &kit::numbered(5));
    // No file may grow over eight blocks; the signal that says so is ignored, as a full disk sends none.
    let script = format!(
        "trap '' XFSZ; ulimit -f 8; exec '{}' draft",
        env!("CARGO_BIN_EXE_engross")
    );
    let run = kit::run(
        Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder.path()),
    );
    assert_eq!(run.code, Some(3), "{run:?}");
    assert!(
        run.err
            .starts_with("error: cannot write `./out`; the package that was there is unchanged: "),
        "{}",
        run.err
    );
    assert_eq!(kit::files(&out), before);
    assert_eq!(names(folder.path()), only_deal_and_out());
    draft(folder.path());
    assert_eq!(mixture(&out), None);
}

#[test]
fn what_a_stopped_run_left_is_cleaned_up() {
    for changed in [false, true] {
        let folder = kit::folder();
        draft(folder.path());
        for stale in [".out.engross-new", ".out.engross-old"] {
            let stale = folder.path().join(stale);
            fs::create_dir(&stale).expect("a folder");
            fs::write(stale.join("agreement.md"), "half").expect("a file");
        }
        if changed {
            write_deal(folder.path(), &kit::numbered(5));
        }
        draft(folder.path());
        assert_eq!(names(folder.path()), only_deal_and_out(), "{changed}");
        assert_eq!(mixture(&folder.path().join("out")), None);
    }
}

#[test]
fn a_run_that_is_killed_leaves_no_mixture() {
    const RUNS: u32 = 60;
    let folder = kit::folder();
    let start = Instant::now();
    draft(folder.path());
    let whole = start.elapsed() + Duration::from_millis(20);
    let out = folder.path().join("out");
    let deals = [kit::numbered(4), kit::numbered(5)];
    let mut unchanged = 0;
    for run in 0..RUNS {
        let before = fs::read(out.join("agreement.md")).expect("a package");
        write_deal(folder.path(), &deals[(run % 2) as usize]);
        let mut child = kit::command(folder.path(), &["draft"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // The later moments, when it writes, are tried more often.
        std::thread::sleep(whole * (RUNS / 4 + run) / (RUNS + RUNS / 4));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        assert_eq!(mixture(&out), None, "run {run}");
        let after = fs::read(out.join("agreement.md")).expect("a package");
        unchanged += u32::from(before == after);
    }
    assert!(unchanged > 0, "every run ended before it was killed");
    write_deal(folder.path(), &kit::numbered(6));
    draft(folder.path());
    assert_eq!(mixture(&out), None);
    assert_eq!(names(folder.path()), only_deal_and_out());
}

#[test]
fn runs_at_the_same_time_end_well() {
    let folder = kit::folder();
    let other = kit::folder();
    write_deal(other.path(), &kit::numbered(5));
    let out = folder.path().join("out");
    let deal = |folder: &tempfile::TempDir| folder.path().join("deal.toml");
    for _ in 0..5 {
        let children: Vec<_> = [deal(&folder), deal(&other), deal(&folder), deal(&other)]
            .iter()
            .map(|deal| {
                kit::command(Path::new("/"), &[Path::new("draft"), deal])
                    .arg("--out")
                    .arg(&out)
                    .spawn()
                    .expect("the program starts")
            })
            .collect();
        for child in children {
            let output = child.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{output:?}");
        }
        assert_eq!(mixture(&out), None);
    }
    assert_eq!(names(folder.path()), only_deal_and_out());
}
