"""The public surface as text: what whoever uses the package can lean on."""

import dataclasses
import enum
import inspect

import chipid


def text():
    return "".join(line + "\n" for name in sorted(chipid.__all__) for line in _of(name, getattr(chipid, name)))


def _of(name, thing):
    if inspect.isclass(thing):
        yield f"class {name}({', '.join(base.__name__ for base in thing.__bases__)})"
        if issubclass(thing, enum.Enum):
            yield from (f"    {member.name}" + (f" = {int(member)}" if isinstance(member, int) else "") for member in thing)
        elif dataclasses.is_dataclass(thing):
            yield from (f"    {field.name}: {field.type}{_default(field)}" for field in dataclasses.fields(thing))
        yield from (f"    {line}" for line in _members(thing))
    elif inspect.isfunction(thing):
        yield f"def {name}{_signature(thing)}"
    else:
        yield f"{name}: {type(thing).__name__}"


def _default(field):
    return "" if field.default is dataclasses.MISSING else f" = {field.default!r}"


def _members(kind):
    hidden_init = dataclasses.is_dataclass(kind) or issubclass(kind, enum.Enum)
    # How an object is made of what the library gives is nobody's to lean on.
    ours = [base for base in kind.__mro__ if base.__module__.startswith("chipid")]
    for name in sorted({name for base in ours for name in vars(base) if (base.__name__, name) != ("Native", "__init__")}):
        if name.startswith("_") and (name != "__init__" or hidden_init):
            continue
        member = inspect.getattr_static(kind, name)
        if isinstance(member, property):
            yield f"{name}: {member.fget.__annotations__.get('return')}"
        elif isinstance(member, classmethod):
            yield f"classmethod {name}{_signature(member.__func__)}"
        elif inspect.isfunction(member):
            yield f"{'async ' if inspect.iscoroutinefunction(member) else ''}def {name}{_signature(member)}"


def _signature(function):
    """Written out by hand: Python's own writing of it differs from version to version."""
    parts, star = [], False
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not star:
            parts.append("*")
            star = True
        said = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "") + parameter.name
        if parameter.annotation is not parameter.empty:
            said += f": {parameter.annotation}"
        if parameter.default is not parameter.empty:
            said += f" = {parameter.default!r}" if not isinstance(parameter.default, enum.Enum) else f" = {parameter.default}"
        parts.append(said)
    returned = function.__annotations__.get("return")
    return f"({', '.join(parts)}) -> {returned}"
