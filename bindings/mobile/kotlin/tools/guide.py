"""The code of docs/guides/kotlin.md, compiled as it stands there, each program for itself, and run with what it asks for."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import kotlin

GUIDE = kotlin.ROOT / "docs/guides/kotlin.md"


def run(classpath):
    """How many programs of the guide do what the guide says."""
    _, *users = classpath
    with tempfile.TemporaryDirectory(prefix="chipid-guide-") as folder:
        kotlin.run(sys.executable, kotlin.ROOT / "scripts/guide_blocks.py", GUIDE, folder, stdout=subprocess.DEVNULL)
        texts = {file.name: file.read_text() for file in sorted(Path(folder).glob("*.kt"))}
    if sorted(texts) != sorted(PROGRAMS):
        kotlin.fail(f"programs of the guide: {sorted(PROGRAMS)} are known, {sorted(texts)} are there")
    for name, text in texts.items():
        source = kotlin.OUT / "guide" / name
        source.parent.mkdir(exist_ok=True)
        source.write_text(text)
        kotlin.compile(f"guide-{source.stem}", [source], users)
    kotlin.around([sys.executable, __file__, *users])
    return len(texts)


def programs(users):
    """Runs them, where cards are served."""
    shown = Path(os.environ["CHIPID_CONFORMANCE_FOLDER"], "cards").read_text()
    cards = [dict(line.split("=", 1) for line in block.splitlines()) for block in shown.split("\n\n") if block.strip()]
    told = {f"{card['id']}.{key}": value for card in cards for key, value in card.items()}
    told |= {"port": os.environ["CHIPID_CONFORMANCE_PORT"], "models": str(kotlin.ROOT / "models/files")}
    told["image"] = f"{told['models']}/obama2.jpg"
    for name, arguments, holds in [*((name, *run) for name, run in PROGRAMS.items()), *AGAIN]:
        if any(argument not in told for argument in arguments) or "image" in arguments and not Path(told["image"]).exists():
            print(f"left out: {name} of the guide (models and photographs: chipid models fetch)")
            continue
        stem = Path(name).stem
        jar = kotlin.OUT / f"guide-{stem}.jar"
        command = kotlin.java_command([jar, *users], f"{stem}Kt", *(told[argument] for argument in arguments))
        said = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if said.returncode or not holds(said.stdout):
            kotlin.fail(f"{name} of the guide: exit code {said.returncode}\n{said.stderr[-2000:]}")


# What each is run with, and what its output must be.
PROGRAMS = {
    "Verify.kt": (["vn.folder", "vn.csca"], lambda said: said.startswith("ACCEPT\nGround(") and "birth=" in said),
    "Distant.kt": (["port", "vn-lost.id", "vn-lost.can", "vn-lost.csca"], lambda said: said == "ACCEPT\n"),
    "Face.kt": (["face.folder", "face.csca", "models", "image"], lambda said: json.loads(said)["checks"]["face"]["status"] == "passed" and '"live_image_from_file"' in said),
}

# The same programs with what must not come to an accept.
AGAIN = [
    ("Verify.kt", ["vn.folder", "passport.csca"], lambda said: not said.startswith("ACCEPT") and "birth=" not in said),
]

if __name__ == "__main__":
    programs(sys.argv[1:])
