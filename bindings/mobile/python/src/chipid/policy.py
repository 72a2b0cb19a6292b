"""By what a document and a face are judged."""

from __future__ import annotations

from ._generated import chipid_mobile as ffi
from ._native import Buffer, Native, call, native_of, octets
from .assessment import Assessment
from .error_code import ErrorCode
from .errors import ChipidError
from .verdict import Verdict


class Policy(Native[ffi.Policy]):
    """By what a document and a face are judged, for any number of threads at once."""

    __slots__ = ()

    @classmethod
    def built_in(cls, name: str) -> Policy:
        """A built-in policy: counter, transfer, one-stop, document-only, data-cleaning, reading-only, demo."""
        return cls(call(ffi.Policy.built_in, name))

    @classmethod
    def from_toml(cls, toml: str | Buffer) -> Policy:
        """A policy of one's own, as TOML: the text, or a file's bytes."""
        text = toml if isinstance(toml, str) else _text(octets(toml))
        if text is None:
            raise ChipidError(ErrorCode.NOT_TEXT, "the bytes are not UTF-8")
        return cls(call(ffi.Policy.from_toml, text))

    def decide(self, assessment: Assessment) -> Verdict:
        """Decides. The assessment cannot be changed while the verdict lives."""
        return Verdict(call(self._ffi.decide, native_of(assessment, Assessment)))


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None
