//! Two cards, one case: a child, and the grown-up who acts for it.
//!
//! Each card is judged by a policy; the guardian's face is compared, the child's need not be. What is asked beside that
//! is who the guardian is to the child, and on what evidence: a policy says which evidence suffices, and without any
//! nobody is accepted as a guardian.

mod decide;

pub use decide::{GuardianGround, GuardianVerdict, Party};

use crate::assessment::Assessment;
use chipid_emrtd::mrz;
use chipid_vietnam::dg13::Dg13;
use chipid_vietnam::kinship::{
    NameMatch, Parent, age_fits_parent, named_in_qr, parent_in_dg13, spouse_is_other_parent,
};
use chipid_vietnam::qr::QrText;
use chipid_vietnam::sex::Sex;
use serde::Deserialize;

/// On what evidence somebody is held to be a child's guardian, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KinshipBasis {
    /// DG13 of the child's chip names the parent: signed, and by name alone.
    Chip,
    /// The QR code on the child's card names the parent: anybody can print one.
    QrUnsigned,
    /// Somebody says so, on paper or by mouth.
    Declared,
}

impl KinshipBasis {
    /// All of them, the strongest first.
    pub const ALL: [Self; 3] = [Self::Chip, Self::QrUnsigned, Self::Declared];

    /// `chip`, `qr_unsigned` or `declared`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chip => "chip",
            Self::QrUnsigned => "qr_unsigned",
            Self::Declared => "declared",
        }
    }
}

/// What somebody declared to be to the child. No card says any of these but a parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Relation {
    /// Father or mother.
    Parent,
    /// Grandfather or grandmother.
    Grandparent,
    /// Brother or sister.
    Sibling,
    /// Appointed by a court or a commune.
    Appointed,
    /// Somebody else.
    Other,
}

impl Relation {
    /// `parent`, `grandparent`, `sibling`, `appointed` or `other`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Grandparent => "grandparent",
            Self::Sibling => "sibling",
            Self::Appointed => "appointed",
            Self::Other => "other",
        }
    }

    /// The relation with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [
            Self::Parent,
            Self::Grandparent,
            Self::Sibling,
            Self::Appointed,
            Self::Other,
        ]
        .into_iter()
        .find(|relation| relation.name() == name)
    }
}

/// One piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// [`KinshipBasis::Chip`].
    Chip {
        /// Which parent the chip says.
        parent: Parent,
        /// How well the name agrees.
        names: NameMatch,
        /// Whether the guardian's own chip names the child's other parent as spouse, where both say it.
        spouse: Option<bool>,
    },
    /// [`KinshipBasis::QrUnsigned`]. Which parent cannot be told.
    QrUnsigned {
        /// How well the name agrees.
        names: NameMatch,
    },
    /// [`KinshipBasis::Declared`].
    Declared {
        /// As what.
        relation: Relation,
    },
}

impl Kinship {
    /// The kind of evidence.
    #[must_use]
    pub const fn basis(self) -> KinshipBasis {
        match self {
            Self::Chip { .. } => KinshipBasis::Chip,
            Self::QrUnsigned { .. } => KinshipBasis::QrUnsigned,
            Self::Declared { .. } => KinshipBasis::Declared,
        }
    }

    /// `father`, `mother`, `parent` or what was declared.
    #[must_use]
    pub const fn relation(self) -> &'static str {
        match self {
            Self::Chip { parent, .. } => parent.name(),
            Self::QrUnsigned { .. } => "parent",
            Self::Declared { relation } => relation.name(),
        }
    }

    /// How well the names agree, where evidence is by name.
    #[must_use]
    pub const fn names(self) -> Option<NameMatch> {
        match self {
            Self::Chip { names, .. } | Self::QrUnsigned { names } => Some(names),
            Self::Declared { .. } => None,
        }
    }
}

/// A child's card and a guardian's, and what is said of the two.
#[derive(Clone, Copy, Debug)]
pub struct GuardianCheck<'a> {
    child: &'a Assessment,
    guardian: &'a Assessment,
    child_qr: Option<&'a QrText>,
    declared: Option<Relation>,
}

impl<'a> GuardianCheck<'a> {
    /// Of these two, each read and assessed by itself.
    #[must_use]
    pub const fn new(child: &'a Assessment, guardian: &'a Assessment) -> Self {
        Self {
            child,
            guardian,
            child_qr: None,
            declared: None,
        }
    }

    /// With the text of the QR code on the child's card. One of another card is no evidence.
    #[must_use]
    pub const fn with_child_qr(mut self, qr: &'a QrText) -> Self {
        self.child_qr = Some(qr);
        self
    }

    /// With what the guardian says to be.
    #[must_use]
    pub const fn declared(mut self, relation: Relation) -> Self {
        self.declared = Some(relation);
        self
    }

    /// All evidence that holds, the strongest first. Where the two cards say what no parent and child can be (a mother
    /// of male sex, eight years between them), a matching name is a namesake's.
    #[must_use]
    pub fn evidence(&self) -> Vec<Kinship> {
        let declared = self.declared.map(|relation| Kinship::Declared { relation });
        let plausible = self.contradiction().is_none();
        [
            self.by_chip().filter(|_| plausible),
            self.by_qr().filter(|_| plausible),
            declared,
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn child_dg13(&self) -> Option<&'a Dg13> {
        self.child.vietnamese().map(|data| data.dg13())
    }

    fn by_chip(&self) -> Option<Kinship> {
        let child = self.child_dg13()?;
        let (parent, names) = parent_in_dg13(child, &self.guardian.holder()?.name)?;
        let own = self.guardian.vietnamese().map(|data| data.dg13());
        let spouse = own.and_then(|own| spouse_is_other_parent(child, parent, own));
        Some(Kinship::Chip {
            parent,
            names,
            spouse,
        })
    }

    fn by_qr(&self) -> Option<Kinship> {
        let qr = self.child_qr?;
        let child = self.child.holder()?;
        // Of another card, or of nobody's: it says nothing of this child.
        if qr.number.as_str() != child.personal_number.as_str() {
            return None;
        }
        let names = named_in_qr(qr, &self.guardian.holder()?.name);
        (names > NameMatch::Different).then_some(Kinship::QrUnsigned { names })
    }

    /// What the two cards themselves say against a guardian who is named as parent: `sex` or `age`.
    fn contradiction(&self) -> Option<&'static str> {
        let guardian = self.guardian.holder()?;
        let sex = match guardian.sex {
            mrz::Sex::Male => Some(Sex::Male),
            mrz::Sex::Female => Some(Sex::Female),
            mrz::Sex::Unspecified => None,
        };
        if let (Some(Kinship::Chip { parent, .. }), Some(sex)) = (self.by_chip(), sex)
            && parent.sex() != sex
        {
            return Some("sex");
        }
        let named = self.by_chip().or_else(|| self.by_qr()).is_some();
        let age = |of: &Assessment| of.special.and_then(|holder| holder.age);
        let (parent, child) = age(self.guardian).zip(age(self.child))?;
        (named && !age_fits_parent(parent, child)).then_some("age")
    }
}
