"""Is this the genuine card, issued by the state, and is the person in front of us its holder?

chipid reads the chip of an ICAO 9303 passport or identity card, proves the data and the chip genuine, compares the portrait with a live
face, and gives one verdict with its grounds.

    with chipid.Keys.can(can) as keys, chipid.Reading(keys) as reading, chipid.Trust() as trust:
        trust.add_file("csca.der", chipid.Anchor.IDENTITY_CARDS)
        document = await reading.read(transmit)
        with chipid.Assessment(document, trust) as assessment:
            verdict = chipid.Policy.built_in("document-only").decide(assessment)

Everything that holds a person's data is a context manager: what Rust holds of it is wiped when it is closed.
"""

from ._generated.chipid_mobile import version as _version
from .assessment import Assessment, Liveness, LivenessResult, VendorComparison, VendorMatch
from .confirmation import (
    ActiveAuthentication,
    ConfirmationAnswer,
    ConfirmationRequest,
    DataGroupDigest,
    Unreachable,
    is_signed_by,
)
from .document import Document
from .error_code import ErrorCode, TransportCode
from .errors import ChipidError, TransportError
from .faces import Capture, Faces, LiveImages, Plane
from .files import File, file_name
from .keys import Keys
from .policy import Policy
from .readers import Cancel, Reader, readers
from .reading import Phase, Progress, Reading
from .trust import Anchor, Trust
from .verdict import Answer, Check, CheckStatus, Difference, Ground, Holder, HolderField, Severity, Statement, Verdict

__version__: str = _version()

__all__ = [
    "ActiveAuthentication",
    "Anchor",
    "Answer",
    "Assessment",
    "Cancel",
    "Capture",
    "Check",
    "CheckStatus",
    "ChipidError",
    "ConfirmationAnswer",
    "ConfirmationRequest",
    "DataGroupDigest",
    "Difference",
    "Document",
    "ErrorCode",
    "Faces",
    "File",
    "Ground",
    "Holder",
    "HolderField",
    "Keys",
    "LiveImages",
    "Liveness",
    "LivenessResult",
    "Phase",
    "Plane",
    "Policy",
    "Progress",
    "Reader",
    "Reading",
    "Severity",
    "Statement",
    "TransportCode",
    "TransportError",
    "Trust",
    "Unreachable",
    "VendorComparison",
    "VendorMatch",
    "Verdict",
    "__version__",
    "file_name",
    "is_signed_by",
    "readers",
]
