"""What a document is worth: its signatures, the chip's proofs, the face, and what the caller adds."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from ._generated import chipid_mobile as ffi
from ._native import Buffer, Native, Secret, call, native_of, octets, secret
from ._threads import on_own_thread
from .confirmation import ConfirmationAnswer, ConfirmationRequest, Unreachable
from .document import Document
from .faces import Capture, Faces, LiveImages
from .keys import Keys, day_of
from .trust import Trust


class LivenessResult(Enum):
    """What a liveness check came to."""

    PASSED = ffi.LivenessResult.PASSED
    """A living person."""
    FAILED = ffi.LivenessResult.FAILED
    """A picture, a screen, a mask."""
    UNCERTAIN = ffi.LivenessResult.UNCERTAIN
    """It could not say."""


@dataclass(frozen=True)
class Liveness:
    """What a liveness check of the caller's came to (another vendor's: chipid has none)."""

    result: LivenessResult
    capture: Capture
    """Where the images came from; it must be that of the images that were compared."""
    at: datetime.datetime
    """When it was made."""
    vendor: str
    """Who made the check."""
    version: str
    """Which version of theirs."""
    basis: str
    """By what it is known to work: certificate or test report."""
    images: Sequence[Buffer] = field(repr=False)
    """The images that the check looked at, as `LiveImages.digests` gives them. A result counts only where every image that was compared is
    among them."""


class VendorMatch(Enum):
    """What a vendor's face engine said."""

    MATCH = ffi.VendorMatch.MATCH
    """One person."""
    MISMATCH = ffi.VendorMatch.MISMATCH
    """Two persons."""
    UNCERTAIN = ffi.VendorMatch.UNCERTAIN
    """It could not say."""


@dataclass(frozen=True)
class VendorComparison:
    """A comparison by another maker's face engine. It counts where the policy names vendor and certificate."""

    result: VendorMatch
    """What came out, by the vendor's own threshold."""
    vendor: str
    """Whose engine."""
    version: str
    """Which version of theirs."""
    certificate: str
    """By what it is known to work: certificate or test report."""
    capture: Capture
    """Where the images came from."""
    at: datetime.datetime
    """When it was made."""
    portrait: Buffer = field(repr=False)
    """The portrait that was compared: `Assessment.portrait_digest`."""
    images: Sequence[Buffer] = field(repr=False)
    """The images that it looked at, as `LiveImages.digests` gives them."""


class Assessment(Native[ffi.Assessment]):
    """Everything that is known of one document and one person. It cannot be changed while a verdict over it lives (8903): close that."""

    __slots__ = ()

    def __init__(self, document: Document, trust: Trust, *, at: datetime.datetime | int | None = None) -> None:
        """Verifies a document at a time (with a time zone, or in seconds since 1970; none: now, by the system's clock), and compares what
        came with its key with the signed data."""
        time = None if at is None else _seconds(at)
        super().__init__(call(ffi.Assessment, native_of(document, Document), native_of(trust, Trust), time))

    def compare_keys(self, keys: Keys) -> None:
        """Compares what came with a key (QR code, zone, number) with the signed data: for a document that was not opened with that key. What
        opened a document is compared without this call."""
        call(self._ffi.compare_keys, native_of(keys, Keys))

    def compare_typed(
        self, *, name: Secret | None = None, number: Secret | None = None, birth: datetime.date | int | None = None
    ) -> None:
        """Compares what was typed or is in a record with the signed data. `None` is not compared; what is empty agrees with nobody's. The day
        of birth may be `YYYYMMDD` in a number, too. A call with nothing is refused (8901)."""
        given = ffi.Typed(
            name=name is not None,
            number=number is not None,
            birth=None if birth is None else day_of(birth),
        )
        call(self._ffi.compare_typed, secret(name or b""), secret(number or b""), given)

    def compare_face(self, faces: Faces, images: LiveImages) -> None:
        """Compares the chip's portrait, where it is proven, with live images, blocking for some hundred milliseconds. Several images of one
        moment belong into one call: every further call counts as another attempt of a person who did not match."""
        call(self._ffi.compare_face, native_of(faces, Faces), native_of(images, LiveImages))

    async def compare_face_async(self, faces: Faces, images: LiveImages) -> None:
        """The same on another thread. A task that is cancelled meanwhile waits for the comparison's end, and it counts."""
        await on_own_thread(lambda: self.compare_face(faces, images))

    def add_liveness(self, liveness: Liveness) -> None:
        """Takes the caller's liveness check, another maker's: chipid has none. It counts only for the images that it looked at."""
        given = ffi.Liveness(
            result=LivenessResult(liveness.result).value,
            capture=Capture(liveness.capture).value,
            at=_seconds(liveness.at),
            vendor=liveness.vendor,
            version=liveness.version,
            basis=liveness.basis,
            images=[octets(image) for image in liveness.images],
        )
        call(self._ffi.add_liveness, given)

    def add_vendor_comparison(self, comparison: VendorComparison) -> None:
        """Takes a comparison by another maker's face engine. It counts for this document's portrait and for the images that all else
        speaks of, where the policy names vendor and certificate."""
        given = ffi.VendorComparison(
            result=VendorMatch(comparison.result).value,
            vendor=comparison.vendor,
            version=comparison.version,
            certificate=comparison.certificate,
            capture=Capture(comparison.capture).value,
            at=_seconds(comparison.at),
            portrait=octets(comparison.portrait),
            images=[octets(image) for image in comparison.images],
        )
        call(self._ffi.add_vendor_comparison, given)

    def confirmation_request(self, *, nonce: Buffer = b"", consent: str = "") -> ConfirmationRequest:
        """What a confirmation service may ask for, of a document whose digests and signature hold (else 8204). `nonce`: sixteen bytes that
        were drawn and kept for this question; empty for fresh ones. `consent`: the identifier of the person's consent."""
        made = call(ffi.ConfirmationRequest.of, self._ffi, octets(nonce), secret(consent))
        return ConfirmationRequest(made)

    def add_confirmation(self, request: ConfirmationRequest, answer: ConfirmationAnswer | Unreachable) -> None:
        """Takes what a confirmation service answered to the request, or why it did not. The request is taken too: one question has one
        answer, and a second one is refused (8902)."""
        asked = native_of(request, ConfirmationRequest)
        if isinstance(answer, Unreachable):
            call(self._ffi.add_no_confirmation, asked, answer.value)
            return
        given = ffi.ConfirmationAnswer(
            confirmed=answer.confirmed is True,
            service=answer.service,
            transaction=answer.transaction,
            number=answer.number,
            signer_sha256=octets(answer.signer_sha256),
            nonce=octets(answer.nonce),
            answered_at=_seconds(answer.answered_at),
        )
        call(self._ffi.add_confirmation, asked, given)

    def set_attempts(
        self, *, made: int, failed_before: int = 0, session: datetime.timedelta = datetime.timedelta(0)
    ) -> None:
        """Says how many comparisons this session has seen, this one included, how many of those before it did not match, and how old it is.
        Policies bound them; without this call only the comparisons made here are counted. "This one" is the first that will be made here or, where
        there was one, the last; every further one here is added to both numbers, and they only grow."""
        call(self._ffi.set_attempts, made, failed_before, int(session.total_seconds()))

    def json(self, *fields: str) -> str:
        """The report as JSON without a verdict: what was found, before anybody judges. `fields` as for `Verdict.holder`."""
        return call(self._ffi.json, list(fields))

    @property
    def portrait(self) -> bytes | None:
        """The portrait as the chip has it (JPEG or JPEG 2000). `None` where its issuer is not verified: anybody can sign a portrait."""
        return call(self._ffi.portrait)

    @property
    def portrait_digest(self) -> bytes | None:
        """What ties a `VendorComparison` to the portrait of this document: SHA-256 over DG2. `None` where no portrait is proven."""
        return call(self._ffi.portrait_digest)


def _seconds(at: datetime.datetime | int) -> int:
    if isinstance(at, datetime.datetime):
        if at.tzinfo is None:
            raise ValueError("a time without a time zone is no moment")
        return int(at.timestamp())
    if isinstance(at, bool) or not isinstance(at, int):
        raise TypeError(f"a datetime or seconds since 1970 are wanted, not {type(at).__name__}")
    return at
