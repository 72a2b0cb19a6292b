//! Runs a member: with files to read and to write, for so long and no longer.

use crate::error::Error;
use crate::members::Member;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// No member's results are longer: a member that writes without end is not read to the end.
const MOST: u64 = 64 << 20;
/// How much of what a member printed is shown.
const SHOWN: usize = 2000;

/// One run of a member.
#[derive(Debug)]
pub struct Job<'a> {
    /// Who.
    pub member: &'a Member,
    /// `cases` or `overhead`.
    pub mode: &'a str,
    /// The card server's port.
    pub port: Option<u16>,
    /// Where it is run.
    pub root: &'a Path,
    /// Where its files are.
    pub folder: &'a Path,
    /// For how long.
    pub limit: Duration,
}

/// What it wrote, empty where it wrote nothing; and what was wrong with it.
///
/// # Errors
/// [`Error::Io`] where the program's own files cannot be written.
pub fn results(job: &Job<'_>, cases: &str) -> Result<(String, Vec<String>), Error> {
    let name = &job.member.name;
    let path = |ending: &str| job.folder.join(format!("{name}.{}.{ending}", job.mode));
    let (given, written, log) = (path("given"), path("results"), path("log"));
    fs::write(&given, cases).map_err(|e| Error::io(&given, &e))?;
    // What an earlier run wrote is not this one's.
    match fs::remove_file(&written) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(Error::io(&written, &error));
        }
        _ => {}
    }
    let printed = File::create(&log).map_err(|e| Error::io(&log, &e))?;
    let also = printed.try_clone().map_err(|e| Error::io(&log, &e))?;
    let mut wrong = Vec::new();
    let Some((program, arguments)) = job.member.command.split_first() else {
        return Ok((String::new(), vec!["it has no command".to_owned()]));
    };
    let mut command = Command::new(job.root.join(program));
    command
        .args(arguments)
        .current_dir(job.root)
        .env("CHIPID_CONFORMANCE_MODE", job.mode)
        .env("CHIPID_CONFORMANCE_CASES", &given)
        .env("CHIPID_CONFORMANCE_RESULTS", &written)
        .stdin(Stdio::null())
        .stdout(printed)
        .stderr(also);
    if let Some(port) = job.port {
        command.env("CHIPID_CONFORMANCE_PORT", port.to_string());
    }
    // What a script starts ends with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    match command.spawn() {
        Err(error) => wrong.push(format!("{program} cannot be run: {}", error.kind())),
        Ok(mut child) => match waited(&mut child, job.limit) {
            None => {
                end(&mut child);
                wrong.push(format!(
                    "it was not done after {} seconds",
                    job.limit.as_secs()
                ));
            }
            Some(status) if !status.success() => {
                wrong.push(format!("it ended with {status}: {}", tail(&log)));
            }
            Some(_) => {}
        },
    }
    let text = match read(&written) {
        Ok(text) => text,
        Err(why) => {
            wrong.push(format!("its results: {why}"));
            String::new()
        }
    };
    Ok((text, wrong))
}

fn waited(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    let started = Instant::now();
    while started.elapsed() < limit {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(_) => return None,
        }
    }
    None
}

/// Ends the member and whatever it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    {
        let group = format!("-{}", child.id());
        // Where there is no such program, the member alone is ended.
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn read(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| e.kind().to_string())?;
    file.take(MOST + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| e.kind().to_string())?;
    if bytes.len() as u64 > MOST {
        return Err("too long".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "no UTF-8".to_owned())
}

/// The end of what it printed.
fn tail(log: &Path) -> String {
    let bytes = fs::read(log).unwrap_or_default();
    let from = bytes.len().saturating_sub(SHOWN);
    String::from_utf8_lossy(bytes.get(from..).unwrap_or_default())
        .trim()
        .to_owned()
}
