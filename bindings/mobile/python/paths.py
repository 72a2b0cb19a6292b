"""Where the scripts of this folder find and put things."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).absolute()
OUT = Path(os.environ.get("CHIPID_OUT", TARGET / "bindings")).absolute() / "python"
RELEASE = TARGET / "release"
PYTHON = OUT / "venv" / "bin" / "python"
TOOLS = OUT / "tools" / "bin" / "python"
WHEELS = OUT / "wheel"


def run(*command, **options):
    """Runs a command; its failure is ours."""
    done = subprocess.run([str(part) for part in command], **options)
    if done.returncode:
        sys.exit(done.returncode)


def environment(**more):
    """The environment without what would lead Python to other people's packages."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    return {**kept, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONDONTWRITEBYTECODE": "1", **more}
