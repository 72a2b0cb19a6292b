"""Faces: the models, and live images of one person."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum

from ._generated import chipid_mobile as ffi
from ._native import Buffer, Native, Path, call, octets


class Faces(Native[ffi.Faces]):
    """Both models, loaded, for any number of threads at once. Loading takes a quarter of a second and some 100 MB: do it once.

    No package of chipid has the models: `chipid models fetch`.
    """

    __slots__ = ()

    @classmethod
    def load(cls, folder: Path) -> Faces:
        """Loads both models from a folder, after checking their digests."""
        return cls(call(ffi.Faces.load, os.fspath(folder)))

    @classmethod
    def load_bytes(cls, detector: Buffer, recogniser: Buffer) -> Faces:
        """The same from the bytes of the detector's file and the recogniser's."""
        return cls(call(ffi.Faces.load_bytes, octets(detector), octets(recogniser)))


class Capture(Enum):
    """Where live images come from; policies ask for it. It is the application's word."""

    FILE = ffi.Capture.FILE
    """A file: it may show anybody at any time."""
    CAMERA = ffi.Capture.CAMERA
    """A camera that the program controls."""
    STATION = ffi.Capture.STATION
    """A station that is trusted as a whole."""
    EXTERNAL = ffi.Capture.EXTERNAL
    """Another vendor's capture, by its word."""


@dataclass(frozen=True, repr=False)
class Plane:
    """One plane of a camera's frame, with whatever padding lies between its samples. `bytes` are read where they lie; of all else one
    copy is made."""

    data: Buffer
    row_stride: int
    """Bytes from one row to the next."""
    pixel_stride: int
    """Bytes from one sample to the next."""

    def __repr__(self) -> str:
        return f"Plane({len(self.data)} bytes)"


class LiveImages(Native[ffi.LiveImages]):
    """Live images of one person, decoded. `rotation` is by how many degrees a frame must be turned clockwise to stand upright: 0, 90, 180
    or 270. Luminance and chrominance are taken as JFIF has them (BT.601, full range)."""

    __slots__ = ()

    def __init__(self, capture: Capture) -> None:
        super().__init__(call(ffi.LiveImages, Capture(capture).value))

    def add_file(self, data: Buffer) -> None:
        """Adds a JPEG, PNG or JPEG 2000 file's bytes."""
        call(self._ffi.add_file, octets(data))

    def add_rgb(self, width: int, height: int, pixels: Plane | Buffer, *, rotation: int = 0) -> None:
        """Adds a frame of red, green, blue; bytes alone lie tight."""
        self._add(ffi.PixelFormat.RGB, width, height, rotation, _plane(pixels, width, 3))

    def add_bgra(self, width: int, height: int, pixels: Plane | Buffer, *, rotation: int = 0) -> None:
        """Adds a frame of blue, green, red, alpha; bytes alone lie tight."""
        self._add(ffi.PixelFormat.BGRA, width, height, rotation, _plane(pixels, width, 4))

    def add_nv21(self, width: int, height: int, y: Plane | Buffer, vu: Plane | Buffer, *, rotation: int = 0) -> None:
        """Adds a frame of luminance, and V and U by turns at half the size; bytes alone lie tight."""
        first, second = _plane(y, width, 1), _plane(vu, (width + 1) // 2, 2)
        if (first.pixel_stride, second.pixel_stride) != (1, 2):
            raise ValueError("NV21 has pixel strides of 1 and 2: any others are YUV 4:2:0")
        self._add(ffi.PixelFormat.NV21, width, height, rotation, first, second)

    def add_yuv420(
        self, width: int, height: int, y: Plane | Buffer, u: Plane | Buffer, v: Plane | Buffer, *, rotation: int = 0
    ) -> None:
        """Adds a frame of luminance, U and V, the latter two at half the size; bytes alone lie tight. NV12 is this too: U from the first, V
        from the second byte of its second plane, `pixel_stride` 2."""
        half = (width + 1) // 2
        planes = _plane(y, width, 1), _plane(u, half, 1), _plane(v, half, 1)
        self._add(ffi.PixelFormat.YUV420, width, height, rotation, *planes)

    def _add(self, form: ffi.PixelFormat, width: int, height: int, rotation: int, *planes: Plane) -> None:
        strides = [ffi.Strides(row=plane.row_stride, pixel=plane.pixel_stride) for plane in planes]
        frame = ffi.Frame(format=form, width=width, height=height, rotation=rotation, strides=strides)
        first, second, third = [*(octets(plane.data) for plane in planes), b"", b""][:3]
        call(self._ffi.add_frame, frame, first, second, third)

    @property
    def digests(self) -> tuple[bytes, ...]:
        """What ties a liveness result to these images: SHA-256 of each, in the order in which they were added, over a file's bytes as they
        were given; over a frame's upright pixels, after width and height (32 bits each, big-endian)."""
        return tuple(call(self._ffi.digests))


def _plane(given: Plane | Buffer, samples: int, pixel_stride: int) -> Plane:
    return given if isinstance(given, Plane) else Plane(given, samples * pixel_stride, pixel_stride)
