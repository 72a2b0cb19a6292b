//! The crate `emrtd` reads the virtual card behind a real pcscd with vpcd: Basic Access Control, secure messaging, files.
//!
//! Its passive authentication stays out: in 0.0.2 the feature does not compile.

use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::time::Date;
use chipid_interop::TestCard;
use chipid_virtual_card::vpcd::{DEFAULT_ADDRESS, Stop, serve};
use chipid_virtual_card::{Profile, VirtualCard, VirtualCardError};
use emrtd::{EmrtdComms, EmrtdError, other_mrz};
use pcsc::{Context, Protocols, ReaderState, Scope, ShareMode, State};
use std::ffi::CStr;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

const READER: &CStr = c"Virtual PCD 00 00";
const LONG: Duration = Duration::from_secs(20);

/// A card on the reader; dropping it takes it away and waits until pcscd knows.
struct Laid {
    context: Context,
    stop: Stop,
    serving: Option<JoinHandle<Result<(), VirtualCardError>>>,
}

impl Laid {
    fn lay(mut card: VirtualCard) -> Self {
        let context = Context::establish(Scope::User).expect("pcscd runs");
        let stop = Stop::new();
        let serving = thread::spawn({
            let stop = stop.clone();
            move || serve(&mut card, DEFAULT_ADDRESS, &stop)
        });
        let laid = Self {
            context,
            stop,
            serving: Some(serving),
        };
        laid.wait_until(State::PRESENT);
        laid
    }

    fn connect(&self) -> EmrtdComms {
        let card = self
            .context
            .connect(READER, ShareMode::Exclusive, Protocols::ANY)
            .expect("a card that answers");
        EmrtdComms::new(card)
    }

    fn wait_until(&self, wanted: State) {
        let since = Instant::now();
        let mut states = [ReaderState::new(READER, State::UNAWARE)];
        while !states[0].event_state().contains(wanted) {
            assert!(since.elapsed() < LONG, "the reader never was {wanted:?}");
            states[0].sync_current_state();
            match self
                .context
                .get_status_change(Duration::from_millis(500), &mut states)
            {
                Ok(()) | Err(pcsc::Error::Timeout) => {}
                // Not listed yet: vpcd has only just been started.
                Err(pcsc::Error::UnknownReader) => thread::sleep(Duration::from_millis(50)),
                Err(error) => panic!("{error}"),
            }
        }
    }
}

impl Drop for Laid {
    fn drop(&mut self) {
        self.stop.stop();
        let ended = self.serving.take().map(JoinHandle::join);
        if !thread::panicking() {
            assert!(matches!(ended, Some(Ok(Ok(())))), "{ended:?}");
            self.wait_until(State::EMPTY);
        }
    }
}

fn opened(laid: &Laid, card: &TestCard, number: &str) -> Result<EmrtdComms, EmrtdError> {
    let expiry = card.holder.expiry.expect("an expiry date");
    let date = |d: Date| format!("{:02}{:02}{:02}", d.year() % 100, d.month(), d.day());
    let key = other_mrz(number, &date(card.holder.birth), &date(expiry))?;
    let mut reader = laid.connect();
    reader.select_emrtd_application()?;
    reader.establish_bac_session_keys(key.as_bytes())?;
    Ok(reader)
}

fn read(reader: &mut EmrtdComms, file: FileId) -> Result<Vec<u8>, EmrtdError> {
    let identifier = match file {
        FileId::Com => 0x1E,
        FileId::Sod => 0x1D,
        FileId::DataGroup(group) => group.number(),
        _ => panic!("not a file of the application"),
    };
    reader.select_ef(&[0x01, identifier], "file", true)?;
    reader.read_data_from_ef(true)
}

#[test]
#[ignore = "needs pcscd"]
fn bac_reads_every_file_behind_pcscd() {
    for profile in ["passport-bac", "passport-p256", "passport-no-proof"] {
        let card = TestCard::of(profile).expect("card");
        let laid = Laid::lay(VirtualCard::new(card.data.clone()));
        let mut reader =
            opened(&laid, &card, &card.holder.document_number).expect("emrtd opens the chip");
        let truth = card.readable();
        assert!(truth.len() >= 4);
        for (file, bytes) in truth {
            let got = read(&mut reader, file).expect("emrtd reads the file");
            assert!(got == bytes, "{profile}: {file} differs");
        }
    }
}

#[test]
#[ignore = "needs pcscd"]
fn a_wrong_document_number_opens_nothing_behind_pcscd() {
    let card = TestCard::of("passport-bac").expect("card");
    let laid = Laid::lay(VirtualCard::new(card.data.clone()));
    assert!(opened(&laid, &card, "C01X0006J").is_err());
    let mut reader = laid.connect();
    reader.select_emrtd_application().expect("selected");
    assert!(reader.select_ef(b"\x01\x01", "EF.DG1", false).is_err());
    drop(reader);
    // The right one still opens it.
    let mut reader =
        opened(&laid, &card, &card.holder.document_number).expect("emrtd opens the chip");
    let mrz = read(&mut reader, FileId::DG1).expect("emrtd reads DG1");
    assert_eq!(mrz, card.data.files[&FileId::DG1]);
}

#[test]
#[ignore = "needs pcscd"]
fn the_fingers_stay_closed_behind_pcscd() {
    let mut profile = Profile::builtin("passport-bac").expect("profile");
    profile.fingers = true;
    let card = TestCard::made(profile, None).expect("card");
    let fingers = FileId::DataGroup(DataGroup::new(3).expect("DG3"));
    assert!(card.data.files.contains_key(&fingers));
    let laid = Laid::lay(VirtualCard::new(card.data.clone()));
    let mut reader =
        opened(&laid, &card, &card.holder.document_number).expect("emrtd opens the chip");
    assert!(read(&mut reader, fingers).is_err());
}
