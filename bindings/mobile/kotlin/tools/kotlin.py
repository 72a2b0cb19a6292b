"""What the scripts beside have in common: where things are, and the compiler, which is called for what has changed alone."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).absolute()
OUT = Path(os.environ.get("CHIPID_OUT", TARGET / "bindings")).absolute() / "kotlin"
NATIVE = TARGET / "release"
LIBRARY = NATIVE / "libchipid_mobile.so"
JNA = Path("/usr/share/java/jna.jar")
COMPILER = OUT / "tools" / "node_modules" / "kotlin-compiler"
STDLIB = COMPILER / "lib" / "kotlin-stdlib.jar"
COROUTINES = COMPILER / "lib" / "kotlinx-coroutines-core-jvm.jar"
# What a user's build brings along beside chipid's jar.
BESIDE = [STDLIB, COROUTINES, JNA]
COMPILER_PARTS = ["kotlin-compiler", "kotlin-stdlib", "kotlin-reflect", "kotlin-script-runtime", "kotlinx-coroutines-core-jvm",
                  "kotlin-daemon-client"]


def fail(what):
    sys.exit(f"kotlin: {what}")


def run(*command, **options):
    """Runs a command; its failure is this script's."""
    ended = subprocess.run([str(part) for part in command], **options)
    if ended.returncode:
        sys.exit(ended.returncode)
    return ended


def get_tools():
    """The compiler of npm's package, pinned by tools/package-lock.json."""
    lock = HERE / "tools" / "package-lock.json"
    there = OUT / "tools" / "package-lock.json"
    if COMPILER.is_dir() and there.exists() and there.read_bytes() == lock.read_bytes():
        return
    (OUT / "tools").mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "tools" / "package.json", OUT / "tools")
    run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=copied(lock, OUT / "tools"))


def copied(file, folder):
    shutil.copy(file, folder)
    return folder


def compile(name, sources, classpath, *flags):
    """Compiles folders or files of Kotlin into OUT/name.jar, which is returned; nothing is done where nothing has changed."""
    jar, stamp = OUT / f"{name}.jar", OUT / f"{name}.stamp"
    now = digest([*sources, *classpath], flags)
    if jar.exists() and stamp.exists() and stamp.read_text() == now:
        return jar
    print(f"kotlin: compiling {name}", flush=True)
    stamp.unlink(missing_ok=True)
    kotlinc(*flags, "-jvm-target", "11", "-module-name", name, "-cp", joined(classpath), "-d", jar, *sources)
    stamp.write_text(now)
    return jar


def kotlinc(*arguments):
    parts = joined(COMPILER / "lib" / f"{part}.jar" for part in COMPILER_PARTS)
    run("java", "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", parts,
        "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", "-no-reflect", "-kotlin-home", COMPILER, *arguments)


def java_command(classpath, main, *arguments, options=()):
    """A command that runs a program against the library in the target folder."""
    return ["java", "-XX:+UseSerialGC", f"-Djna.library.path={NATIVE}", *options, "-cp", joined(classpath), main, *arguments]


def digest(inputs, flags):
    taken = hashlib.sha256(repr(flags).encode())
    for given in inputs:
        files = sorted(path for path in given.rglob("*") if path.is_file()) if given.is_dir() else [given]
        for path in files:
            taken.update(str(path).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return taken.hexdigest()


def joined(paths):
    return ":".join(map(str, paths))


def needs_library():
    if not LIBRARY.exists():
        fail(f"{LIBRARY} is not there: cargo build --release --locked --workspace --features pcsc")


def layer():
    """The generated code and the layer over it."""
    get_tools()
    classpath = [COROUTINES, JNA]
    ffi = compile("chipid-ffi", [HERE / "generated"], classpath, "-nowarn")
    own = compile("chipid", [HERE / "src/main/kotlin"], [*classpath, ffi], "-Werror", "-Xexplicit-api=strict", *surface_too())
    return [own, ffi, *BESIDE]


def surface_too():
    """Flags that put classes with nothing but the public surface into OUT/surface.jar."""
    plugin = "plugin:org.jetbrains.kotlin.jvm.abi"
    options = [f"outputDir={OUT / 'surface.jar'}", "treatInternalAsPrivate=true"]
    return [f"-Xplugin={COMPILER / 'lib' / 'jvm-abi-gen.jar'}", *(part for o in options for part in ("-P", f"{plugin}:{o}"))]


def served(classpath, main, *, cwd=None, options=()):
    """Runs a program with cards for it. What it prints is returned, and printed."""
    return around(java_command(classpath, main, options=options), cwd=cwd)


def behind_pcscd(classpath, main):
    """Runs a program where a card lies on a reader of a real pcscd. What it prints is returned, and printed."""
    command = [sys.executable, ROOT / "scripts/behind_pcscd.py", *java_command(classpath, main)]
    ended = run(*command, stdout=subprocess.PIPE, text=True)
    print(ended.stdout, end="", flush=True)
    return ended.stdout


def around(command, cwd=None):
    """Runs a command with `chipid-conformance serve` around it."""
    program = NATIVE / "chipid-conformance"
    if not program.exists():
        fail(f"{program} is not there: cargo build --release --locked --workspace --features pcsc")
    with tempfile.TemporaryDirectory(prefix="chipid-kotlin-") as folder:
        serving = [program, "--root", ROOT, "serve", "--folder", folder, "--", *command]
        # One arena: what malloc keeps for threads is no leak.
        environment = dict(os.environ, MALLOC_ARENA_MAX="1", CHIPID_TEST_MODELS=str(ROOT / "models" / "files"))
        ended = subprocess.run([str(part) for part in serving], cwd=cwd, env=environment, stdout=subprocess.PIPE, text=True)
    print(ended.stdout, end="", flush=True)
    if ended.returncode:
        sys.exit(ended.returncode)
    return ended.stdout


def member():
    """What takes part in the conformance run."""
    classpath = layer()
    return [compile("conformance", [HERE / "src/conformance/kotlin"], classpath, "-Werror"), *classpath]
