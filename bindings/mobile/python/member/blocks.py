"""The text form of the conformance run: blocks of `key=value`, an empty line between."""


class Block:
    """Lines of one block, in their order."""

    def __init__(self, lines):
        self.lines = lines

    def first(self, key, default=None):
        return next((value for name, value in self.lines if name == key), default)

    def all(self, key):
        return [value for name, value in self.lines if name == key]

    def beginning(self, prefix):
        return [(name[len(prefix):], value) for name, value in self.lines if name.startswith(prefix)]

    def __contains__(self, key):
        return any(name == key for name, _ in self.lines)


def read(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        text = file.read()
    blocks = [[]]
    for line in text.split("\n"):
        if not line:
            blocks.append([])
            continue
        key, _, value = line.partition("=")
        blocks[-1].append((key, unescaped(value)))
    return [Block(lines) for lines in blocks if lines]


def write(path, blocks):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for lines in blocks:
            file.writelines(f"{key}={escaped(str(value))}\n" for key, value in lines)
            file.write("\n")


def escaped(value):
    return value.replace("\\", "\\\\").replace("\n", "\\n")


def unescaped(value):
    parts = value.split("\\\\")
    return "\\".join(part.replace("\\n", "\n") for part in parts)
