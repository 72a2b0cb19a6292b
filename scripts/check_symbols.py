#!/usr/bin/env python3
"""Looks whether what is released holds anything that only tests may have: the virtual card, or randomness that a seed determines.

For each library: no symbol and no text of the virtual card or of the conformance run, no generator that is seeded; by `cargo tree`, no crate
of that kind beneath it. The C library exports the functions of its header and nothing else. The program `chipid`, which has the virtual card for
`chipid demo`, is looked at too, and must be found out: a check that finds nothing there finds nothing anywhere.

Files may be named instead (an unpacked wheel's library, say): they are looked at alone.
"""

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).absolute() / "release"
# Library -> the crate that it is of.
RELEASED = {
    "libchipid_c.so": "chipid-c",
    "libchipid_c.a": "chipid-c",
    "libchipid_mobile.so": "chipid-mobile",
    "libchipid_node.so": "chipid-node",
}
# Has the virtual card, and says so.
CONTROL = "chipid"
HEADER = ROOT / "bindings" / "c" / "include" / "chipid.h"

# In names of symbols (mangled or not) and in texts: what a panic says has the source's place in it, stripped or not.
NEVER = [
    (re.compile(rb"chipid_virtual_card|virtual-card/src/|virtual_card\d*[A-Za-z]"), "the virtual card"),
    (re.compile(rb"chipid_conformance|conformance/src/"), "the conformance run"),
    (re.compile(rb"chipid_test_vectors"), "test vectors"),
    (re.compile(rb"rand_chacha|rand_xoshiro|rand_pcg|rand_xorshift|rand_isaac|oorandom|fastrand"), "a generator that a seed determines"),
    (re.compile(rb"StdRng|XorShiftRng|Pcg(32|64)|StepRng|SplitMix"), "a generator that a seed determines"),
    (re.compile(rb"seed_from_u64"), "a generator made of a number"),
]
# `fastrand` is beneath uniffi, for names of temporary files of its generator: that nothing of it is linked in is seen by its symbols.
CRATES = {
    "chipid-virtual-card", "chipid-conformance", "chipid-test-vectors", "rand_chacha", "rand_xoshiro", "rand_pcg", "rand_xorshift", "rand_isaac",
    "oorandom", "proptest", "quickcheck",
}
# The ONNX engine has operators that draw random numbers, with the generators of `rand` (SmallRng); neither model has one. Whatever else takes
# `rand` is told: keys, challenges and nonces come from the system (getrandom).
RAND_ONLY_THROUGH = re.compile(r"rand|rand_distr|tract-.*")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files
    wrong = []
    for file in files or [RELEASE / name for name in RELEASED]:
        if not file.exists():
            sys.exit(f"{file} is not there: cargo build --release --locked --workspace --features pcsc")
        wrong += [f"{file.name}: {told}" for told in objections(symbols(file), texts(file))]
    control = RELEASE / CONTROL
    if not control.exists():
        sys.exit(f"{control} is not there: cargo build --release --locked --workspace --features pcsc")
    if "the virtual card" not in " ".join(objections(symbols(control), texts(control))):
        wrong.append(f"{CONTROL} has the virtual card, and this did not see it: nothing that it says of the others can be believed")
    if not files:
        wrong += exports(RELEASE / "libchipid_c.so")
        for crate in sorted(set(RELEASED.values())):
            wrong += [f"{crate}: {told}" for told in crates(crate)]
    print("\n".join(wrong))
    print(f"released artefacts: {len(files or RELEASED)} looked through, {len(wrong)} things wrong")
    sys.exit(bool(wrong))


def objections(*haystacks):
    """What of all that may never be there is there, with an example of each."""
    told = {}
    for haystack in haystacks:
        for pattern, what in NEVER:
            found = pattern.search(haystack)
            if found:
                beginning = haystack.rfind(b"\n", 0, found.start()) + 1
                line = haystack[beginning:].split(b"\n", 1)[0][:120]
                told.setdefault(what, line.decode(errors="replace"))
    return [f"{what}: {example}" for what, example in told.items()]


def symbols(file):
    names = output("nm", "--format=just-symbols", file)
    # A shared library that was stripped has those alone that it exports and imports.
    return names + (output("nm", "-D", "--format=just-symbols", file) if file.suffix == ".so" else b"")


def texts(file):
    return output("strings", "-a", "-n", "6", file)


def exports(library):
    """Where what the shared library exports is not what the header declares."""
    names, of_readers = declared(), of_pcsc()
    exported = set(output("nm", "-D", "--defined-only", "--format=just-symbols", library).decode().split())
    for name in sorted(exported - names):
        yield f"libchipid_c.so exports {name}, which the header does not have"
    for name in sorted(names - exported):
        if name not in of_readers or of_readers & exported:
            yield f"the header has {name}, which libchipid_c.so does not export"


def declared():
    """The functions of the header."""
    return set(re.findall(r"^(?:CHIPID_API )?[a-z][\w *]*?\b(chipid_\w+)\(", HEADER.read_text(), re.M))


def of_pcsc():
    """Those that are there with readers alone."""
    within = re.findall(r"#if defined\(CHIPID_PCSC\)(.*?)#endif", HEADER.read_text(), re.S)
    return {name for part in within for name in re.findall(r"\b(chipid_\w+)\(", part)}


def crates(crate):
    tree = ["cargo", "tree", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}", "--package", crate]
    features = ["--features", "pcsc"]
    beneath = {line.split()[0] for line in output(*tree, *features).decode().splitlines() if line.strip()}
    for name in sorted(beneath & CRATES):
        yield f"{name} is beneath it"
    if "rand" in beneath:
        takers = output(*tree, *features, "--invert", "rand", "--depth", "1").decode().splitlines()[1:]
        for name in sorted({line.split()[0] for line in takers if line.strip()}):
            if not RAND_ONLY_THROUGH.fullmatch(name):
                yield f"{name} takes rand: only the ONNX engine may"


def output(*command):
    ran = subprocess.run(command, capture_output=True, cwd=ROOT)
    if ran.returncode != 0:
        sys.exit(f"{command[0]}: {ran.stderr.decode(errors='replace').strip()}")
    return ran.stdout


if __name__ == "__main__":
    main()
