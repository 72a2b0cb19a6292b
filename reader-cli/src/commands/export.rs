//! `chipid export`: the bytes that a confirmation service may ask for, verbatim, with a manifest
//! (`test-vectors/schemas/export.schema.json`).

use super::Manner;
use crate::examination::{TrustArguments, examine};
use crate::exit::{Exit, Failure};
use crate::lang;
use crate::output;
use crate::processing::{ProcessingArguments, concluded, given};
use crate::source::{ReadingArguments, make_private};
use crate::talk;
use chipid::emrtd::passive_authentication::DataGroupStatus;
use chipid::online::{ConfirmationRequest, Nonce};
use chipid::processing::Given;
use chipid::{DataGroup, Error, FileId, files};
use clap::Args;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

const EXAMPLE: &str = "Example:
  chipid export --card vn-2021 --out ./exported --consent-id C-2026-0001

Exit code: 0 exported; 2 could not be done, or nothing of the document is proven.";

const MANIFEST: &str = "export.json";
const SIGNER_DER: &str = "document-signer.der";
const SIGNER_PEM: &str = "document-signer.pem";
const SCHEMA: &str = "chipid/export/1";

#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    trust: TrustArguments,
    #[command(flatten)]
    processing: ProcessingArguments,
    /// The folder for the files: one that holds no document's files yet
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: PathBuf,
    /// The holder's consent, as your own records name it
    #[arg(long, value_name = "ID", help_heading = "Output")]
    consent_id: Option<String>,
    /// Exports what nothing proves as well
    #[arg(long, help_heading = "Output")]
    danger_unverified: bool,
}

impl Arguments {
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        let trust = self.trust.load()?;
        let taken = [MANIFEST, SIGNER_DER, SIGNER_PEM];
        if taken.iter().any(|name| self.out.join(name).exists()) {
            return Err(Error::FolderTaken { path: self.out }.into());
        }
        let asked = Given {
            kept: chipid::online::FOR_CONFIRMATION.to_vec(),
            ..Given::default()
        };
        let account = self.processing.begin(asked)?;
        let examined = self
            .reading
            .run(&WANTED, None)
            .and_then(|document| examine(document, &trust, &self.trust, None, None, false));
        let examined = concluded(account, examined, |examined| Given {
            kept: chipid::online::FOR_CONFIRMATION.to_vec(),
            ..given(examined, &[], false, None)
        })?;
        let nonce = Nonce::new()?;
        let mut request = if self.danger_unverified {
            ConfirmationRequest::danger_unverified(&examined.assessment, nonce)
        } else {
            ConfirmationRequest::of(&examined.assessment, nonce)?
        };
        if let Some(id) = &self.consent_id {
            request = request.with_consent(id)?;
        }
        let verification = examined.assessment.verification();
        let manifest = manifest(&request, verification.active_authentication.status());
        write(&self.out, &request, &manifest)?;
        talk::note(lang::SAVED_IN.with([&self.out.display()]));
        if manner.json {
            output::print_json(&manifest)?;
        } else {
            let names = manifest["files"].as_array().into_iter().flatten();
            let lines: String = names
                .filter_map(|file| file["name"].as_str())
                .chain(taken)
                .map(|name| format!("{name}\n"))
                .collect();
            output::print(&lines)?;
        }
        Ok(Exit::Done)
    }
}

/// EF.COM and EF.SOD are always read.
const WANTED: [DataGroup; 5] = [
    DataGroup::MRZ,
    DataGroup::FACE,
    DataGroup::OPTIONAL_DETAILS,
    DataGroup::SECURITY_OPTIONS,
    DataGroup::ACTIVE_AUTHENTICATION_KEY,
];

fn write(folder: &Path, request: &ConfirmationRequest, manifest: &Value) -> Result<(), Failure> {
    make_private(folder)?;
    files::save(folder, request.files(), request.active_authentication())?;
    if let (Some(signer), Some(pem)) = (request.document_signer(), request.document_signer_pem()) {
        files::write_private(&folder.join(SIGNER_DER), &signer.certificate.0)?;
        files::write_private(&folder.join(SIGNER_PEM), pem.as_bytes())?;
    }
    let text = format!("{manifest:#}\n");
    files::write_private(&folder.join(MANIFEST), text.as_bytes())?;
    Ok(())
}

/// What was exported, and what an answer must be bound to.
fn manifest(request: &ConfirmationRequest, active_authentication: &str) -> Value {
    let digest_of = |file: FileId| {
        request
            .digests()
            .iter()
            .find(|d| FileId::from(d.data_group) == file)
    };
    let files: Vec<Value> = request
        .files()
        .iter()
        .map(|(file, bytes)| {
            let digest = digest_of(*file);
            json!({
                "name": files::file_name(*file),
                "bytes": bytes.len(),
                "sha256": hex::encode(Sha256::digest(bytes)),
                "digest": digest.map(|d| hex::encode(&d.value)),
                "status": digest.map(|d| DataGroupStatus::name(d.status)),
            })
        })
        .collect();
    json!({
        "schema": SCHEMA,
        "created_at": request.made_at().to_string(),
        "nonce": hex::encode(request.nonce().bytes()),
        "number": request.number(),
        "consent_id": request.consent_id(),
        "trust": request.trust().map(|t| t.name()),
        "digest": request.digest().map(|d| d.name()),
        "files": files,
        "document_signer": request.document_signer().map(|s| json!({
            "subject": s.subject,
            "issuer": s.issuer,
            "serial": s.serial,
            "sha256": hex::encode(s.sha256),
            "der": SIGNER_DER,
            "pem": SIGNER_PEM,
        })),
        "active_authentication": request.active_authentication().map(|evidence| json!({
            "challenge": hex::encode(evidence.challenge),
            "signature": hex::encode(&evidence.signature),
            "status": active_authentication,
        })),
    })
}
