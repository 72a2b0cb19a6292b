"""The one answer, with its grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from ._generated import chipid_mobile as ffi
from ._native import Native, call


class Answer(Enum):
    """The answer. It is neither true nor false: compare it with `Answer.ACCEPT`."""

    UNDECIDED = "undecided"
    """Nobody can say: a person decides, or something is done and asked again."""
    ACCEPT = "accept"
    """Everything that the policy requires holds. What that means is its purpose: only one that requires chip and face speaks of the holder."""
    REJECT = "reject"
    """Not."""

    def __bool__(self) -> bool:
        raise TypeError("an answer has three values: compare it with Answer.ACCEPT")


class Severity(Enum):
    """What a ground does under the policy."""

    NOTE = "note"
    """It is noticed, and changes nothing."""
    DOUBT = "doubt"
    """Nobody is accepted with it."""
    FATAL = "fatal"
    """It rejects."""


class CheckStatus(Enum):
    """What a check came to."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_PERFORMED = "not_performed"


@dataclass(frozen=True)
class Ground:
    """One reason of a verdict."""

    code: str
    """What was noticed, as a permanent word."""
    severity: Severity
    """What it does under the policy."""
    file: str | None
    """The file that it is about, as `DG1`."""
    detail: str | None
    """More of it, as a permanent word."""


@dataclass(frozen=True)
class Check:
    """One check of a report."""

    status: CheckStatus
    reason: str | None
    """Why it did not pass, as a permanent word."""


@dataclass(frozen=True, repr=False)
class HolderField:
    """One thing that is said of the holder or the card."""

    value: str | None
    """What the signed data say, verbatim; days as `YYYY-MM-DD`."""
    missing: str | None
    """Why there is no value, as a permanent word."""

    def __repr__(self) -> str:
        return f"HolderField(missing={self.missing!r})" if self.missing else "HolderField(…)"


@dataclass(frozen=True, repr=False)
class Holder:
    """What the signed data say of the holder, as far as it was asked for."""

    trust: str
    """Who vouches for it, as a permanent word."""
    fields: Mapping[str, HolderField]
    """By permanent name."""

    def __getitem__(self, name: str) -> str | None:
        """The value of a field; `None` where it has none."""
        return self.fields[name].value

    def __repr__(self) -> str:
        return f"Holder(trust={self.trust!r}, {len(self.fields)} fields)"


@dataclass(frozen=True, repr=False)
class Statement:
    """What one source says."""

    source: str
    """Who says it, as a permanent word."""
    value: str | None
    """What it says; `None` where the field that it speaks of was not asked for."""

    def __repr__(self) -> str:
        return f"Statement(source={self.source!r})"


@dataclass(frozen=True)
class Difference:
    """Two sources that contradict each other."""

    subject: str
    """What they speak of, as a permanent word."""
    code: str
    """The code of the finding that stands for it."""
    first: Statement
    """The source that is believed more."""
    second: Statement


class Verdict(Native[ffi.Verdict]):
    """A verdict, with what it was made of. Itself it is neither true nor false: ask for its `answer`."""

    __slots__ = ()

    @property
    def answer(self) -> Answer:
        """The answer. Of a verdict that was closed it is *undecided*."""
        if self.closed:
            return Answer.UNDECIDED
        return _ANSWERS.get(call(self._ffi.answer), Answer.UNDECIDED)

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Everything that led to it, the worst first, in a fixed order."""
        return tuple(Ground(g.code, Severity(g.severity), g.file, g.detail) for g in call(self._ffi.grounds))

    @property
    def checks(self) -> Mapping[str, Check]:
        """Every check of the report, by name, in its order."""
        checks = {c.name: Check(CheckStatus(c.status), c.reason) for c in call(self._ffi.checks)}
        return MappingProxyType(checks)

    @property
    def face_similarity(self) -> float | None:
        """The similarity of the faces in [-1, 1], to four digits, where they were compared."""
        return call(self._ffi.face_similarity)

    def holder(self, *fields: str) -> Holder | None:
        """What the signed data say of the holder. `fields` names what is given; none: what is given unasked. `None` where nothing is
        proven."""
        holder = call(self._ffi.holder, list(fields))
        if holder is None:
            return None
        said = {field.name: HolderField(field.value, field.missing) for field in holder.fields}
        return Holder(holder.trust, MappingProxyType(said))

    def differences(self, *fields: str) -> tuple[Difference, ...]:
        """Where two sources contradict each other, with both values where the field that they speak of is among `fields`."""

        def said(statement: ffi.Statement) -> Statement:
            return Statement(statement.source, statement.value)

        found = call(self._ffi.differences, list(fields))
        return tuple(Difference(d.subject, d.code, said(d.first), said(d.second)) for d in found)

    def json(self, *fields: str) -> str:
        """The whole report as JSON (test-vectors/schemas/verify.schema.json). `fields` as for `holder`."""
        return call(self._ffi.json, list(fields))

    def __bool__(self) -> bool:
        raise TypeError("a verdict has three answers: compare its answer with Answer.ACCEPT")

    def __repr__(self) -> str:
        return f"<chipid.Verdict {'closed' if self.closed else self.answer.value}>"


_ANSWERS = {
    ffi.Answer.ACCEPT: Answer.ACCEPT,
    ffi.Answer.REJECT: Answer.REJECT,
    ffi.Answer.UNDECIDED: Answer.UNDECIDED,
}
