//! The system that the program runs on, where it changes what a person is told to do, or what a terminal is told first.

/// A family of systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// Linux, and whatever else has pcscd and a shell.
    Unix,
    /// Windows 10 or newer.
    Windows,
    /// macOS.
    Mac,
}

impl System {
    /// The one that the program was built for.
    pub(crate) const fn here() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::Mac
        } else {
            Self::Unix
        }
    }
}

/// The language of the system's own settings, as `vi-VN` or `vi_VN.UTF-8`, where the environment names none.
pub(crate) fn language() -> Option<String> {
    #[cfg(windows)]
    return sys_locale::get_locale();
    #[cfg(not(windows))]
    None
}

/// Whether the terminal takes escape sequences for colour. The console of Windows does so when it is asked.
pub(crate) fn takes_colour() -> bool {
    #[cfg(windows)]
    return anstyle_query::windows::enable_ansi_colors().unwrap_or(false);
    #[cfg(not(windows))]
    true
}
