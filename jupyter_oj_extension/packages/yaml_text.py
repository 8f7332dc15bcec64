"""YAML that a stranger wrote, read without letting it take time or memory: plain values only, and not many of them."""

from __future__ import annotations

from typing import Any

import yaml

from jupyter_oj_extension.domain.errors import PackageError

BYTES = 128 << 10
VALUES = 20_000
"""Values in a file, each counted as often as an alias repeats it: a few lines of aliases can stand for billions."""
DEPTH = 24
MERGED = 2_000
"""Keys in one map."""
SCALAR = 64
"""Longest number: an integer in base 60 or with a million digits takes minutes to read or to print."""


class _Loader(yaml.SafeLoader):
    """Reads plain values, and refuses numbers that are none to us."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        super().flatten_mapping(node)
        if len(node.value) > MERGED:  # merges of merges double at each step
            raise yaml.constructor.ConstructorError(None, None, "a map of too many keys", node.start_mark)


def _number(loader: _Loader, node: yaml.ScalarNode) -> Any:
    if len(node.value) > SCALAR:
        raise yaml.constructor.ConstructorError(None, None, "a number of too many digits", node.start_mark)
    float_tag = node.tag.endswith(":float")
    return loader.construct_yaml_float(node) if float_tag else loader.construct_yaml_int(node)


_Loader.add_constructor("tag:yaml.org,2002:int", _number)
_Loader.add_constructor("tag:yaml.org,2002:float", _number)


def load(text: str, name: str) -> dict[str, Any]:
    """The map in `text`; nothing at all is an empty one. Raises `PackageError` that begins with the file's `name`."""
    if len(text) > BYTES:
        raise PackageError(f"{name}: larger than {BYTES >> 10} KiB")
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except (
        yaml.YAMLError,
        RecursionError,
        ArithmeticError,
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
    ) as error:
        # A tag that does not fit its value (`!!bool maybe`) ends in whatever PyYAML's constructor stumbles over.
        raise PackageError(f"{name}: not valid YAML ({' '.join(str(error).split())[:300]})") from None
    if data is None:
        return {}
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise PackageError(f"{name}: must hold a map of keys to values")
    _check(data, name)
    return data


def _check(data: Any, name: str) -> None:
    left = VALUES
    waiting = [(data, 0)]
    while waiting:
        value, depth = waiting.pop()
        left -= 1
        if left < 0 or depth > DEPTH:
            raise PackageError(f"{name}: too many values, or too deep in each other")
        if isinstance(value, dict):
            waiting += [(one, depth + 1) for pair in value.items() for one in pair]
        elif isinstance(value, list | tuple | set):
            waiting += [(one, depth + 1) for one in value]
        elif isinstance(value, str) and not _plain(value):
            raise PackageError(f"{name}: holds a character that no text may hold")
        if len(waiting) > VALUES:
            raise PackageError(f"{name}: too many values")


def _plain(text: str) -> bool:
    """No NUL and no half of a surrogate pair, which neither databases nor UTF-8 take."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
