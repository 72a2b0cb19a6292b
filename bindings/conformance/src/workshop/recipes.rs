//! What `cases.json` says of issuers, cards and files.

use chipid_virtual_card::Behaviour;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A state's authority, as its cards' profile asks for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerRecipe {
    /// The profile that says country and algorithms.
    pub profile: String,
    /// Whether its certificate carries the mark of a test authority; without it policies may accept.
    #[serde(default)]
    pub marked: bool,
    /// The day around which its certificates are valid, as `2021-05-10`; the profile's day of issue where it is not given.
    pub around: Option<String>,
    /// Whose name its signer's certificate bears, where it is not its own country's.
    pub signer_of: Option<String>,
    /// For which document codes the signer signs, where it is not for all.
    pub signs: Option<Vec<String>>,
}

/// A card. What it does not say it has from the card in `like`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardRecipe {
    /// A built-in profile of the virtual card.
    pub profile: Option<String>,
    /// An entry of the fault corpus, which has a profile of its own, changes and behaviours.
    pub fault: Option<String>,
    /// Which of that entry's behaviours.
    #[serde(default)]
    pub fault_behaviour: usize,
    /// Entries of the profile that are replaced.
    #[serde(default)]
    pub set: Map<String, Value>,
    /// Entries of the profile that are left out.
    #[serde(default)]
    pub unset: Vec<String>,
    /// Who signs; a marked authority of the profile's own where it is not given.
    pub issuer: Option<String>,
    /// Portraits by the names of goods; a drawing where there is none.
    #[serde(default)]
    pub portraits: Vec<String>,
    /// Last day of validity.
    pub expires: Option<String>,
    /// Data groups that are left out before signing.
    #[serde(default)]
    pub without: Vec<u8>,
    /// Files in hexadecimal, signed like the others.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// Files that are signed and not there.
    #[serde(default)]
    pub withheld: Vec<String>,
    /// Files that are replaced after the signature.
    #[serde(default)]
    pub replaced: BTreeMap<String, Replacement>,
    /// How the chip departs from the honest one.
    #[serde(default)]
    pub behaviour: Behaviour,
    /// At which connections the card is lost after so many answers: the first number is of the first connection.
    #[serde(default)]
    pub lost_after: Vec<usize>,
    /// The card that lies there after the losses.
    pub then: Option<String>,
}

/// What takes a file's place after the signature.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum Replacement {
    /// The same file of another card.
    Of(String),
    /// The same bytes, the byte at this place another one; counted from the end where it is negative.
    Flipped(i64),
    /// These bytes in hexadecimal.
    Hex(String),
    /// The first so many bytes.
    Cut(usize),
}

/// A file or folder that a case names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum Goods {
    /// A text.
    Text(String),
    /// Bytes in hexadecimal.
    Hex(String),
    /// A revocation list.
    Crl(CrlRecipe),
    /// A master list.
    MasterList(MasterListRecipe),
    /// A picture made of photographs: a file, or the planes of a camera's frame.
    Picture(PictureRecipe),
    /// A picture (PNG) of the QR code with this text.
    QrPicture(String),
    /// Another file with a change.
    Changed(ChangedRecipe),
    /// A saved document's folder with changes.
    Folder(FolderRecipe),
    /// A path where there is nothing.
    Nothing(String),
}

/// A revocation list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrlRecipe {
    /// Whose.
    pub issuer: String,
    /// Whether it revokes that issuer's document signer.
    pub revokes_signer: bool,
    /// When it was made, in seconds since 1970.
    pub this_update: i64,
    /// When the next one is due.
    pub next_update: i64,
}

/// A master list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MasterListRecipe {
    /// Who signs it.
    pub issuer: String,
    /// Whose certificates are in it.
    pub of: Vec<String>,
    /// When it was signed.
    pub signed_at: i64,
}

/// A picture.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureRecipe {
    /// Photographs by file name, or `drawing`, side by side; none: a grey wall.
    pub of: Vec<String>,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// `jpeg`, `png`, or a frame's format.
    pub format: PictureFormat,
    /// By how much it must be turned clockwise to stand upright.
    #[serde(default)]
    pub turned: u32,
}

/// How a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureFormat {
    /// A JPEG file.
    Jpeg,
    /// A PNG file.
    Png,
    /// Red, green, blue.
    Rgb,
    /// Blue, green, red, alpha.
    Bgra,
    /// Luminance, then V and U by turns.
    Nv21,
    /// Luminance, U, V.
    Yuv420,
}

/// A file with a change.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedRecipe {
    /// Which file; may hold placeholders.
    pub file: String,
    /// What is changed.
    pub by: Replacement,
}

/// A folder with changes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FolderRecipe {
    /// Which folder; may hold placeholders.
    pub of: String,
    /// Files that are left out.
    #[serde(default)]
    pub without: Vec<String>,
    /// Files that are changed.
    #[serde(default)]
    pub changed: BTreeMap<String, Replacement>,
    /// Files that are taken from elsewhere; may hold placeholders.
    #[serde(default)]
    pub from: BTreeMap<String, String>,
}
