//! `chipid trust`

use super::Manner;
use crate::exit::{Exit, Failure};
use crate::lang::{self, Lang, Message, Said, Sentence};
use crate::output::{self, tree};
use chipid::emrtd::trust::{Entry, EntryState, ListSummary};
use chipid::{TrustStore, UnixTime, clock, trust_files};
use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

const EXAMPLE: &str = "Example:
  chipid card new ./specimen --profile passport-p256
  chipid trust list ./specimen/csca.der";

#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// What a trust store holds, by country
    #[command(after_help = EXAMPLE)]
    List(Store),
    /// What is odd in it: expired, weak, a test's, unverified
    #[command(
        after_help = "Example:\n  chipid card new ./specimen --profile passport-p256\n  chipid trust check ./specimen/csca.der"
    )]
    Check(Store),
}

#[derive(Args)]
struct Store {
    /// Certificates, master lists, CRLs, DER or PEM; a folder is all of its files
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A certificate that may vouch for the signer of a master list
    #[arg(long, value_name = "FILE")]
    trust_root: Vec<PathBuf>,
}

impl Arguments {
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        let (arguments, check) = match self.what {
            What::List(store) => (store, false),
            What::Check(store) => (store, true),
        };
        let store = trust_files::load(&arguments.paths, &arguments.trust_root)?;
        if check {
            check_store(&store, clock::now(), manner)
        } else {
            list(&store, manner)
        }
    }
}

fn list(store: &TrustStore, manner: Manner) -> Result<Exit, Failure> {
    let listing = listing(store);
    if manner.json {
        output::print_json(&listing)?;
        return Ok(Exit::Done);
    }
    let lang = manner.lang;
    let mut out = String::new();
    for (country, entries) in by_country(store) {
        out += &format!("{country}\n");
        for entry in entries {
            let marks: String = [
                (
                    entry.state == EntryState::Unverified,
                    lang::TRUST_UNVERIFIED,
                ),
                (entry.is_test, lang::TRUST_TEST),
                (entry.scope.is_some(), lang::TRUST_SCOPED),
            ]
            .into_iter()
            .filter(|(on, _)| *on)
            .map(|(_, mark)| format!(", {}", lang.of(mark)))
            .collect();
            let key = match &entry.key {
                Some(key) => key.as_str(),
                None => lang.of(lang::TRUST_UNUSABLE_KEY),
            };
            let line = lang::TRUST_ENTRY.with([
                &tree::printable(&entry.subject),
                &chipid::Date::of(entry.validity.not_before),
                &chipid::Date::of(entry.validity.not_after),
                &key,
            ]);
            out += &format!("{}{marks}\n", line.said(lang));
        }
    }
    for list in store.lists() {
        let about = about(list).said(lang);
        out += &format!("{}: {}\n", list.source, tree::printable(&about));
    }
    for list in store.revocation_lists() {
        let state = if list.verified {
            lang::TRUST_CRL_VERIFIED
        } else {
            lang::TRUST_CRL_UNVERIFIED
        };
        let issuer = tree::printable(&list.issuer);
        let line = lang::TRUST_CRL.with([&list.source, &issuer, &list.entries, &state]);
        out += &format!("{}\n", line.said(lang));
    }
    out += &summary(store, lang);
    output::print(&out)?;
    Ok(Exit::Done)
}

/// `411 certificates, 129 country codes; …`
fn summary(store: &TrustStore, lang: Lang) -> String {
    let entries = store.entries();
    let note = match count(&entries, EntryState::Unverified) {
        0 => String::new(),
        n => lang::TRUST_SUMMARY_UNVERIFIED.with([&n]).said(lang),
    };
    let summary = lang::TRUST_SUMMARY.with([&entries.len(), &countries(&entries).len(), &note]);
    format!("{}\n", summary.said(lang))
}

fn about(list: &ListSummary) -> Message {
    let signature = if list.signature_holds {
        lang::TRUST_SIGNATURE_VALID
    } else {
        lang::TRUST_SIGNATURE_INVALID
    };
    let voucher = match &list.vouched_by {
        Some((subject, _)) => lang::TRUST_VOUCHED.with([subject]),
        None => lang::TRUST_NOT_VOUCHED.message(),
    };
    let left_out = match list.skipped {
        0 => Message::of("", ""),
        n => lang::TRUST_LEFT_OUT.with([&n]),
    };
    lang::TRUST_LIST.with([&list.certificates, &left_out, &signature, &voucher])
}

/// The whole store.
pub(crate) fn listing(store: &TrustStore) -> Value {
    let entries = store.entries();
    let countries: Map<String, Value> = by_country(store)
        .into_iter()
        .map(|(country, entries)| (country, entries.iter().map(entry_json).collect()))
        .collect();
    json!({
        "schema": "chipid/trust/1",
        "certificates": entries.len(),
        "anchors": count(&entries, EntryState::Anchor),
        "country_codes": self::countries(&entries).len(),
        "lists": store.lists().iter().map(list_json).collect::<Vec<_>>(),
        "revocation_lists": store.revocation_lists().iter().map(|l| json!({
            "source": l.source,
            "issuer": l.issuer,
            "state": if l.verified { "verified" } else { "unverified" },
            "this_update": l.this_update.to_string(),
            "next_update": l.next_update.map(|t| t.to_string()),
            "entries": l.entries,
        })).collect::<Vec<_>>(),
        "countries": countries,
    })
}

fn list_json(list: &ListSummary) -> Value {
    json!({
        "source": list.source,
        "state": state(list.state),
        "signature": if list.signature_holds { "valid" } else { "invalid" },
        "signer": list.signer,
        "vouched_by": list.vouched_by.as_ref().map(|(subject, sha256)| json!({
            "subject": subject,
            "sha256": hex::encode(sha256),
        })),
        "signing_time": list.signing_time.map(|t| t.to_string()),
        "certificates": list.certificates,
        "left_out": list.skipped,
    })
}

fn entry_json(entry: &Entry) -> Value {
    json!({
        "subject": entry.subject,
        "sha256": hex::encode(entry.sha256),
        "not_before": entry.validity.not_before.to_string(),
        "not_after": entry.validity.not_after.to_string(),
        "key": entry.key,
        "state": state(entry.state),
        "test": entry.is_test,
        "scope": entry.scope.as_ref().map(|s| json!({
            "states": s.states,
            "document_codes": s.document_codes,
        })),
        "source": entry.source,
    })
}

const fn state(state: EntryState) -> &'static str {
    match state {
        EntryState::Anchor => "anchor",
        EntryState::Unverified => "unverified",
    }
}

fn count(entries: &[Entry], state: EntryState) -> usize {
    entries.iter().filter(|e| e.state == state).count()
}

fn countries(entries: &[Entry]) -> BTreeSet<&str> {
    entries
        .iter()
        .filter_map(|e| e.country.as_deref())
        .collect()
}

/// By country, those without one first.
fn by_country(store: &TrustStore) -> BTreeMap<String, Vec<Entry>> {
    let mut map: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for entry in store.entries() {
        let country = entry.country.clone().unwrap_or_else(|| "-".to_owned());
        map.entry(tree::printable(&country))
            .or_default()
            .push(entry);
    }
    map
}

fn check_store(store: &TrustStore, now: UnixTime, manner: Manner) -> Result<Exit, Failure> {
    let mut odd: Vec<(&str, String)> = Vec::new();
    for entry in store.entries() {
        let subject = tree::printable(&entry.subject);
        let weak = entry.key.as_deref().is_none_or(is_weak);
        let oddities = [
            (entry.is_test, "test_marker"),
            (now > entry.validity.not_after, "expired"),
            (now < entry.validity.not_before, "not_yet_valid"),
            (weak, "weak_or_unusable_key"),
            (entry.state == EntryState::Unverified, "unverified"),
        ];
        for (_, what) in oddities.into_iter().filter(|(is_so, _)| *is_so) {
            odd.push((what, subject.clone()));
        }
    }
    for list in store.lists() {
        if list.state == EntryState::Unverified {
            odd.push(("unverified_list", list.source.clone()));
        }
        if list.skipped > 0 {
            odd.push((
                "unreadable_entries",
                format!("{}: {}", list.source, list.skipped),
            ));
        }
    }
    for list in store.revocation_lists() {
        if !list.verified {
            odd.push(("unverified_revocation_list", list.source.clone()));
        } else if list.next_update.is_some_and(|due| now > due) {
            odd.push(("stale_revocation_list", list.source));
        }
    }
    if store.is_empty() {
        odd.push((
            "no_anchor",
            manner.lang.of(lang::TRUST_NO_ANCHOR).to_owned(),
        ));
    }
    if manner.json {
        let odd: Vec<Value> = odd
            .iter()
            .map(|(what, which)| json!({"what": what, "which": which}))
            .collect();
        output::print_json(&json!({"schema": "chipid/trust-check/1", "odd": odd}))?;
    } else {
        let lines: String = odd
            .iter()
            .map(|(what, which)| format!("{}: {which}\n", oddity(what, manner.lang)))
            .collect();
        let odd = lang::TRUST_ODD.with([&odd.len()]).said(manner.lang);
        output::print(&format!("{lines}{}{odd}\n", summary(store, manner.lang)))?;
    }
    Ok(if odd.is_empty() { Exit::Done } else { Exit::No })
}

/// A word of the JSON, as a person reads it.
fn oddity(what: &str, lang: Lang) -> &str {
    lang.of(match what {
        "test_marker" => lang::ODD_TEST,
        "expired" => lang::ODD_EXPIRED,
        "not_yet_valid" => lang::ODD_NOT_YET,
        "weak_or_unusable_key" => lang::ODD_KEY,
        "unverified" => lang::ODD_UNVERIFIED,
        "unverified_list" => lang::ODD_LIST,
        "unreadable_entries" => lang::ODD_ENTRIES,
        "unverified_revocation_list" => lang::ODD_CRL,
        "stale_revocation_list" => lang::ODD_STALE_CRL,
        "no_anchor" => lang::ODD_NO_ANCHOR,
        other => return other,
    })
}

/// Keys that no new CSCA should have: RSA under 2048 bits, curves under 224 bits.
fn is_weak(key: &str) -> bool {
    key.strip_prefix("rsa-")
        .and_then(|bits| bits.parse::<u32>().ok())
        .is_some_and(|bits| bits < 2048)
}
