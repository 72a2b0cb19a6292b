"""Android's sources, compiled against stubs: the module, the sample, the strings that the sample names. What needs of a phone nothing but IsoDep is run."""

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml

import kotlin

ANDROID = kotlin.HERE.parent / "android"
STUBS = ANDROID / "stubs"
RESOURCES = ANDROID / "sample/src/main/res"


def check(classpath, tests):
    """How many things were looked at."""
    _, *users = classpath
    # The stubs are Java without bodies: the compiler reads them and makes nothing of them.
    stubs = [STUBS / "java", STUBS / "kotlin"]
    module = [ANDROID / "chipid/src/main/kotlin"]
    compiled = kotlin.compile("android", [*module, *stubs], users, "-Werror")
    kotlin.compile("android-sample", [ANDROID / "sample/src/main/kotlin", *module, *stubs, resources()], users, "-Werror")
    kotlin.compile("android-guide", [guide(), *module, *stubs], users, "-Werror")
    return 3 + texts() + facts([compiled, *classpath], tests, stubs)


def facts(classpath, tests, stubs):
    """The transport and the loop over it, run over a phone that is none."""
    phone = kotlin.OUT / "android-stubs"
    shutil.rmtree(phone, ignore_errors=True)
    needed = [f"android/{name}.java" for name in ("nfc/Tag", "nfc/TagLostException", "nfc/tech/IsoDep", "media/Image", "graphics/Bitmap", "graphics/Matrix")]
    needed += [f"androidx/camera/core/{name}.java" for name in ("ImageProxy", "ImageInfo")]
    kotlin.run("javac", "--release", "11", "-d", phone, *(stubs[0] / name for name in needed))
    tried = [ANDROID / "sample/src/main/kotlin/chipid/sample" / f"{name}.kt" for name in ("Attempts", "Frames")]
    suite = kotlin.compile("android-tests", [ANDROID / "tests/kotlin", *tried, stubs[0]], [tests, *classpath], "-Werror")
    said = kotlin.served([suite, phone, tests, *classpath], "chipid.android.tests.MainKt")
    return int(re.search(r"^passed (\d+)$", said, re.M).group(1))


def guide():
    """The code of docs/guides/android.md."""
    place = kotlin.OUT / "android-guide"
    kotlin.run(sys.executable, kotlin.ROOT / "scripts/guide_blocks.py", kotlin.ROOT / "docs/guides/android.md", place, stdout=subprocess.DEVNULL)
    return place


def resources():
    """R, as Android's tools would make it of the layout and the strings."""
    namespace = "{http://schemas.android.com/apk/res/android}id"
    elements = [xml.parse(file).getroot().iter() for file in sorted((RESOURCES / "layout").glob("*.xml"))]
    ids = [element.get(namespace).removeprefix("@+id/") for found in elements for element in found if element.get(namespace)]
    kinds = {"id": ids, "layout": [f.stem for f in sorted((RESOURCES / "layout").glob("*.xml"))], "string": sorted(strings("values"))}
    classes = "".join(
        f"    public static final class {kind} {{\n" + "".join(f"        public static final int {name} = {n};\n" for n, name in enumerate(names)) + "    }\n"
        for kind, names in kinds.items()
    )
    place = kotlin.OUT / "android-r" / "chipid/sample/R.java"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"package chipid.sample;\n\npublic final class R {{\n{classes}}}\n")
    return kotlin.OUT / "android-r"


def texts():
    """Both languages have the same strings, with the same places for values, and none that nobody shows."""
    english, vietnamese = strings("values"), strings("values-vi")
    if english.keys() != vietnamese.keys():
        kotlin.fail(f"strings of one language alone: {sorted(english.keys() ^ vietnamese.keys())}")
    used = "".join(file.read_text() for file in (ANDROID / "sample/src/main").rglob("*.*") if file.suffix in (".kt", ".xml") and file.name != "strings.xml")
    for name, text in english.items():
        if sorted(re.findall(r"%\d\$\w", text)) != sorted(re.findall(r"%\d\$\w", vietnamese[name])):
            kotlin.fail(f"{name}: its places for values differ between the languages")
        if not re.search(rf"(?:R\.string\.|@string/){name}\b", used):
            kotlin.fail(f"{name} is shown by nobody")
    return len(english)


def strings(folder):
    root = xml.parse(RESOURCES / folder / "strings.xml").getroot()
    return {element.get("name"): element.text for element in root.iter("string")}
