"""Swift without a compiler: a grammar is run over the sources, and calls into the generated code are looked up there by name and labels.

It finds a bracket that is missing and a label that is wrong. A type that is wrong it does not find.
"""

import plistlib
import re
import subprocess
import sys
import venv

sys.dont_write_bytecode = True
import kotlin

MOBILE = kotlin.HERE.parent
LAYER = MOBILE / "swift/Sources"
GENERATED = MOBILE / "swift/generated/ChipidMobile.swift"
SAMPLE = MOBILE / "ios/sample"
GUIDES = [kotlin.ROOT / "docs/guides/swift.md"]
WANTED = ["tree-sitter==0.26.1", "tree-sitter-swift==0.7.4"]


def check(*_):
    """How many things were looked at, with the grammar of pip's packages."""
    place = kotlin.OUT / "swift-grammar"
    python = place / "bin/python"
    stamp = place / "wanted"
    if not stamp.exists() or stamp.read_text() != "\n".join(WANTED):
        venv.create(place, with_pip=True, clear=True)
        kotlin.run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *WANTED)
        stamp.write_text("\n".join(WANTED))
    said = kotlin.run(python, __file__, stdout=subprocess.PIPE, text=True).stdout
    return int(said) + settings()


def settings():
    """Info.plist and entitlements say what CoreNFC asks for; both languages have the same texts, all of them shown."""
    info = plistlib.loads((SAMPLE / "Info.plist").read_bytes())
    identifier = re.search(r'applicationIdentifier = "(\w+)"', (LAYER / "Chipid/Phone/NFCDocumentReader.swift").read_text()).group(1)
    if info["com.apple.developer.nfc.readersession.iso7816.select-identifiers"] != [identifier] or not info["NFCReaderUsageDescription"]:
        kotlin.fail("Info.plist of the sample lacks what CoreNFC asks for")
    entitled = plistlib.loads((SAMPLE / "ChipidSample.entitlements").read_bytes())
    if entitled != {"com.apple.developer.nfc.readersession.formats": ["TAG", "PACE"]}:
        kotlin.fail("the sample's entitlements are not what CoreNFC asks for")
    english, vietnamese = (texts(language) for language in ("en", "vi"))
    if english.keys() != vietnamese.keys():
        kotlin.fail(f"texts of one language alone: {sorted(english.keys() ^ vietnamese.keys())}")
    shown = "".join(file.read_text() for file in (SAMPLE / "Sources").glob("*.swift"))
    for key, text in english.items():
        if re.findall(r"%(?:ld|@|%)", text) != re.findall(r"%(?:ld|@|%)", vietnamese[key]):
            kotlin.fail(f"{key}: its places for values differ between the languages")
        if f'"{key.split(" ")[0]}' not in shown:
            kotlin.fail(f"{key} is shown by nobody")
    return 2 + len(english)


def texts(language):
    found = (SAMPLE / f"Resources/{language}.lproj/Localizable.strings").read_text()
    return dict(re.findall(r'^"(.+?)" = "(.*)";$', found, re.M))


def main():
    """Runs within the environment that has the grammar."""
    import tree_sitter
    import tree_sitter_swift

    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_swift.language()))
    sources = {str(file.relative_to(MOBILE)): file.read_text() for folder in (LAYER, SAMPLE / "Sources") for file in sorted(folder.rglob("*.swift"))}
    sources["swift/Package.swift"] = (MOBILE / "swift/Package.swift").read_text()
    for guide in GUIDES:
        for at, block in enumerate(re.findall(r"^```swift.*\n((?:.*\n)*?)```$", guide.read_text(), re.M)):
            sources[f"{guide.name}:{at + 1}"] = block
    trees = {name: parser.parse(text.encode()).root_node for name, text in sources.items()}
    wrong = [f"{name}: line {place.start_point.row + 1}: the grammar finds no sense" for name, tree in trees.items() for place in senseless(tree)]
    generated = declared(parser.parse(GENERATED.read_bytes()).root_node)
    own = set().union(*(declared(tree) for name, tree in trees.items() if name.startswith("swift/Sources")))
    for name, tree in trees.items():
        for place, called, labels in calls(tree):
            beneath = re.match(r"(native|ChipidMobile\.\w+)\b", called) and name.startswith("swift/Sources")
            if beneath and (simple(called), labels) not in generated:
                wrong.append(f"{name}: line {place}: {simple(called)}({':'.join(labels)}:) is not in the generated code")
            above = re.match(r"(Keys|Reading|Document|Assessment|LiveImages|Faces|Policy|TrustStore|NFCDocumentReader|ConfirmationRequest)\b(\.|$)", called)
            if above and not name.startswith("swift/") and not among((simple(called), labels), own):
                wrong.append(f"{name}: line {place}: {simple(called)}({':'.join(labels)}:) is not in the layer")
    if wrong:
        sys.exit("\n".join(wrong))
    print(len(trees))


def senseless(node):
    """Where the grammar gives up."""
    if not node.has_error:
        return []
    if node.is_error or node.is_missing:
        return [node]
    return [place for child in node.children for place in senseless(child)]


def declared(node):
    """Functions and initialisers: their names with the labels that a call has; what has a default is marked by a question mark."""
    found = set()
    if node.type in ("function_declaration", "init_declaration", "protocol_function_declaration"):
        name = "init" if node.type == "init_declaration" else text(node.child_by_field_name("name"))
        labels = tuple(label(parameter) + ("?" if followed_by_default(parameter) else "") for parameter in node.children if parameter.type == "parameter")
        for chosen in choices(labels):
            found.add((name, chosen))
        if name == "init":
            owner = node.parent.parent.child_by_field_name("name") if node.parent and node.parent.parent else None
            found |= {(text(owner), chosen) for chosen in choices(labels)} if owner else set()
    for child in node.children:
        found |= declared(child)
    return found


def choices(labels):
    """Every way to leave out what has a default."""
    ways = [()]
    for one in labels:
        ways = [(*way, one.removesuffix("?")) for way in ways] + (ways if one.endswith("?") else [])
    return ways


def label(parameter):
    """What stands before the colon of an argument; nothing for `_`."""
    outer = parameter.child_by_field_name("external_name") or parameter.child_by_field_name("name")
    return "" if text(outer) == "_" else text(outer)


def followed_by_default(parameter):
    return parameter.next_sibling is not None and parameter.next_sibling.type == "="


def calls(node):
    """Line, what is called, labels of the arguments; a closure behind the brackets counts as none."""
    if node.type == "call_expression":
        suffix = next((child for child in node.children if child.type == "call_suffix"), None)
        arguments = next((child for child in suffix.children if child.type == "value_arguments"), None) if suffix else None
        if arguments is not None:
            labels = tuple(
                next((text(part).rstrip(":") for part in argument.children if part.type == "value_argument_label"), "")
                for argument in arguments.children if argument.type == "value_argument"
            )
            yield node.start_point.row + 1, text(node.children[0]), labels
    for child in node.children:
        yield from calls(child)


def among(call, declarations):
    name, labels = call
    return (name, labels) in declarations


def simple(called):
    return called.rsplit(".", 1)[-1]


def text(node):
    return node.text.decode() if node is not None else ""


if __name__ == "__main__":
    main()
