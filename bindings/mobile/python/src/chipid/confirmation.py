"""Asking the issuer, or whoever may ask it, whether a document is theirs. The application asks; this says what to ask for, and how the
answer is told."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import Enum

from ._generated import chipid_mobile as ffi
from ._native import Buffer, Native, call, octets


class Unreachable(Enum):
    """Why there is no answer."""

    NO_CONNECTION = ffi.Unreachable.NO_CONNECTION
    TIMED_OUT = ffi.Unreachable.TIMED_OUT
    REFUSED = ffi.Unreachable.REFUSED
    UNREADABLE = ffi.Unreachable.UNREADABLE
    """The answer is not understood."""
    NOT_AUTHENTIC = ffi.Unreachable.NOT_AUTHENTIC
    """The answer is not proven to be the service's."""


@dataclass(frozen=True, repr=False)
class DataGroupDigest:
    """A data group's digest, by the algorithm of EF.SOD."""

    data_group: int
    """The number of the data group."""
    value: bytes
    """The digest over what was read."""
    status: str
    """Whether it is the one that was signed, as a permanent word."""

    def __repr__(self) -> str:
        return f"DataGroupDigest({self.data_group}, {self.status!r})"


@dataclass(frozen=True, repr=False)
class ActiveAuthentication:
    """What the chip answered to a challenge."""

    challenge: bytes
    signature: bytes

    def __repr__(self) -> str:
        return f"ActiveAuthentication({len(self.signature)} bytes of signature)"


@dataclass(frozen=True, repr=False)
class ConfirmationAnswer:
    """What a service said, with what binds it to its question: number, signer, nonce and time are what the service says, never copied
    from the request. Whether the answer is the service's own is for the application to know (`is_signed_by`)."""

    confirmed: bool
    """Whether the document is confirmed; else it is denied."""
    service: str
    """Who answered."""
    number: str
    """The number that it speaks of."""
    signer_sha256: bytes
    """SHA-256 over the certificate of the document signer that it speaks of."""
    nonce: bytes
    """The nonce that it was asked with."""
    answered_at: datetime.datetime
    """When it answered, by its clock."""
    transaction: str | None = None
    """The service's own number for its answer."""

    def __repr__(self) -> str:
        return f"ConfirmationAnswer({'confirmed' if self.confirmed else 'denied'})"


class ConfirmationRequest(Native[ffi.ConfirmationRequest]):
    """What a confirmation service may ask for: `Assessment.confirmation_request`. It holds a person's data: send it to whom the person
    agreed to, and keep nothing of it. Its answer takes it: any later use is a `ChipidError` 8902."""

    __slots__ = ()

    @property
    def nonce(self) -> bytes:
        """The nonce that the answer must come back with."""
        return call(self._ffi.nonce)

    @property
    def number(self) -> bytes:
        """The number that is asked about, UTF-8."""
        return call(self._ffi.number)

    @property
    def made_at(self) -> datetime.datetime:
        """When it was made."""
        return datetime.datetime.fromtimestamp(call(self._ffi.made_at), datetime.timezone.utc)

    @property
    def digest_algorithm(self) -> str | None:
        """The algorithm of the digests."""
        return call(self._ffi.digest_algorithm)

    @property
    def digests(self) -> tuple[DataGroupDigest, ...]:
        """The digests of the data groups among the files."""
        return tuple(DataGroupDigest(d.data_group, d.value, d.status) for d in call(self._ffi.digests))

    @property
    def document_signer_pem(self) -> str | None:
        """The certificate of the document signer, PEM."""
        return call(self._ffi.document_signer_pem)

    @property
    def signer_sha256(self) -> bytes | None:
        """SHA-256 over the certificate of the document signer: an answer has to say the same."""
        return call(self._ffi.signer_sha256)

    @property
    def active_authentication(self) -> ActiveAuthentication | None:
        """What the chip answered to a challenge, where it was asked."""
        answer = call(self._ffi.active_authentication)
        return None if answer is None else ActiveAuthentication(answer.challenge, answer.signature)

    def file(self, file: int) -> bytes | None:
        """A file as the chip gave it, where services want it: EF.COM, EF.SOD, DG1, DG2, DG13, DG14, DG15."""
        return call(self._ffi.file, int(file))


def is_signed_by(certificate: Buffer, answer: Buffer, signature: Buffer) -> bool:
    """Whether `signature` signs `answer` under the key of the service's certificate (DER or PEM): ECDSA, or RSA with PKCS#1 v1.5, over
    SHA-256. Whether that certificate is the service's is the caller's to know."""
    return call(ffi.is_signed_by, octets(certificate), octets(answer), octets(signature))
