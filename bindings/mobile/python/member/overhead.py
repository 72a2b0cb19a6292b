"""What the package costs over the Rust call: a whole reading with a replaying transmit, and one comparison of faces."""

import pathlib
import statistics
import time

import chipid

# Of whom it is says nothing: the replayed card has no access control.
ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


def measure(block):
    lines, runs = [], int(block.first("runs"))
    exchanges = replayed(block.first("replay"))

    def read():
        place = iter(exchanges)

        def transmit(command):
            wanted, response = next(place, (None, b""))
            if command != wanted:
                raise chipid.TransportError(chipid.TransportCode.REPLAY_DIVERGED)
            return response

        with chipid.Keys.mrz(ZONE) as keys, chipid.Reading(keys) as reading:
            began = time.perf_counter()
            reading.run(transmit).close()
            return time.perf_counter() - began

    lines.append(("reading_us", median(read, runs)))
    lines.append(("apdus", len(exchanges)))
    if "models" in block:
        lines.append(("comparison_us", median(comparison(block), runs)))
    return lines


def comparison(block):
    faces = chipid.Faces.load(block.first("models"))
    images = chipid.LiveImages(chipid.Capture.FILE)
    images.add_file(pathlib.Path(block.first("live")).read_bytes())
    document, trust = chipid.Document.load(block.first("folder")), chipid.Trust()
    trust.add_file(block.first("trust.any"))

    def compare():
        with chipid.Assessment(document, trust) as assessment:
            began = time.perf_counter()
            assessment.compare_face(faces, images)
            return time.perf_counter() - began

    return compare


def replayed(path):
    pairs = [line.split() for line in pathlib.Path(path).read_text().splitlines() if line.strip()]
    return [(bytes.fromhex(command), bytes.fromhex(response)) for command, response in pairs]


def median(measured, runs):
    """In microseconds, after one run that does not count."""
    measured()
    return round(statistics.median(measured() for _ in range(runs)) * 1e6, 3)
