//! The codes of `hardware/symptoms.toml`, and where in a machine each is looked for.

use crate::words::words;

words! {
    /// What is wrong. The names are permanent; cause and mend stand in `docs/reference/symptoms.md`.
    Code {
        /// The program was built without support for readers.
        ProgramWithoutReaders = "program_without_readers",
        /// The smart card service is not installed.
        ServiceNotInstalled = "service_not_installed",
        /// The service is installed and does not answer.
        ServiceNotRunning = "service_not_running",
        /// The service was built to look for drivers where none are.
        ServiceLooksElsewhere = "service_looks_elsewhere",
        /// A call to PC/SC does not return.
        ReaderSilent = "reader_silent",
        /// The service cannot see who asks.
        ProcessesHiddenFromService = "processes_hidden_from_service",
        /// Nobody answers the service whether this user may use readers.
        PolkitUnreachable = "polkit_unreachable",
        /// This user may not use readers.
        PolkitDenies = "polkit_denies",
        /// A remote session shows other readers than those of the machine.
        RemoteSession = "remote_session",
        /// No driver for readers is installed.
        NoDriverInstalled = "no_driver_installed",
        /// No reader is plugged in.
        NoReaderPlugged = "no_reader_plugged",
        /// No driver lists the reader's USB id.
        ReaderInNoDriverList = "reader_in_no_driver_list",
        /// The kernel's NFC driver took the reader.
        KernelModuleHoldsReader = "kernel_module_holds_reader",
        /// The driver refuses the reader's firmware.
        ReaderFirmwareTooOld = "reader_firmware_too_old",
        /// The service may not open the reader's device file.
        ReaderNodeForbidden = "reader_node_forbidden",
        /// The reader is bound and does not answer, or may fall asleep.
        ReaderTimesOut = "reader_times_out",
        /// Two drivers list the reader.
        TwoDriversForReader = "two_drivers_for_reader",
        /// Apple's driver refuses long commands on some readers.
        AppleDriverRefusesLongCommands = "apple_driver_refuses_long_commands",
        /// Windows looks for a driver for every unknown card.
        SmartCardPlugAndPlay = "smart_card_plug_and_play",
        /// No slot of any reader has an antenna.
        NoContactlessSlot = "no_contactless_slot",
        /// A slot shows a card that is none.
        SlotAlwaysOccupied = "slot_always_occupied",
        /// Another program holds the reader.
        ReaderHeldByOther = "reader_held_by_other",
        /// Another program reset the card.
        CardResetByOther = "card_reset_by_other",
        /// No card is seen.
        CardNotSeen = "card_not_seen",
        /// The service keeps the state from before a sleep.
        StaleAfterSuspend = "stale_after_suspend",
        /// A card is there and does not answer.
        CardSilent = "card_silent",
        /// The driver reports success and brings no byte.
        EmptyAnswer = "empty_answer",
        /// The card has no travel document application.
        NotATravelDocument = "not_a_travel_document",
        /// The card does not give EF.CardAccess.
        CardAccessWithheld = "card_access_withheld",
        /// Reader or driver take short commands alone.
        LongCommandRefused = "long_command_refused",
        /// A reading will take long.
        ReadingSlow = "reading_slow",
        /// A file of the face models is missing.
        ModelsMissing = "models_missing",
        /// A file of the face models is not that of the manifest.
        ModelsChanged = "models_changed",
        /// Nothing vouches for any document.
        TrustStoreEmpty = "trust_store_empty",
        /// The lists are old.
        TrustStoreStale = "trust_store_stale",
        /// The clock is wrong.
        ClockImplausible = "clock_implausible",
    }
}

words! {
    /// What is looked at, from the bottom up: at the first that fails, what stands on it is left.
    Aspect {
        /// The program itself.
        Program = "program",
        /// The smart card service.
        Service = "service",
        /// The right to use it.
        Access = "access",
        /// The session that the program runs in (Windows).
        Session = "session",
        /// Drivers of readers.
        Drivers = "drivers",
        /// Readers on USB, and whether the drivers list them.
        Usb = "usb",
        /// Modules of the kernel that take readers.
        Kernel = "kernel",
        /// Firmware of readers.
        Firmware = "firmware",
        /// The device files of readers.
        DeviceFiles = "device_files",
        /// Readers as PC/SC shows them, and which slot is an antenna.
        Readers = "readers",
        /// Programs that hold a reader.
        OtherPrograms = "other_programs",
        /// A card in the field.
        Card = "card",
        /// The application of a travel document on it.
        Application = "application",
        /// EF.CardAccess, which says how the chip is opened.
        CardAccess = "card_access",
        /// The longest commands and answers.
        Lengths = "lengths",
        /// How long a reading will take.
        Speed = "speed",
        /// The face models.
        Models = "models",
        /// The trust store.
        Trust = "trust",
        /// The clock.
        Clock = "clock",
    }
}

words! {
    /// What a piece of evidence is.
    What {
        /// A file or folder that is there.
        Found = "found",
        /// A file or folder that is not there.
        Missing = "missing",
        /// What PC/SC answered: `ok`, or the number of an error.
        Answer = "answer",
        /// A call that did not return within so many seconds.
        NoAnswerWithin = "no_answer_within",
        /// A process: name and number.
        Process = "process",
        /// The account that a process runs as: `root`, or a number.
        Account = "account",
        /// A system, as its own file names it.
        System = "system",
        /// A reader by its name.
        Reader = "reader",
        /// Role of a slot.
        Role = "role",
        /// A USB id, `vvvv:pppp`, with the device's own strings.
        Usb = "usb",
        /// What is known of the reader under this id.
        Profile = "profile",
        /// A list of a driver: its path and how many ids it holds.
        DriverList = "driver_list",
        /// The driver that holds an interface.
        InterfaceDriver = "interface_driver",
        /// A module of the kernel.
        Module = "module",
        /// The firmware's number, `bcdDevice`.
        Firmware = "firmware",
        /// The least firmware that the driver takes.
        LeastFirmware = "least_firmware",
        /// Owner, group and mode of a device file.
        DeviceFile = "device_file",
        /// A setting and its value.
        Setting = "setting",
        /// How often the machine slept.
        Suspends = "suspends",
        /// Whether a card is there: `absent`, `present`, `mute`.
        Card = "card",
        /// An answer to reset.
        Atr = "atr",
        /// A status word.
        Status = "status",
        /// A length in bytes.
        Bytes = "bytes",
        /// The longest command in bytes; `unknown` where the driver does not say.
        LongestCommand = "longest_command",
        /// The longest answer in bytes; `unknown` where the driver does not say.
        LongestAnswer = "longest_answer",
        /// An answer to a command of extended length: a status word, or the number of an error.
        ExtendedLength = "extended_length",
        /// One command and its answer, in milliseconds.
        RoundTrip = "round_trip",
        /// What a portrait of 20 KiB would take, in seconds.
        Portrait = "portrait",
        /// A folder.
        Folder = "folder",
        /// How many there are.
        Count = "count",
        /// The time of this machine.
        Now = "now",
        /// A time that lies behind us.
        NotBefore = "not_before",
        /// The newest of a trust store.
        Newest = "newest",
        /// Revocation lists whose next update is due.
        Overdue = "overdue",
        /// Something that was not given to the doctor.
        NotGiven = "not_given",
    }
}

/// How much hangs on a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Weight {
    /// No card can be read.
    NoReading,
    /// A card can be read, and not be judged.
    NoVerdict,
    /// Worth knowing; a card can be read and judged.
    Note,
}

impl Weight {
    /// `no_reading`, `no_verdict` or `note`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoReading => "no_reading",
            Self::NoVerdict => "no_verdict",
            Self::Note => "note",
        }
    }
}
