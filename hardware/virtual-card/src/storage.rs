//! Cards on disk: a directory with `card.toml`, the files as raw bytes, the test CSCA and the portrait.

use crate::algorithm;
use crate::card_data::{
    ActiveAuthenticationKey, CardData, ChipAuthenticationKey, ChipAuthenticationSuite, PaceSuite,
    Passwords,
};
use crate::error::VirtualCardError;
use crate::personaliser::mrz;
use crate::rsa_key::RsaKey;
use chipid_emrtd::crypto::ec::Secret;
use chipid_emrtd::file_id::FileId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The name of the test CSCA's certificate in a card's directory.
pub const CSCA_FILE: &str = "csca.der";
const CARD_FILE: &str = "card.toml";
/// What stands at the top of `card.toml`.
const NOTICE: &str =
    "# An invented document with test keys. Never trust anything that these keys signed.\n\n";
/// No card has a file near this size.
const MAX_FILE: u64 = 1 << 20;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    profile: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    can: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pin: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    puk: Option<String>,
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pace_without_mrz: bool,
    mrz: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    qr: Option<String>,
    basic_access_control: bool,
    pace: Vec<PaceSuite>,
    #[serde(default)]
    test_keys: StoredKeys,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct StoredKeys {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mapping: Vec<StoredMappingKey>,
    chip_authentication: Vec<StoredChipKey>,
    #[serde(skip_serializing_if = "Option::is_none")]
    active_authentication: Option<StoredActiveKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredMappingKey {
    curve: String,
    secret: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredChipKey {
    suite: ChipAuthenticationSuite,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key_id: Option<u8>,
    secret: String,
}

/// An RSA key has no curve: its `secret` is an RSAPrivateKey.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredActiveKey {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    curve: Option<String>,
    hash: String,
    secret: String,
}

impl CardData {
    /// Writes the card into `directory`, which is made if need be.
    ///
    /// # Errors
    /// [`VirtualCardError::Io`].
    pub fn save(&self, directory: impl AsRef<Path>) -> Result<(), VirtualCardError> {
        let directory = directory.as_ref();
        fs::create_dir_all(directory)?;
        let stored = Stored {
            profile: self.profile.clone(),
            can: self.passwords.can.clone(),
            pin: self.passwords.pin.clone(),
            puk: self.passwords.puk.clone(),
            pace_without_mrz: self.passwords.pace_without_mrz,
            mrz: self.mrz.lines().map(Into::into).collect(),
            number: self.number.clone(),
            qr: self.qr.clone(),
            basic_access_control: self.basic_access_control,
            pace: self.pace.clone(),
            test_keys: self.stored_keys()?,
        };
        let text = toml::to_string(&stored)
            .map_err(|_| VirtualCardError::CardFile { entry: CARD_FILE })?;
        fs::write(directory.join(CARD_FILE), format!("{NOTICE}{text}"))?;
        for (file, bytes) in &self.files {
            fs::write(directory.join(format!("{file}.bin")), bytes)?;
        }
        fs::write(directory.join(CSCA_FILE), &self.csca)?;
        if let Some(portrait) = &self.portrait {
            let jpeg = portrait.starts_with(&[0xFF, 0xD8]);
            let name = if jpeg { JPEG_FILE } else { JPEG_2000_FILE };
            fs::write(directory.join(name), portrait)?;
        }
        Ok(())
    }

    /// Reads a card that [`save`](Self::save) wrote.
    ///
    /// # Errors
    /// [`VirtualCardError::Io`], [`VirtualCardError::FileTooLarge`], [`VirtualCardError::CardFile`].
    pub fn load(directory: impl AsRef<Path>) -> Result<Self, VirtualCardError> {
        let directory = directory.as_ref();
        let invalid = |entry| VirtualCardError::CardFile { entry };
        let text =
            String::from_utf8(read(&directory.join(CARD_FILE))?).map_err(|_| invalid(CARD_FILE))?;
        let stored: Stored = toml::from_str(&text).map_err(|_| invalid(CARD_FILE))?;
        let lines: Vec<&str> = stored.mrz.iter().map(String::as_str).collect();
        let mrz_information = mrz::information(&lines).ok_or(invalid("mrz"))?;
        if let Some(can) = &stored.can
            && (can.len() != 6 || !can.bytes().all(|b| b.is_ascii_digit()))
        {
            return Err(invalid("can"));
        }
        let mut files = BTreeMap::new();
        for file in FileId::all() {
            if let Some(bytes) = read_if_there(&directory.join(format!("{file}.bin")))? {
                files.insert(file, bytes);
            }
        }
        let portrait = portrait_file(directory)
            .map(|path| read(&path))
            .transpose()?;
        Ok(Self {
            mrz: stored.mrz.join("\n"),
            number: stored.number,
            qr: stored.qr,
            passwords: Passwords {
                mrz_information,
                can: stored.can,
                pin: stored.pin,
                puk: stored.puk,
                pace_without_mrz: stored.pace_without_mrz,
            },
            basic_access_control: stored.basic_access_control,
            mapping_keys: stored
                .test_keys
                .mapping
                .iter()
                .map(mapping_key)
                .collect::<Option<_>>()
                .ok_or(invalid("test_keys.mapping"))?,
            chip_authentication: stored
                .test_keys
                .chip_authentication
                .iter()
                .map(chip_key)
                .collect::<Option<_>>()
                .ok_or(invalid("test_keys.chip_authentication"))?,
            active_authentication: stored
                .test_keys
                .active_authentication
                .as_ref()
                .map(|key| active_key(key).ok_or(invalid("test_keys.active_authentication")))
                .transpose()?,
            profile: stored.profile,
            pace: stored.pace,
            files,
            csca: read(&directory.join(CSCA_FILE))?,
            portrait,
        })
    }

    fn stored_keys(&self) -> Result<StoredKeys, VirtualCardError> {
        let chip_authentication = self
            .chip_authentication
            .iter()
            .map(|key| StoredChipKey {
                suite: ChipAuthenticationSuite {
                    cipher: key.cipher,
                    group: key.secret.domain_parameters(),
                },
                key_id: key.key_id,
                secret: hex::encode(key.secret.danger_bytes()),
            })
            .collect();
        let active_authentication = match &self.active_authentication {
            None => None,
            Some(ActiveAuthenticationKey::Rsa { key, hash }) => Some(StoredActiveKey {
                curve: None,
                hash: hash.name().into(),
                secret: hex::encode(&*key.danger_pkcs1_der()?),
            }),
            Some(ActiveAuthenticationKey::Ecdsa { secret, hash }) => Some(StoredActiveKey {
                curve: Some(secret.curve().name().into()),
                hash: hash.name().into(),
                secret: hex::encode(secret.danger_bytes()),
            }),
        };
        let mapping = self
            .mapping_keys
            .iter()
            .map(|secret| StoredMappingKey {
                curve: secret.curve().name().into(),
                secret: hex::encode(secret.danger_bytes()),
            })
            .collect();
        Ok(StoredKeys {
            mapping,
            chip_authentication,
            active_authentication,
        })
    }

    /// The same files on a chip that has none of the private keys: a copy.
    #[must_use]
    pub fn blank_copy(&self) -> Self {
        Self {
            mapping_keys: Vec::new(),
            chip_authentication: Vec::new(),
            active_authentication: None,
            ..self.clone()
        }
    }
}

const JPEG_FILE: &str = "portrait.jpg";
const JPEG_2000_FILE: &str = "portrait.jp2";

/// The portrait's file in a card's directory, if it has one.
#[must_use]
pub fn portrait_file(directory: &Path) -> Option<PathBuf> {
    [JPEG_FILE, JPEG_2000_FILE]
        .into_iter()
        .map(|name| directory.join(name))
        .find(|path| path.is_file())
}

fn mapping_key(stored: &StoredMappingKey) -> Option<Secret> {
    let secret = hex::decode(&stored.secret).ok()?;
    algorithm::curve(&stored.curve).ok()?.secret(&secret).ok()
}

fn chip_key(stored: &StoredChipKey) -> Option<ChipAuthenticationKey> {
    let secret = hex::decode(&stored.secret).ok()?;
    Some(ChipAuthenticationKey {
        cipher: stored.suite.cipher,
        key_id: stored.key_id,
        secret: stored.suite.group.secret_key(&secret).ok()?,
    })
}

fn active_key(stored: &StoredActiveKey) -> Option<ActiveAuthenticationKey> {
    let bytes = hex::decode(&stored.secret).ok()?;
    let hash = algorithm::hash(&stored.hash).ok()?;
    Some(match &stored.curve {
        Some(curve) => ActiveAuthenticationKey::Ecdsa {
            secret: algorithm::curve(curve).ok()?.secret(&bytes).ok()?,
            hash,
        },
        None => ActiveAuthenticationKey::Rsa {
            key: RsaKey::from_pkcs1_der(&bytes).ok()?,
            hash,
        },
    })
}

fn read(path: &Path) -> Result<Vec<u8>, VirtualCardError> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MAX_FILE + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(VirtualCardError::FileTooLarge);
    }
    Ok(bytes)
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, VirtualCardError> {
    match read(path) {
        Err(VirtualCardError::Io {
            kind: std::io::ErrorKind::NotFound,
        }) => Ok(None),
        other => other.map(Some),
    }
}
