//! One answer over two cards: the verdict's rule, with grounds of both and of what is between them.

use super::{GuardianCheck, Kinship, KinshipBasis, Relation};
use crate::assessment::Assessment;
use crate::codes;
use crate::policy::{Policy, Requirement};
use crate::verdict::{Ground, Verdict, VerdictKind};
use chipid_emrtd::finding::{Code, Severity};
use chipid_vietnam::kinship::{NameMatch, names_a_parent};

/// Full age (Civil Code 2015, Article 20).
const OF_AGE: u16 = 18;

/// Whose ground it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// The child's.
    Child,
    /// The guardian's.
    Guardian,
    /// What is between the two.
    Both,
}

impl Party {
    /// `child`, `guardian` or `both`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Guardian => "guardian",
            Self::Both => "both",
        }
    }
}

/// A ground, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GuardianGround {
    /// Whose.
    pub of: Party,
    /// The ground.
    pub ground: Ground,
}

/// What was decided over two cards.
#[derive(Clone, Debug)]
pub struct GuardianVerdict {
    /// The answer.
    pub kind: VerdictKind,
    /// Everything that led to it, the worst first, in a fixed order.
    pub grounds: Vec<GuardianGround>,
    /// On what evidence the guardian is one: the strongest that the policy takes, else the strongest there is.
    pub kinship: Option<Kinship>,
    /// The child's card alone.
    pub child: Verdict,
    /// The guardian's card and face.
    pub guardian: Verdict,
}

impl GuardianVerdict {
    /// Whether a ground with this code stands, whosever it is.
    #[must_use]
    pub fn has(&self, code: Code) -> bool {
        self.grounds.iter().any(|g| g.ground.code == code)
    }
}

impl GuardianCheck<'_> {
    /// Decides by one policy: the guardian by all of it, the child by [`Policy::without_face`] of it.
    #[must_use]
    pub fn decide(&self, policy: &Policy) -> GuardianVerdict {
        self.decide_by(&policy.without_face(), policy)
    }

    /// Decides by a policy for each; the guardian's says which evidence of kinship suffices.
    #[must_use]
    pub fn decide_by(&self, for_child: &Policy, for_guardian: &Policy) -> GuardianVerdict {
        let child = for_child.decide(self.child);
        let guardian = for_guardian.decide(self.guardian);
        let (kinship, between) = self.between(for_guardian);
        let mine = |of: Party| {
            move |ground: &Ground| GuardianGround {
                of,
                ground: *ground,
            }
        };
        let mut grounds: Vec<GuardianGround> = between
            .iter()
            .map(mine(Party::Both))
            .chain(child.grounds.iter().map(mine(Party::Child)))
            .chain(guardian.grounds.iter().map(mine(Party::Guardian)))
            .collect();
        grounds.sort_by(|a, b| {
            let (x, y) = (&a.ground, &b.ground);
            y.severity
                .cmp(&x.severity)
                .then_with(|| a.of.cmp(&b.of))
                .then_with(|| x.code.name().cmp(y.code.name()))
                .then_with(|| x.file.cmp(&y.file))
                .then_with(|| x.detail.cmp(&y.detail))
        });
        let kind = match grounds.first().map(|g| g.ground.severity) {
            Some(Severity::Fatal) => VerdictKind::Reject,
            Some(Severity::Doubt) => VerdictKind::Undecided,
            Some(Severity::Note) | None => VerdictKind::Accept,
        };
        GuardianVerdict {
            kind,
            grounds,
            kinship,
            child,
            guardian,
        }
    }

    /// What is between the two: who they are to each other, and whether they are two.
    fn between(&self, policy: &Policy) -> (Option<Kinship>, Vec<Ground>) {
        let mut grounds = Vec::new();
        // What no severity of a policy's can do away with: without it there is no guardian.
        let floor = |code: Code| match code {
            codes::KINSHIP_BY_NAME | codes::KINSHIP_SPELT_DIFFERENTLY => Severity::Note,
            _ => Severity::Doubt,
        };
        let mut add = |code: Code, detail: Option<&'static str>| {
            grounds.push(Ground {
                code,
                severity: policy.severity(code).max(floor(code)),
                file: None,
                detail,
            });
        };
        for requirement in [Requirement::ChipGenuine, Requirement::Face] {
            if policy.requires().all(|r| r != requirement) {
                add(codes::REQUIRED_CHECK_MISSING, Some(requirement.name()));
            }
        }
        if !self.is_one_case(policy) {
            add(codes::CARDS_NOT_TOGETHER, None);
        }
        if same_person(self.child, self.guardian) {
            add(codes::GUARDIAN_IS_CHILD, None);
        }
        let reaches = |of: &Assessment| {
            let age = of.special.and_then(|holder| holder.age);
            age.map(|age| age.reaches(OF_AGE))
        };
        match reaches(self.guardian) {
            Some(Some(true)) => {}
            Some(Some(false)) => add(codes::GUARDIAN_UNDER_AGE, None),
            Some(None) => add(codes::GUARDIAN_UNDER_AGE, Some("perhaps")),
            None => add(codes::GUARDIAN_UNDER_AGE, Some("unknown")),
        }
        match reaches(self.child) {
            Some(Some(false)) => {}
            Some(Some(true)) => add(codes::WARD_OF_AGE, None),
            Some(None) => add(codes::WARD_OF_AGE, Some("perhaps")),
            None => add(codes::WARD_OF_AGE, Some("unknown")),
        }
        if let Some(detail) = self.contradiction() {
            add(codes::KINSHIP_CONTRADICTED, Some(detail));
        } else if self.claims_parent() && self.chip_names_others() {
            add(codes::KINSHIP_CONTRADICTED, Some("chip_names_another"));
        }
        let evidence = self.evidence();
        let suffices = |kinship: &&Kinship| policy.takes_kinship(kinship.basis());
        let taken = evidence.iter().find(suffices).copied();
        let kinship = taken.or_else(|| evidence.first().copied());
        match (taken, kinship) {
            (Some(taken), _) => match taken.names() {
                Some(NameMatch::Exact) => {
                    add(codes::KINSHIP_BY_NAME, Some(taken.basis().name()));
                }
                Some(_) => add(codes::KINSHIP_SPELT_DIFFERENTLY, Some(taken.basis().name())),
                None => {}
            },
            (None, Some(weak)) => add(codes::KINSHIP_INSUFFICIENT, Some(weak.basis().name())),
            (None, None) => add(codes::KINSHIP_MISSING, None),
        }
        (kinship, grounds)
    }

    /// Whether both cards were checked within one session: what held of a card last month may not hold today.
    fn is_one_case(&self, policy: &Policy) -> bool {
        let (_, session) = policy.session_limits();
        let apart = self
            .child
            .checked_at()
            .0
            .abs_diff(self.guardian.checked_at().0);
        apart <= session.as_secs()
    }

    /// Whether the guardian is said to be a parent, by the QR code or by themselves.
    fn claims_parent(&self) -> bool {
        self.declared == Some(Relation::Parent) || self.by_qr().is_some()
    }

    fn chip_names_others(&self) -> bool {
        self.by_chip().is_none() && self.child_dg13().is_some_and(names_a_parent)
    }
}

/// One number, or one document.
fn same_person(one: &Assessment, other: &Assessment) -> bool {
    let (Some(one), Some(other)) = (one.holder(), other.holder()) else {
        return false;
    };
    if !one.personal_number.is_empty() && !other.personal_number.is_empty() {
        // Document numbers are the last nine of twelve digits: two people may share them.
        return one.personal_number == other.personal_number;
    }
    one.document_number == other.document_number
        && one.document_type == other.document_type
        && one.nationality == other.nationality
}

impl Policy {
    /// The same policy without what only a person in front of a camera can give: for a child's card beside a guardian's.
    #[must_use]
    pub fn without_face(&self) -> Self {
        use Requirement::{Capture, Face, Liveness};
        let mut policy = self.clone();
        policy.drop_requirements(&[Face, Capture, Liveness]);
        policy
    }

    /// Whether this evidence of kinship suffices.
    #[must_use]
    pub fn takes_kinship(&self, basis: KinshipBasis) -> bool {
        self.kinship().contains(&basis)
    }
}
