//! What real chips do otherwise, one switch for each row of `docs/reference/deviations.md` that a chip can show.
//!
//! A switch does what the row tells and nothing else; what the standard allows stays as it is. Rows that show in the
//! data alone (an odd EF.CardAccess, an odd DG11) have no switch: the personaliser writes such files.

use super::named_file;
use chipid_emrtd::file_id::FileId;
use serde::{Deserialize, Serialize};

/// A way in which real chips depart from the standard, named by its row. In TOML: `"row1-parameter-id-needed"`,
/// `{ row6-master-file-refused = 0x6982 }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Deviation {
    /// Row 1 (Ukraine): MSE:Set AT for PACE answers 6A87 unless DO 84 names the domain parameters.
    Row1ParameterIdNeeded,
    /// Row 2 (Germany, Poland): with several PACEInfos, MSE:Set AT without DO 84 makes the card drop the link.
    Row2DropsLinkWithoutParameterId,
    /// Row 3 (Germany): SELECT and MSE with an expected length answer 6700.
    Row3ExpectedLengthRefused,
    /// Row 4 (Germany): no Basic Access Control any more: EXTERNAL AUTHENTICATE answers 6A88.
    Row4BacUnknown,
    /// Row 5 (Netherlands): Basic Access Control is switched off: EXTERNAL AUTHENTICATE answers 6985.
    Row5BacOff,
    /// Row 6 (New Zealand 6982, China 6A81, Australia 6A86, Ukraine 6A87, others 6985): SELECT of the master file
    /// answers this.
    Row6MasterFileRefused(u16),
    /// Row 7 (many states): SELECT of the master file without its identifier answers 9000 and selects nothing. The
    /// chip comes to the reader with the application selected, as it does on a phone.
    Row7ImplicitMasterFileIgnored,
    /// Row 8 (Malaysia): EF.CardAccess answers 6283 before access control, and there is no PACE.
    Row8CardAccessInvalidated,
    /// Row 9 (United States, New Zealand): EF.DIR answers 6982 before access control.
    Row9DirectoryRefused,
    /// Row 10 (New Zealand): GENERAL AUTHENTICATE with an expected length of 65 536 answers 6982.
    Row10ExtendedAuthenticateRefused,
    /// Row 12 (various): EXTERNAL AUTHENTICATE with an expected length of 40 answers 6700. The challenge stays good.
    Row12BacLengthRefused,
    /// Row 16 (Italy): PACE over DH is offered, and MSE:Set AT answers 6985.
    Row16PaceDhRefused,
    /// Row 20 (Oman): SELECT of the eMRTD application answers 6A82; the chip has one of its own.
    Row20OtherApplication,
    /// Row 22 (China): a protected READ BINARY of extended length answers 6700 in plain, and the chip's counter stays
    /// behind: the next protected command does not hold.
    Row22ExtendedReadDesynchronises,
    /// Row 23 (Ukraine: 192, some under 100): READ BINARY that asks for more than this answers 6700, under secure
    /// messaging where the command was.
    Row23LargestLength(u16),
    /// Row 24 (Russia): READ BINARY that asks beyond the end of the file answers 6B00.
    Row24BeyondEndRefused,
    /// Row 24 (Russia): READ BINARY that asks beyond the end of the file answers 6988 in plain and kills the session.
    Row24BeyondEndKillsSession,
    /// Row 25 (Spain): READ BINARY that asks beyond the end of the file answers 6282 with what there is.
    Row25WarningWithData,
    /// Row 25 (Spain): READ BINARY that asks beyond the end of the file answers 6282 without data.
    Row25WarningWithoutData,
    /// Row 25b (Slovenia): READ BINARY that reaches the end answers 6282, and the plaintext ends in misplaced padding
    /// (00 00 80 where 80 00 00 is due), so that it seems longer.
    Row25bMisplacedPadding,
    /// Row 26 (Poland): READ BINARY beyond the end of the file brings zeros.
    Row26ZerosBeyondEnd,
    /// Row 27 (Netherlands, older): READ BINARY brings at most so many bytes, however many are asked for.
    Row27AtMost(u16),
    /// Row 28 (a card applet: 236): READ BINARY that asks for so many bytes or more brings none, and 9000.
    Row28EmptyFrom(u16),
    /// Row 29: READ BINARY that asks beyond the end answers 6Cxx with the right length.
    Row29RightLengthTold,
    /// Row 29: no response APDU carries more than so many bytes of data; 61xx says that GET RESPONSE, in plain, brings
    /// the rest. A protected response is cut like any other.
    Row29ResponseInParts(u8),
    /// Row 29: READ BINARY brings so many bytes and 61xx, under secure messaging where the command was; a GET RESPONSE,
    /// protected where the command was, brings the rest.
    Row29RestOnRequest(u8),
    /// Row 30 (Australia): a signature of Active Authentication that a short response does not hold is cut off, and
    /// called whole with 9000.
    Row30SignatureCut,
    /// Row 31 (China): as row 30, and with an expected length of 65 536 there is no signature at all, and 9000.
    Row31SignatureEmpty,
    /// Row 36 (any): READ BINARY of this file answers this status word (6700, 6B00), whatever is asked.
    Row36ReadRefused {
        /// The file.
        #[serde(with = "named_file")]
        file: FileId,
        /// SW1 SW2.
        status: u16,
    },
    /// Row 40 (Portugal): the ECDSA signature of Active Authentication comes in DER.
    Row40SignatureInDer,
    /// Row 44 (Norway): Chip Authentication answers 6F00 in plain, and the session is over.
    Row44ChipAuthenticationEndsSession,
    /// Row 46 (New Zealand): Active Authentication answers 6982 before Chip Authentication.
    Row46ActiveAuthenticationLast,
}
