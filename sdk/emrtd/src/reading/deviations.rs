//! How real chips answer otherwise than the standard says, and what to do then: a table, not a program.
//!
//! ISO/IEC 7816-4, 5.6 (status bytes) and 11.3 (READ BINARY); Doc 9303-10, 3.6. The rows are those of
//! `docs/reference/deviations.md`.
//!
//! A [`Symptom`] is what was asked and what came back. The first row of [`TABLE`] that describes it says what to do.
//! Every remedy that asks again gives something up for good, so that none can be needed for ever.

use crate::error::StatusWord;
use crate::file::SMALLEST_BLOCK;

/// What was asked and what came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Symptom {
    /// The command.
    pub(crate) asked: Asked,
    /// The status word of the answer.
    pub(crate) status: StatusWord,
    /// Whether it came in the clear although the command was protected: the channel is gone.
    pub(crate) channel_lost: bool,
    /// Bytes of data that came with it.
    pub(crate) got: usize,
}

/// A command, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// READ BINARY.
    Read {
        /// How many bytes.
        want: usize,
        /// With an APDU of extended length.
        extended: bool,
        /// Possibly beyond the end of the file, whose length is not known yet.
        beyond_end: bool,
        /// Naming the file by its short identifier, for the first time in this reading.
        by_untried_short_identifier: bool,
    },
    /// EXTERNAL AUTHENTICATE of BAC, expecting exactly what the chip has to answer.
    ExactToken,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// The data are good: take them.
    Take,
    /// Ask again for exactly as much as the status word says.
    AskExactly,
    /// Take the data, and never ask for more than came.
    AskForAsMuch,
    /// Ask for less at a time.
    AskForLess,
    /// No APDUs of extended length any more.
    ShortLengths,
    /// Never ask beyond what is known of a file.
    NeverBeyondEnd,
    /// Select files instead of naming them in READ BINARY.
    SelectFirst,
    /// Ask for as much as a short answer can hold.
    AskForMost,
    /// Nothing to change: a new channel, and on.
    NewChannel,
}

/// A row: under which condition, what to do.
#[derive(Debug)]
pub(crate) struct Deviation {
    /// The row of `docs/reference/deviations.md`.
    pub(crate) row: &'static str,
    /// How the note about it is called; `None` where the standard allows the answer.
    pub(crate) note: Option<&'static str>,
    when: fn(&Symptom) -> bool,
    /// What to do.
    pub(crate) then: Remedy,
}

/// The rows, the more particular ones first.
pub(crate) const TABLE: &[Deviation] = &[
    Deviation {
        row: "25",
        note: None,
        when: |s| is_read(s) && s.status == StatusWord::END_OF_FILE && s.got > 0,
        then: Remedy::Take,
    },
    Deviation {
        row: "27",
        note: Some("short_answers"),
        when: |s| {
            s.status.is_ok()
                && s.got > 0
                && matches!(s.asked, Asked::Read { want, beyond_end: false, .. } if s.got < want && want > SMALLEST_BLOCK)
        },
        then: Remedy::AskForAsMuch,
    },
    Deviation {
        row: "",
        note: None,
        when: |s| is_read(s) && s.status.is_ok() && s.got > 0,
        then: Remedy::Take,
    },
    Deviation {
        row: "29",
        note: None,
        when: |s| is_read(s) && s.status.sw1() == 0x6C && !s.channel_lost,
        then: Remedy::AskExactly,
    },
    Deviation {
        row: "22",
        note: Some("extended_length_refused"),
        when: |s| is_extended(s) && s.channel_lost && !s.status.is_ok(),
        then: Remedy::ShortLengths,
    },
    Deviation {
        row: "24",
        note: Some("reading_beyond_the_end_refused"),
        when: |s| {
            matches!(
                s.asked,
                Asked::Read {
                    beyond_end: true,
                    ..
                }
            ) && (s.channel_lost
                || matches!(s.status.0, 0x6B00 | 0x6988)
                || s.status == StatusWord::END_OF_FILE && s.got == 0
                || is_length(s.status))
        },
        then: Remedy::NeverBeyondEnd,
    },
    Deviation {
        row: "short identifier",
        note: None,
        when: |s| {
            matches!(
                s.asked,
                Asked::Read {
                    by_untried_short_identifier: true,
                    ..
                }
            ) && !s.status.is_ok()
        },
        then: Remedy::SelectFirst,
    },
    Deviation {
        row: "23",
        note: Some("smaller_blocks"),
        when: |s| is_read(s) && is_length(s.status),
        then: Remedy::AskForLess,
    },
    Deviation {
        row: "28",
        note: Some("empty_answers"),
        when: |s| {
            is_read(s)
                && s.got == 0
                && (s.status.is_ok() && !s.channel_lost || s.status == StatusWord::END_OF_FILE)
        },
        then: Remedy::AskForLess,
    },
    Deviation {
        row: "12",
        note: Some("exact_length_refused"),
        when: |s| {
            s.asked == Asked::ExactToken && matches!(s.status.0, 0x6700 | 0x6A86 | 0x6B00 | 0x6F00)
        },
        then: Remedy::AskForMost,
    },
    Deviation {
        row: "33",
        note: Some("channel_lost"),
        when: |s| s.channel_lost && matches!(s.status.0, 0x6987 | 0x6988),
        then: Remedy::NewChannel,
    },
];

/// The row that describes `symptom`; `None` where the answer is a plain refusal.
pub(crate) fn diagnose(symptom: &Symptom) -> Option<&'static Deviation> {
    TABLE.iter().find(|row| (row.when)(symptom))
}

const fn is_read(symptom: &Symptom) -> bool {
    matches!(symptom.asked, Asked::Read { .. })
}

const fn is_extended(symptom: &Symptom) -> bool {
    matches!(symptom.asked, Asked::Read { extended: true, .. })
}

/// 6700 (wrong length), and 6Cxx that nobody can act on.
const fn is_length(status: StatusWord) -> bool {
    status.0 == 0x6700 || status.sw1() == 0x6C
}
