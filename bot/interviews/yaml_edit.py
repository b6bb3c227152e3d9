"""Changes one value of a YAML text and leaves every other character as it is: comments, layout, quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import yaml

Value = str | Sequence[str] | None
"""What a key shall be: a text, a list of texts, or None to take the key away."""
Step = str | int
"""A key, or the place in a list."""

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`](?:[^\n:#]|:(?=[^\s])|(?<=\S)#)*")
_FLOW = re.compile(r"[,\[\]{}]")


class NoSuchKey(LookupError):
    """The text has no value there, or one of another kind."""


def set_value(text: str, path: Sequence[Step], value: Value) -> str:
    """The text with the value at `path` replaced, added or taken away.

    Raises NoSuchKey where the way to it does not lead through mappings and lists that are there.
    """
    parent = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in path[:-1]:
        parent = _step(parent, step, path)
    if not isinstance(parent, yaml.MappingNode):
        raise NoSuchKey(_said(path))
    for at, (key, old) in enumerate(parent.value):
        if key.value != path[-1]:
            continue
        if value is None:
            return _without(text, parent, at)
        start, end = old.start_mark.index, _end(text, old)
        kept = old.style if isinstance(old, yaml.ScalarNode) and old.style in ("'", '"') else None
        return text[:start] + _written(value, parent.flow_style, kept) + text[end:]
    return text if value is None else _with(text, parent, str(path[-1]), value)


def _step(node: yaml.Node | None, step: Step, path: Sequence[Step]) -> yaml.Node:
    """One step down; in a list of mappings a text is the `id`, or the `use`, of one."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                found: yaml.Node = value
                return found
    if isinstance(node, yaml.SequenceNode):
        for at, one in enumerate(node.value):
            named = isinstance(one, yaml.MappingNode) and any(
                key.value in {"id", "use"} and value.value == step for key, value in one.value
            )
            if at == step or named:
                item: yaml.Node = one
                return item
    raise NoSuchKey(_said(path))


def _said(path: Sequence[Step]) -> str:
    return ".".join(str(step) for step in path)


def _end(text: str, node: yaml.Node) -> int:
    """Where the value ends; the marks of block values stand before whatever comes next."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    if node.start_mark.index == node.end_mark.index:
        return int(node.end_mark.index)
    return len(text[: node.end_mark.index].rstrip())


def _with(text: str, parent: yaml.MappingNode, key: str, value: Value) -> str:
    """A new key after the last one that fits on a line."""
    written = f"{key}: {_written(value, parent.flow_style, None)}"
    if parent.flow_style:
        end = _end(text, parent.value[-1][1])
        return f"{text[:end]}, {written}{text[end:]}"
    simple = [one for _, one in parent.value if one.start_mark.line == one.end_mark.line]
    anchor = _end(text, simple[-1] if simple else parent.value[-1][1])
    line_end = text.find("\n", anchor)
    line_end = len(text) if line_end < 0 else line_end
    indent = " " * parent.value[0][0].start_mark.column
    return f"{text[:line_end]}\n{indent}{written}{text[line_end:]}"


def _without(text: str, parent: yaml.MappingNode, at: int) -> str:
    key, value = parent.value[at]
    start, end = key.start_mark.index, _end(text, value)
    if parent.flow_style:
        if at + 1 < len(parent.value):
            return text[:start] + text[parent.value[at + 1][0].start_mark.index :]
        return text[: _end(text, parent.value[at - 1][1])] + text[end:]
    if at == 0:
        following = parent.value[1][0].start_mark.index
        return text[:start] + text[following:]
    line_start = text.rfind("\n", 0, start)
    line_end = text.find("\n", end)
    return text[:line_start] + (text[line_end:] if line_end >= 0 else "\n")


def _written(value: Value, flow: bool | None, quote: str | None) -> str:
    if isinstance(value, str):
        return _scalar(value, bool(flow), quote)
    return "[" + ", ".join(_scalar(one, True, None) for one in value or ()) + "]"


def _scalar(text: str, flow: bool, quote: str | None) -> str:
    if quote == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    plain = quote is None and _PLAIN.fullmatch(text) and not (flow and _FLOW.search(text))
    if plain and not text.endswith((" ", ":")) and yaml.safe_load(f"a: {text}") == {"a": text}:
        return text
    return json.dumps(text, ensure_ascii=False)
