"""Reads a file that people write (topics, templates) into its model and says every fault with its key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class AuthoredError(ValueError):
    """The file cannot be used; `problems` says each fault with its key."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        self.path = path
        self.problems = problems
        super().__init__("\n".join(f"{path}: {problem}" for problem in problems))


class _Loader(yaml.CSafeLoader):
    """YAML 1.2 booleans (yes, no, on and off stay words), and no key twice; in C, as the files are many lines."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        seen.add(key)
    return dict(loader.construct_mapping(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_plain(path: Path) -> Any:
    """What a file of people's YAML holds: YAML 1.2 words, no key twice. Raises OSError and yaml.YAMLError."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)


def read_authored(path: Path, model: type[Model], error: type[AuthoredError]) -> Model:
    """The model in one file. Raises `error` naming the file and each faulty key; its `id` is the name of the file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise error(path, [f"cannot be read: {fault}"]) from fault
    return parse_authored(text, path, model, error)


def parse_authored(text: str, path: Path, model: type[Model], error: type[AuthoredError]) -> Model:
    """The same for a text that would stand in the file."""
    try:
        data = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as fault:
        raise error(path, [f"cannot be read: {fault}"]) from fault
    if not isinstance(data, dict):
        raise error(path, ["must be a mapping of keys"])
    try:
        read = model.model_validate(data)
    except ValidationError as fault:
        raise error(path, list(_plain(fault))) from fault
    own = getattr(read, "id", None)
    if own != path.stem:
        raise error(path, [f"id: {own!r} must equal the file name without .yaml, {path.stem!r}"])
    return read


def _plain(error: ValidationError) -> Iterator[str]:
    for one in error.errors():
        where = ".".join(str(part) for part in one["loc"])
        message = one["msg"].removeprefix("Value error, ")
        if one["type"] == "extra_forbidden":
            message = "there is no such key"
        for line in message.split("\n"):
            yield f"{where}: {line}" if where else line
