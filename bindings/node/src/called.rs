//! What a call of the event loop was given, until its turn in libuv's pool comes: what is done to the objects meanwhile is not in it.

use crate::assessment::{Assessed, Assessment, time};
use crate::document::{Document, Read};
use crate::edge::Trouble;
use crate::faces::{Faces, LiveImages};
use crate::place::{Counted, Taken};
use crate::trust::{self, Anchors, Trust};
use crate::work::{Work, in_pool};
use chipid::{FaceComparer, Misuse, UnixTime, clock};
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use std::sync::{Arc, Mutex, PoisonError};

/// A document, as it was when its assessment was asked for, and the store that it is to be verified against.
#[napi]
pub struct Verification {
    asked: Once<Asked>,
}

struct Asked {
    read: Read,
    anchors: Arc<Counted<Mutex<Anchors>>>,
    given: Option<UnixTime>,
}

#[napi]
impl Verification {
    /// Of a document at a time in seconds since 1970, or now.
    #[napi(factory)]
    pub fn of(document: &Document, trust: &Trust, seconds: Option<f64>) -> napi::Result<Self> {
        Ok(Self {
            asked: Once::new(Asked {
                read: document.snapshot()?,
                anchors: trust.anchors.value()?,
                given: seconds.map(time),
            }),
        })
    }

    /// Does it, when all that was added to the store before is in it.
    #[napi]
    pub fn run(&self) -> napi::Result<AsyncTask<Work<Assessment>>> {
        let Asked {
            read,
            anchors,
            given,
        } = self.asked.take()?;
        Ok(in_pool(move || {
            let store = trust::store(&anchors)?;
            let bytes = read.len();
            let now = given.unwrap_or_else(clock::now);
            let verification = read.unverified.verify(&store, now);
            let assessment = chipid::Assessment::new(verification).with_given(&read.beside);
            Ok(Assessment::of(Assessed {
                assessment: Arc::new(assessment),
                time_given: given.is_some(),
                bytes,
            }))
        }))
    }
}

/// An assessment that nobody else changes until its portrait was compared, and the models.
#[napi]
pub struct Comparison {
    asked: Once<(Arc<Counted<FaceComparer>>, Taken<Assessed>)>,
}

#[napi]
impl Comparison {
    /// Of an assessment that no verdict stands on.
    #[napi(factory)]
    pub fn of(assessment: &Assessment, faces: &Faces) -> napi::Result<Self> {
        let comparer = faces.comparer.value()?;
        let mut assessed = assessment.assessed.take()?;
        assessed.value()?.change()?;
        Ok(Self {
            asked: Once::new((comparer, assessed)),
        })
    }

    /// Compares, when all that was added to the images before is in them.
    #[napi]
    pub fn run(&self, images: &LiveImages) -> napi::Result<AsyncTask<Work<()>>> {
        let (comparer, mut assessed) = self.asked.take()?;
        let mut images = images.images.take()?;
        Ok(in_pool(move || {
            let assessment = assessed.value()?.change()?;
            Ok(assessment.compare_face(&comparer, images.value()?)?)
        }))
    }
}

/// What is used once.
struct Once<T>(Mutex<Option<T>>);

impl<T> Once<T> {
    const fn new(value: T) -> Self {
        Self(Mutex::new(Some(value)))
    }

    fn take(&self) -> Result<T, Trouble> {
        let value = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        value.ok_or_else(|| Misuse::ForeignHandle.into())
    }
}
