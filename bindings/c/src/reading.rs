//! Reading a chip: with a function of the caller's that carries APDUs, or one step at a time without any.

use crate::bytes::chipid_bytes;
use crate::cancel::{self, chipid_cancel};
use crate::document::{Read, chipid_document};
use crate::edge::{self, Trouble, call, make, slice, transport_limits};
use crate::error::chipid_error;
use crate::files;
use crate::handle::{self, kind};
use crate::keys::chipid_keys;
use chipid::given_keys::Beside;
use chipid::transport::cancel::Cancel;
use chipid::{
    DataGroup, Misuse, NextStep, Phase, Progress, Reading, Step, StepperError, Steps,
    TransportError,
};
use std::ffi::c_void;
use zeroize::Zeroizing;

/// One reading of one card. After an error it goes on where it stopped, when it is run again.
pub struct chipid_reading {
    _opaque: [u8; 0],
}

kind!(chipid_reading, Alone<Session>, 0xC41B_1D00_0000_0005);

/// A value that one call at a time has, and nobody looks at meanwhile.
pub(crate) struct Alone<T>(T);

// SAFETY: through a shared reference nothing of the value can be reached.
unsafe impl<T: Send> Sync for Alone<T> {}

impl<T> Alone<T> {
    pub(crate) const fn get_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// Steps, and what came with the keys.
pub(crate) struct Session {
    pub(crate) steps: Steps,
    pub(crate) beside: Beside,
}

/// Sends the command APDU to the chip and puts its response at `response`. `*response_length` holds how many bytes there is room
/// for (more than any response), and takes how many there are. Returns 0, or the code of a transport's error (1001 card removed, 1010 timeout, and so on).
/// It is called on the thread that runs the reading, and must not call anything for the same reading. It returns: an exception of C++ that leaves it
/// ends the program.
pub type chipid_transmit = Option<
    // Unwinding: an exception of C++ that leaves it then ends the process for certain, instead of doing anything.
    unsafe extern "C-unwind" fn(
        user: *mut c_void,
        command: *const u8,
        command_length: usize,
        response: *mut u8,
        response_length: *mut usize,
    ) -> i32,
>;

/// What a reading is doing.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct chipid_progress {
    /// 0 opening the chip, 1 reading a file, 2 Chip Authentication, 3 Active Authentication, 4 done; more may come.
    pub phase: u32,
    /// The file by its number (0x0101 for DG1; chipid_file_name says its name), 0 where it is about none.
    pub file: u32,
    /// Bytes of files read so far.
    pub bytes_done: usize,
    /// Bytes of all files whose length is known so far.
    pub bytes_known: usize,
}

/// Is told of progress, on the thread that runs the reading. It returns: an exception of C++ that leaves it ends the program.
pub type chipid_on_progress =
    Option<unsafe extern "C-unwind" fn(user: *mut c_void, progress: *const chipid_progress)>;

/// What [`chipid_reading_begin`] and [`chipid_reading_next`] want next.
#[repr(C)]
pub struct chipid_step {
    /// The command APDU to carry to the chip; the caller frees it. None where the reading has ended.
    pub command: chipid_bytes,
    /// The document, where the reading has ended well; the caller frees it.
    pub document: *mut chipid_document,
}

/// One byte more than the longest response APDU (ISO/IEC 7816-4, 5.1).
const ROOM: usize = 65_539;

/// A reading with these keys, which may be freed afterwards.
///
/// # Safety
/// `keys` is null or lives; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_reading_new(
    keys: *const chipid_keys,
    out: *mut *mut chipid_reading,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let keys = handle::read(keys)?;
        let mut reading = Reading::with(keys.keys.clone());
        if keys.vietnamese {
            reading = reading.assume_vietnamese_card();
        }
        Ok(Alone(Session {
            steps: Steps::new(reading),
            beside: keys.beside.clone(),
        }))
    };
    // SAFETY: as above.
    unsafe { make(out, error, work) }
}

/// Says what the way to the card is known to carry, in bytes of a whole APDU; 0 where it is not known. With commands of less than 46
/// bytes or responses of less than 52 no chip can be read: 8905.
///
/// # Safety
/// `reading` is null or lives; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_reading_set_limits(
    reading: *const chipid_reading,
    command: usize,
    response: usize,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let mut reading = handle::change(reading)?;
        let limits = transport_limits(command, response)?;
        reading.get_mut().steps.set_limits(limits);
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Reads only these data groups (and EF.COM, EF.SOD, DG14, DG15): their numbers, a byte each.
///
/// # Safety
/// `reading` is null or lives; `groups` points to `count` bytes; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_reading_only(
    reading: *const chipid_reading,
    groups: *const u8,
    count: usize,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (mut session, groups) = unsafe { (handle::change(reading)?, slice(groups, count)?) };
        let groups: Option<Vec<DataGroup>> = groups
            .iter()
            .map(|number| DataGroup::new(*number))
            .collect();
        let groups = groups.ok_or(Misuse::UnknownValue)?;
        prepare(session.get_mut(), |reading| reading.only(&groups))
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// A challenge of eight bytes for Active Authentication, where a server chose it.
///
/// # Safety
/// `reading` is null or lives; `challenge` points to `length` bytes; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_reading_set_challenge(
    reading: *const chipid_reading,
    challenge: *const u8,
    length: usize,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (mut session, bytes) = unsafe { (handle::change(reading)?, slice(challenge, length)?) };
        let challenge = bytes.try_into().map_err(|_| Misuse::UnknownValue)?;
        prepare(session.get_mut(), |reading| reading.challenge(challenge))
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Has `listener` called whenever something was done; null for nobody.
///
/// # Safety
/// `reading` is null or lives; `listener` may be called with `user` for as long as the reading lives; `error` is null or can be
/// written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_reading_on_progress(
    reading: *const chipid_reading,
    listener: chipid_on_progress,
    user: *mut c_void,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let mut session = handle::change(reading)?;
        let reading = session.get_mut().steps.reading().ok_or(Misuse::Busy)?;
        let user = User(user);
        reading.on_progress(move |progress| {
            if let Some(listener) = listener {
                // SAFETY: by the caller's word it may be called with this.
                unsafe { listener(user.pointer(), &of_progress(progress)) };
            }
        });
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Reads the document, with `transmit` to carry each APDU. `cancel` may be null. Run again after an error, it goes on where it
/// stopped, on the same card.
///
/// # Safety
/// `reading` and `cancel` are null or live; `transmit` may be called with `user`; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_reading_run(
    reading: *const chipid_reading,
    transmit: chipid_transmit,
    user: *mut c_void,
    cancel: *const chipid_cancel,
    out: *mut *mut chipid_document,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let transmit = transmit.ok_or(Misuse::NullArgument)?;
        let (mut session, cancel) = (handle::change(reading)?, cancel::of(cancel)?);
        let mut room = Zeroizing::new(vec![0; ROOM]);
        let carry = |command: &[u8]| {
            // Nothing of the last answer is there to be taken for the next one.
            room.fill(0);
            let mut length = ROOM;
            let (to, answer) = (command.as_ptr(), room.as_mut_ptr());
            // SAFETY: by the caller's word it may be called so; there is room for `length` bytes.
            let code = unsafe { transmit(user, to, command.len(), answer, &mut length) };
            match code {
                // A length that nobody set is that of the room, which no response fills.
                0 if length < ROOM => Ok(room.get(..length).unwrap_or_default().to_vec()),
                0 => Err(TransportError::Malformed),
                code => Err(edge::transport_error(code)),
            }
        };
        run(session.get_mut(), &cancel, carry)
    };
    // SAFETY: as above.
    unsafe { make(out, error, work) }
}

fn prepare(session: &mut Session, change: impl FnOnce(Reading) -> Reading) -> Result<(), Trouble> {
    match session.steps.prepare(change) {
        true => Ok(()),
        false => Err(Misuse::Busy.into()),
    }
}

fn run(
    session: &mut Session,
    cancel: &Cancel,
    mut carry: impl FnMut(&[u8]) -> Result<Vec<u8>, TransportError>,
) -> Result<Read, Trouble> {
    let mut step = session.steps.begin()?;
    loop {
        match step {
            Step::Done(result) => return Ok(Read::of(result?, &session.beside)),
            Step::Transmit(command) => {
                let response = cancel.check().and_then(|()| carry(&command));
                step = session.steps.next(response)?;
            }
        }
    }
}

/// Begins the reading, or goes on with it after an error, and says which command is to be carried first.
///
/// # Safety
/// `reading` is null or lives; `step` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_reading_begin(
    reading: *const chipid_reading,
    step: *mut chipid_step,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make_step(reading, step, error, || Ok(Steps::begin)) }
}

/// Hands the chip's response over, or with `transport_error` not 0 why there is none, and says what is wanted next.
///
/// # Safety
/// As [`chipid_reading_begin`]; `response` points to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_reading_next(
    reading: *const chipid_reading,
    response: *const u8,
    length: usize,
    transport_error: i32,
    step: *mut chipid_step,
    error: *mut *mut chipid_error,
) -> i32 {
    let heard = || {
        // SAFETY: the caller's word is handed on.
        let response = unsafe { slice(response, length) }?;
        let response = match transport_error {
            0 => Ok(response.to_vec()),
            code => Err(edge::transport_error(code)),
        };
        Ok(move |steps: &mut Steps| steps.next(response))
    };
    // SAFETY: as above.
    unsafe { make_step(reading, step, error, heard) }
}

/// Runs a step and writes what is wanted next, after writing that nothing is.
///
/// # Safety
/// As [`chipid_reading_begin`].
unsafe fn make_step<F>(
    reading: *const chipid_reading,
    out: *mut chipid_step,
    error: *mut *mut chipid_error,
    take: impl FnOnce() -> Result<F, Trouble>,
) -> i32
where
    F: FnOnce(&mut Steps) -> Result<NextStep, StepperError>,
{
    let nothing = chipid_step {
        command: chipid_bytes::NONE,
        document: std::ptr::null_mut(),
    };
    if !out.is_null() {
        // SAFETY: by the caller's word the place can be written.
        unsafe { out.write(nothing) };
    }
    let work = || {
        if out.is_null() {
            return Err(Misuse::NullArgument.into());
        }
        let mut session = handle::change(reading)?;
        let Session { steps, beside } = session.get_mut();
        let step = match take()?(steps)? {
            Step::Transmit(command) => chipid_step {
                command: chipid_bytes::of(command),
                document: std::ptr::null_mut(),
            },
            Step::Done(document) => chipid_step {
                command: chipid_bytes::NONE,
                document: handle::new(Read::of(document?, beside)),
            },
        };
        // SAFETY: as above.
        unsafe { out.write(step) };
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Gives up the command that waits for its response; the reading can begin again from there.
///
/// # Safety
/// `reading` is null or lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_reading_stop(reading: *const chipid_reading) -> i32 {
    let work = || {
        let mut session = handle::change(reading)?;
        match session.get_mut().steps.stop() {
            true => Ok(()),
            false => Err(Misuse::Busy.into()),
        }
    };
    // SAFETY: null is not written to.
    unsafe { call(std::ptr::null_mut(), work) }
}

/// Wipes and frees it and sets its place to null.
///
/// # Safety
/// `reading` is null or the place of a reading that lives, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_reading_free(reading: *mut *mut chipid_reading) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(reading) };
}

fn of_progress(progress: Progress) -> chipid_progress {
    let (phase, file) = match progress.phase {
        Phase::Access => (0, None),
        Phase::File(file) => (1, Some(file)),
        Phase::ChipAuthentication => (2, None),
        Phase::ActiveAuthentication => (3, None),
        Phase::Done => (4, None),
        _ => (5, None),
    };
    chipid_progress {
        phase,
        file: file.map_or(0, files::number_of),
        bytes_done: progress.bytes_done,
        bytes_known: progress.bytes_known,
    }
}

/// The caller's pointer, which only the caller's functions look behind.
#[derive(Clone, Copy)]
struct User(*mut c_void);

// SAFETY: the library never looks behind it; that the caller's function may be called on the thread that runs the reading is
// said where it is given.
unsafe impl Send for User {}

impl User {
    const fn pointer(self) -> *mut c_void {
        self.0
    }
}
