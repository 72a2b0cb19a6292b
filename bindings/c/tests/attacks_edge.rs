//! Attacks that the edge to other languages makes possible: calls that a program gets wrong, or is made to get wrong, so that somebody would
//! be accepted. `make attacks` prints the table. The calls are those of the header, through which C, C# and Java speak.

use chipid_c::{
    assessment::*, bytes::*, document::*, error::*, keys::*, policy::*, reading::*, trust::*,
};
use chipid_virtual_card::{CardData, Issuer, Personaliser, Profile, Validity, VirtualCard};
use pem_rfc7468::LineEnding;
use std::ptr::{null, null_mut};

const UNDECIDED: i32 = 0;
const ACCEPT: i32 = 1;
const NULL_ARGUMENT: i32 = 8901;
const FOREIGN_HANDLE: i32 = 8902;
const BUSY: i32 = 8903;

fn rng() -> impl getrandom::rand_core::CryptoRng {
    getrandom::rand_core::UnwrapErr(getrandom::SysRng)
}

/// A Vietnamese card of an authority without the mark of a test.
fn card() -> CardData {
    let profile = Profile::builtin("vn-2021").expect("a profile");
    let validity = Validity::around(profile.holder.issued);
    let issuer = Issuer::new("VN", profile.algorithms, validity, false, &mut rng());
    let issuer = issuer.expect("an issuer");
    let personaliser = Personaliser::new(profile).issuer(&issuer);
    personaliser.build(&mut rng()).expect("a card")
}

#[track_caller]
fn done(code: i32) {
    assert_eq!(code, 0, "the call was refused");
}

/// A row of the table.
fn row(attack: &str, refused: &str) {
    println!("{attack:64} {refused}");
}

fn keys_of(card: &CardData) -> *mut chipid_keys {
    let can = card.passwords.can.clone().expect("a CAN");
    let mut keys = null_mut();
    // SAFETY: the text lives for the call, and the place can be written.
    done(unsafe { chipid_keys_can(can.as_ptr().cast(), can.len(), &raw mut keys, null_mut()) });
    keys
}

fn read(card: &CardData) -> *mut chipid_document {
    let (mut keys, mut reading, mut document) = (keys_of(card), null_mut(), null_mut());
    let mut chip = VirtualCard::new(card.clone());
    let user = (&raw mut chip).cast();
    // SAFETY: all handles live, and `user` is the chip that `honest` expects.
    unsafe {
        done(chipid_reading_new(keys, &raw mut reading, null_mut()));
        done(chipid_reading_run(
            reading,
            Some(honest),
            user,
            null(),
            &raw mut document,
            null_mut(),
        ));
        chipid_reading_free(&raw mut reading);
        chipid_keys_free(&raw mut keys);
    }
    document
}

/// Carries a command to the chip that `user` points to.
unsafe extern "C-unwind" fn honest(
    user: *mut std::ffi::c_void,
    command: *const u8,
    command_length: usize,
    response: *mut u8,
    response_length: *mut usize,
) -> i32 {
    // SAFETY: `read` gave a chip, and the library gives what its header says.
    unsafe {
        let chip = &mut *user.cast::<VirtualCard>();
        let answer = chip.process(std::slice::from_raw_parts(command, command_length));
        assert!(answer.len() <= *response_length);
        response.copy_from_nonoverlapping(answer.as_ptr(), answer.len());
        *response_length = answer.len();
    }
    0
}

fn assessed(document: *mut chipid_document, csca: &[u8]) -> *mut chipid_assessment {
    let (mut trust, mut assessment) = (null_mut(), null_mut());
    // SAFETY: all handles live, and the bytes for the call.
    unsafe {
        done(chipid_trust_new(&raw mut trust, null_mut()));
        let name = b"csca";
        done(chipid_trust_add(
            trust,
            csca.as_ptr(),
            csca.len(),
            name.as_ptr().cast(),
            name.len(),
            1,
            null_mut(),
        ));
        done(chipid_assessment_new(
            document,
            trust,
            CHIPID_NOW,
            &raw mut assessment,
            null_mut(),
        ));
        chipid_trust_free(&raw mut trust);
    }
    assessment
}

fn policy(name: &str) -> *mut chipid_policy {
    let mut policy = null_mut();
    // SAFETY: the text lives for the call, and the place can be written.
    let code = unsafe {
        chipid_policy_built_in(
            name.as_ptr().cast(),
            name.len(),
            &raw mut policy,
            null_mut(),
        )
    };
    done(code);
    policy
}

/// An answer that nobody gave is nobody's acceptance.
#[test]
fn no_accept_comes_out_of_a_call_that_did_not_succeed() {
    let card = card();
    let mut document = read(&card);
    let mut assessment = assessed(document, &card.csca);
    let mut cleaning = policy("data-cleaning");
    let mut verdict = null_mut();
    // SAFETY: all handles live; what is passed in the place of another is a living handle too, or null.
    unsafe {
        done(chipid_policy_decide(
            cleaning,
            assessment,
            &raw mut verdict,
            null_mut(),
        ));
        assert_eq!(chipid_verdict_answer(verdict), ACCEPT, "the honest case");

        assert_eq!(chipid_verdict_answer(null()), UNDECIDED);
        row("an answer asked of no verdict", "undecided");
        for foreign in [assessment.cast(), document.cast(), cleaning.cast()] {
            assert_eq!(chipid_verdict_answer(foreign), UNDECIDED);
        }
        row("an answer asked of a handle of another kind", "undecided");

        // The next person's decision fails; the variable still names the last one's verdict.
        let mut kept = verdict;
        let code = chipid_policy_decide(cleaning, null(), &raw mut kept, null_mut());
        assert_eq!((code, kept), (NULL_ARGUMENT, null_mut()));
        assert_eq!(chipid_verdict_answer(kept), UNDECIDED);
        row(
            "the last person's verdict, after a decision that failed",
            "8901, and null",
        );

        let code = chipid_assessment_compare_typed(
            assessment,
            null(),
            0,
            null(),
            0,
            19_900_315,
            null_mut(),
        );
        assert_eq!(code, BUSY);
        row("an assessment that is changed beneath its verdict", "8903");

        let bytes = [0x61, 0];
        let code = chipid_document_add(document, 0x0101, bytes.as_ptr(), bytes.len(), null_mut());
        assert_eq!(code, FOREIGN_HANDLE);
        row("a file that is put into what a chip gave", "8902");

        chipid_verdict_free(&raw mut verdict);
        assert_eq!(chipid_verdict_answer(verdict), UNDECIDED);
        row("an answer asked of a verdict that was freed", "undecided");
        chipid_verdict_free(&raw mut verdict);
        row("a verdict that is freed twice", "nothing happens");
        chipid_policy_free(&raw mut cleaning);
        chipid_assessment_free(&raw mut assessment);
        chipid_document_free(&raw mut document);
    }
}

/// What nobody filled says nothing.
#[test]
fn no_structure_that_nobody_filled_passes_anybody() {
    let card = card();
    let mut document = read(&card);
    let mut assessment = assessed(document, &card.csca);
    let mut cleaning = policy("data-cleaning");
    let mut verdict = null_mut();
    let mut json = chipid_bytes {
        data: null_mut(),
        length: 0,
    };
    let mut liveness = std::mem::MaybeUninit::<chipid_liveness>::zeroed();
    // SAFETY: all handles live; nought in every byte is a value of the structure, whose first field is its size.
    unsafe {
        (*liveness.as_mut_ptr()).size = size_of::<chipid_liveness>();
        done(chipid_assessment_add_liveness(
            assessment,
            liveness.as_ptr(),
            null_mut(),
        ));
        done(chipid_policy_decide(
            cleaning,
            assessment,
            &raw mut verdict,
            null_mut(),
        ));
        done(chipid_verdict_json(
            verdict,
            null(),
            0,
            &raw mut json,
            null_mut(),
        ));
        let text = std::slice::from_raw_parts(json.data, json.length);
        let report: serde_json::Value = serde_json::from_slice(text).expect("JSON");
        assert_eq!(report["checks"]["liveness"]["result"], "uncertain");
        assert_ne!(report["checks"]["liveness"]["status"], "passed");
        row("a liveness result that nobody set", "uncertain");
        chipid_bytes_free(&raw mut json);
        chipid_verdict_free(&raw mut verdict);

        // An empty column of a record is not the holder's name.
        done(chipid_assessment_compare_typed(
            assessment,
            c"".as_ptr(),
            0,
            null(),
            0,
            0,
            null_mut(),
        ));
        done(chipid_policy_decide(
            cleaning,
            assessment,
            &raw mut verdict,
            null_mut(),
        ));
        assert_eq!(chipid_verdict_answer(verdict), UNDECIDED);
        row("a name that is given and empty", "clerk_input_mismatch");
        chipid_verdict_free(&raw mut verdict);
        chipid_policy_free(&raw mut cleaning);
        chipid_assessment_free(&raw mut assessment);
        chipid_document_free(&raw mut document);
    }
}

/// Anybody can sign a portrait: it is given out where the state did.
#[test]
fn no_portrait_is_shown_that_no_trusted_issuer_signed() {
    let (card, stranger) = (card(), card());
    let mut document = read(&card);
    let mut portrait = chipid_bytes {
        data: null_mut(),
        length: 0,
    };
    for (csca, proven) in [(&card.csca, true), (&stranger.csca, false)] {
        let mut assessment = assessed(document, csca);
        // SAFETY: all handles live.
        unsafe {
            done(chipid_assessment_portrait(
                assessment,
                &raw mut portrait,
                null_mut(),
            ));
            assert_eq!(!portrait.data.is_null(), proven);
            chipid_bytes_free(&raw mut portrait);
            chipid_assessment_free(&raw mut assessment);
        }
    }
    row(
        "the portrait of a card whose issuer nobody trusts",
        "none is given",
    );
    // SAFETY: it lives.
    unsafe { chipid_document_free(&raw mut document) };
}

unsafe extern "C-unwind" fn says_more_than_there_is_room_for(
    _user: *mut std::ffi::c_void,
    _command: *const u8,
    _command_length: usize,
    _response: *mut u8,
    response_length: *mut usize,
) -> i32 {
    // SAFETY: the library gives a place.
    unsafe { *response_length = usize::MAX };
    0
}

unsafe extern "C-unwind" fn answers_with_an_accept(
    _user: *mut std::ffi::c_void,
    _command: *const u8,
    _command_length: usize,
    _response: *mut u8,
    _response_length: *mut usize,
) -> i32 {
    ACCEPT
}

/// The way to the chip is the application's, and may be in anybody's hands.
#[test]
fn no_transmit_reads_beyond_its_response_or_makes_up_a_success() {
    let card = card();
    let mut keys = keys_of(&card);
    for (attack, transmit, expected) in [
        (
            "a response longer than the room that it was given",
            says_more_than_there_is_room_for as unsafe extern "C-unwind" fn(_, _, _, _, _) -> _,
            1013,
        ),
        (
            "a transmit that returns what is no transport error",
            answers_with_an_accept,
            1016,
        ),
    ] {
        let (mut reading, mut error) = (null_mut(), null_mut());
        let mut document = std::ptr::dangling_mut();
        // SAFETY: all handles live; the document's place is written before it is read.
        unsafe {
            done(chipid_reading_new(keys, &raw mut reading, null_mut()));
            let code = chipid_reading_run(
                reading,
                Some(transmit),
                null_mut(),
                null(),
                &raw mut document,
                &raw mut error,
            );
            assert_eq!((code, document), (expected, null_mut()), "{attack}");
            assert_eq!(chipid_error_code(error), expected);
            chipid_error_free(&raw mut error);
            chipid_reading_free(&raw mut reading);
        }
        row(attack, &expected.to_string());
    }
    // SAFETY: they live.
    unsafe { chipid_keys_free(&raw mut keys) };
}

/// A list that did not get in is not forgotten: whoever passes over the error has no store, and not one without the list.
#[test]
fn no_trust_store_goes_on_without_what_it_refused() {
    type Add<'a> = &'a dyn Fn(*mut chipid_trust) -> i32;
    let card = card();
    let mut document = read(&card);
    let too_long = too_long_by_one_block(&card.csca);
    // SAFETY: the store lives, and the bytes and texts for the call, or are null.
    let bytes = |trust, data: &[u8], name: &[u8], kind| unsafe {
        let (data, length) = (data.as_ptr(), data.len());
        chipid_trust_add(
            trust,
            data,
            length,
            name.as_ptr().cast(),
            name.len(),
            kind,
            null_mut(),
        )
    };
    // SAFETY: as above.
    let file = |trust, path: &[u8]| unsafe {
        chipid_trust_add_file(trust, path.as_ptr().cast(), path.len(), 0, null_mut())
    };
    // SAFETY: as above.
    let at_null = |trust: *mut chipid_trust| unsafe {
        chipid_trust_add(trust, null(), 3, null(), 0, 0, null_mut())
    };
    // SAFETY: as above.
    let path_at_null = |trust: *mut chipid_trust| unsafe {
        chipid_trust_add_file(trust, null(), 3, 0, null_mut())
    };
    let tries: [(&str, Add<'_>, i32); 9] = [
        (
            "a revocation list that is not there",
            &|trust| file(trust, b"no-such.crl"),
            8201,
        ),
        (
            "a bundle of lists that is too long by one block",
            &|trust| file(trust, too_long.as_bytes()),
            6101,
        ),
        (
            "a revocation list that is none",
            &|trust| bytes(trust, b"none", b"x", 0),
            8101,
        ),
        (
            "a revocation list of no bytes",
            &|trust| bytes(trust, b"", b"x", 0),
            8101,
        ),
        (
            "a revocation list for a kind of anchor that is none",
            &|trust| bytes(trust, &card.csca, b"x", 3),
            8905,
        ),
        (
            "a revocation list whose name is no text",
            &|trust| bytes(trust, &card.csca, b"\xFF", 0),
            8904,
        ),
        (
            "a revocation list whose path is no text",
            &|trust| file(trust, b"\xFF"),
            8904,
        ),
        ("a revocation list at null", &at_null, NULL_ARGUMENT),
        (
            "a revocation list in a file at null",
            &path_at_null,
            NULL_ARGUMENT,
        ),
    ];
    for (attack, add, expected) in tries {
        let (mut trust, mut assessment) = (null_mut(), null_mut());
        // SAFETY: all handles live, and the places can be written.
        unsafe {
            done(chipid_trust_new(&raw mut trust, null_mut()));
            done(bytes(trust, &card.csca, b"csca", 1));
            assert_eq!(add(trust), expected, "{attack}");
            let at = &raw mut assessment;
            let code = chipid_assessment_new(document, trust, CHIPID_NOW, at, null_mut());
            assert_eq!((code, assessment), (FOREIGN_HANDLE, null_mut()), "{attack}");
            assert_eq!(
                bytes(trust, &card.csca, b"csca", 1),
                FOREIGN_HANDLE,
                "{attack}"
            );
            chipid_trust_free(&raw mut trust);
        }
        row(attack, &FOREIGN_HANDLE.to_string());
    }
    std::fs::remove_file(&too_long).expect("the file");
    // SAFETY: it lives.
    unsafe { chipid_document_free(&raw mut document) };
}

/// A file of two blocks of PEM, of which the first with the blank lines behind it is as long as the longest file that is taken.
fn too_long_by_one_block(certificate: &[u8]) -> String {
    let block = pem_rfc7468::encode_string("CERTIFICATE", LineEnding::LF, certificate);
    let block = block.expect("PEM");
    let mut bundle = block.clone().into_bytes();
    bundle.resize(64 << 20, b'\n');
    bundle.extend_from_slice(block.as_bytes());
    let path = std::env::temp_dir().join(format!("chipid-c-bundle-{}.pem", std::process::id()));
    std::fs::write(&path, bundle).expect("a file");
    path.display().to_string()
}

/// A form whose fields were looked for under a wrong name has compared nothing.
#[test]
fn no_comparison_of_nothing_goes_well() {
    let card = card();
    let mut document = read(&card);
    let mut assessment = assessed(document, &card.csca);
    // SAFETY: the assessment lives; a text at null is none.
    let compare = |name: *const u8, birth| unsafe {
        let name = name.cast();
        chipid_assessment_compare_typed(assessment, name, 0, null(), 0, birth, null_mut())
    };
    assert_eq!(compare(null(), 0), NULL_ARGUMENT);
    assert_eq!(compare(b"".as_ptr(), 0), 0, "an empty name is compared");
    assert_eq!(compare(null(), 19_900_315), 0, "a day alone is compared");
    row(
        "a comparison with nothing typed",
        &NULL_ARGUMENT.to_string(),
    );
    // SAFETY: they live.
    unsafe {
        chipid_assessment_free(&raw mut assessment);
        chipid_document_free(&raw mut document);
    }
}

/// What a log keeps of an error is what the error says.
#[test]
fn no_error_repeats_what_it_was_given() {
    type Make = unsafe extern "C" fn(
        *const std::ffi::c_char,
        usize,
        *mut *mut chipid_keys,
        *mut *mut chipid_error,
    ) -> i32;
    let kinds: [(Make, &str); 5] = [
        (chipid_keys_can, "73915x"),
        (chipid_keys_pin, "73915x"),
        (chipid_keys_puk, "7391573915x"),
        (chipid_keys_number, "001090073915x"),
        (chipid_keys_mrz, "P<UTO73915MUSTERMANN<<ERIKA"),
    ];
    for (make, secret) in kinds {
        let (mut keys, mut error) = (null_mut(), null_mut());
        let mut json = chipid_bytes {
            data: null_mut(),
            length: 0,
        };
        // SAFETY: the text lives for the call, the places can be written, and the bytes are the library's.
        unsafe {
            let code = make(
                secret.as_ptr().cast(),
                secret.len(),
                &raw mut keys,
                &raw mut error,
            );
            assert_ne!(code, 0, "{secret}");
            done(chipid_error_json(error, &raw mut json));
            let text = std::slice::from_raw_parts(json.data, json.length);
            let text = std::str::from_utf8(text).expect("UTF-8");
            assert!(!text.contains("73915") && !text.contains("ERIKA"), "{text}");
            chipid_bytes_free(&raw mut json);
            chipid_error_free(&raw mut error);
        }
    }
    row(
        "a wrong key that is looked for in the error about it",
        "not there",
    );
}
