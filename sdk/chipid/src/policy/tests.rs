//! Every row of `docs/verdict.md`, each with a card, an issuer or an input that makes it happen.

mod attempts;
mod case;
mod chip;
mod combinations;
mod data;
mod files;
mod guardian;
mod liveness;
mod online;
mod person;
mod rule;
mod special;
mod vendor;

use super::built_in::COUNTER;
use super::{Policy, PolicyError, Requirement};
use crate::face::{Capture, Comparison, FaceOutcome, NotCompared, default_thresholds};
use crate::support::{self, rng};
use crate::{Assessment, Attempts, ClerkInput, Verdict, VerdictKind, codes, keys};
use case::*;
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::finding::{Check, Code, Severity, codes as core};
use chipid_emrtd::time::{DAY, Date, UnixTime};
use chipid_virtual_card::{
    Behaviour, CardAccess, CardData, FaceEncoding, Issuer, Period, Personaliser, Profile, Proof,
    Validity, VirtualCard, WrittenBirth,
};
use std::sync::OnceLock;
use std::time::Duration;
