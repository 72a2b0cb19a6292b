"""How pip builds the package of its source (PEP 517): by maturin, for which the licences of all that is linked in are written first."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import maturin

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
# Where pyproject.toml says that they are; in the source tree for as long as a build lasts.
LICENCES = HERE / "licences"


class UnsupportedOperation(Exception):
    """What pip is told where there is no source distribution."""


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    with ready():
        return maturin.build_wheel(wheel_directory, config_settings, metadata_directory)


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    with ready():
        return maturin.prepare_metadata_for_build_wheel(metadata_directory, config_settings)


def build_sdist(sdist_directory, config_settings=None):
    raise UnsupportedOperation("chipid has no source distribution: its source is the whole repository")


@contextlib.contextmanager
def ready():
    if not shutil.which("cargo"):
        sys.exit("building chipid needs Rust: there is no cargo")
    # maturin takes the generated code from the `uniffi-bindgen` that it finds; and it looks for its own name as the backend, which is this.
    os.environ["PATH"] = f"{HERE / 'generated'}{os.pathsep}{os.environ['PATH']}"
    os.environ["MATURIN_NO_MISSING_BUILD_BACKEND_WARNING"] = "1"
    licences = [sys.executable, ROOT / "scripts" / "third_party.py", "chipid-mobile", "--features", "chipid-mobile/pcsc", "--into", LICENCES]
    try:
        shutil.rmtree(LICENCES, ignore_errors=True)
        subprocess.run(licences, check=True)
        yield
    finally:
        shutil.rmtree(LICENCES, ignore_errors=True)
