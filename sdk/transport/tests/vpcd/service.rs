//! The pcscd beside a test, killed and started again by it.

use super::LONG;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// A pcscd by its process id.
pub(crate) struct Service {
    pid: String,
    /// Whether it was started by the test, which then ends it.
    ours: bool,
}

impl Service {
    /// The one that scripts/pcscd-for-tests started.
    pub(crate) fn of_the_script() -> Self {
        let pid = std::env::var("CHIPID_TEST_PCSCD_PID");
        Self {
            pid: pid.expect("scripts/pcscd-for-tests runs this"),
            ours: false,
        }
    }

    /// Ends it as a fault would.
    pub(crate) fn kill(mut self) {
        self.ours = true;
    }

    /// Another, after one was killed.
    pub(crate) fn started() -> Self {
        Self::start(&[], None)
    }

    /// Another, with the readers of this folder (reader.conf.d).
    pub(crate) fn started_with(readers: &Path) -> Self {
        Self::start(&["--config", readers.to_str().unwrap()], None)
    }

    /// Another, with these readers; on a steered one the card is away while there is a file of this name.
    pub(crate) fn started_with_steered(readers: &Path, away: &Path) -> Self {
        Self::start(&["--config", readers.to_str().unwrap()], Some(away))
    }

    fn start(arguments: &[&str], away: Option<&Path>) -> Self {
        let script = std::env::var("CHIPID_TEST_PCSCD_START").expect("the script says its name");
        let mut command = Command::new(script);
        command.arg("--start").args(arguments);
        if let Some(away) = away {
            command.env("CHIPID_MADE_UP_CARD_AWAY", away);
        }
        let started = command.output().unwrap();
        assert!(started.status.success());
        let pid = String::from_utf8(started.stdout).unwrap();
        Self {
            pid: pid.trim().to_owned(),
            ours: true,
        }
    }

    /// Its threads: one for each client, and its own.
    pub(crate) fn threads(&self) -> usize {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.pid));
        tasks.map_or(0, Iterator::count)
    }

    /// Waits until it has no more threads than that: a client's ends a moment after the client.
    pub(crate) fn holds_no_more_than(&self, threads: usize) {
        let end = Instant::now() + LONG;
        while self.threads() > threads {
            assert!(
                Instant::now() < end,
                "{} threads, {threads} before",
                self.threads()
            );
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if self.ours {
            let killed = Command::new("kill").args(["-KILL", &self.pid]).status();
            assert!(killed.is_ok_and(|status| status.success()));
        }
    }
}
