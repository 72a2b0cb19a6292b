"""What every object over the native library has: errors of its own kind, closing, and nothing in its repr."""

from __future__ import annotations

import os
from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, Generic, TypeVar, Union

from ._generated import chipid_mobile as ffi
from .error_code import ErrorCode
from .errors import ChipidError

if TYPE_CHECKING:
    from typing_extensions import ParamSpec

    P = ParamSpec("P")

Secret = Union[str, bytes, bytearray, memoryview]
"""What opens a chip: text, or its UTF-8 bytes. Bytes can be overwritten by whoever made them; text cannot."""

Buffer = Union[bytes, bytearray, memoryview]

Path = Union[str, "os.PathLike[str]"]

T = TypeVar("T")
N = TypeVar("N")
Self = TypeVar("Self", bound="Native[Any]")


def call(function: Callable[P, T], *arguments: P.args, **more: P.kwargs) -> T:
    """Calls the native library; whatever it answers with becomes a `ChipidError`."""
    try:
        return function(*arguments, **more)
    except ffi.Failure as failure:
        error = told(failure)
    except ffi.InternalError:
        error = ChipidError(ErrorCode.PANIC, "chipid has a fault and stopped")
    except (ValueError, OverflowError):
        # A number that no field of the library holds, or no text. What was given is not repeated.
        error = ChipidError(ErrorCode.UNKNOWN_VALUE, "the value stands for nothing here")
    # Raised out here, for within, `from None` would still keep the other error, and what was given with it, as the context.
    raise error


def told(failure: Any) -> ChipidError:
    """The error that the native library tells of."""
    return ChipidError(
        failure.code,
        failure.text,
        file=failure.file,
        offset=failure.offset,
        status_word=failure.status_word,
        tries_left=failure.tries_left,
    )


def octets(data: Buffer) -> bytes:
    """The bytes of whatever holds bytes; `bytes` are taken as they are, and all else is copied once."""
    if isinstance(data, bytes):
        return data
    if isinstance(data, str):
        raise TypeError("bytes are wanted, not text")
    return memoryview(data).tobytes()


def secret(value: Secret) -> bytes:
    """The bytes of what opens a chip. The message of a mistake does not repeat it."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError(f"text or bytes are wanted, not {type(value).__name__}")
    return octets(value)


class Native(Generic[N]):
    """Something that the native library holds. Closing it, or leaving its `with`, lets go of it; what it held is wiped when nothing else
    holds it. Closing again is nothing; any other use of what was closed is a `ChipidError` 8902."""

    __slots__ = ("_native", "__weakref__")

    def __init__(self, native: N) -> None:
        self._native: N | None = native

    def close(self) -> None:
        """Lets go of it."""
        self._native = None

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._native is None

    def __enter__(self: Self) -> Self:
        _ = self._ffi
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<chipid.{type(self).__name__}{' closed' if self.closed else ''}>"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError(f"a {type(self).__name__} belongs to this process: it cannot be copied or pickled")

    @property
    def _ffi(self) -> N:
        # What was made without its own __init__ has no such field.
        native: N | None = getattr(self, "_native", None)
        if native is None:
            raise ChipidError(ErrorCode.FOREIGN_HANDLE, f"this {type(self).__name__} was closed")
        return native


def native_of(value: object, kind: type[Native[N]]) -> N:
    """What the native library knows a value by."""
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} is wanted, not {type(value).__name__}")
    return value._ffi
