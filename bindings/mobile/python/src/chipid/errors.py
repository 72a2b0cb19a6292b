"""Why something could not be done. What is wrong with a document is never an error: see the verdict's grounds."""

from __future__ import annotations

from .error_code import TransportCode


class ChipidError(Exception):
    """The one exception of chipid. Nothing of the holder stands in it. The name that an anchor was added under does: the caller's own, or
    that of its file, without a folder."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        file: str | None = None,
        offset: int | None = None,
        status_word: int | None = None,
        tries_left: int | None = None,
    ) -> None:
        super().__init__(f"{int(code)}: {message}")
        self.code = int(code)
        """The permanent code, one of `ErrorCode`."""
        self.message = message
        """A sentence in English for a developer."""
        self.file = file
        """The file that it is about, as `DG1`."""
        self.offset = offset
        """The offset of the trouble in the file, in bytes."""
        self.status_word = status_word
        """The chip's answer."""
        self.tries_left = tries_left
        """How many tries the chip says are left."""

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuilt, (self.code, self.message, self.file, self.offset, self.status_word, self.tries_left))


def _rebuilt(
    code: int, message: str, file: str | None, offset: int | None, status_word: int | None, tries_left: int | None
) -> ChipidError:
    return ChipidError(code, message, file=file, offset=offset, status_word=status_word, tries_left=tries_left)


class TransportError(Exception):
    """What a `transmit` raises to say why there is no response. The reading then ends with a `ChipidError` of that code."""

    def __init__(self, code: int = TransportCode.TRANSPORT_FAILED) -> None:
        super().__init__(f"transport error {int(code)}")
        self.code = int(code)
        """One of `TransportCode`; whatever else is taken for `TRANSPORT_FAILED`."""
