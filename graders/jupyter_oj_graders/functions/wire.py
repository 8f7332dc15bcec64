"""How arguments go into the sandbox and the result comes out: a binary form that each language reads in a few lines.

Little-endian, without names, types or padding; the signature alone says what follows what:

| type | bytes |
|---|---|
| bool, char | one byte (0 or 1; the ASCII code) |
| int, long, float | 4, 8, 8 bytes (two's complement; IEEE 754) |
| string | u32 length, UTF-8 |
| nullable | one byte 0 or 1, after 1 the value |
| list, set, linked list, graph | u32 length, the values |
| map | u32 length, key and value in turn |
| tree | u32 number of entries of its level order, each like a nullable |

Standard input holds the arguments, one after the other. A reply is one byte, 1, and the result; or 2 and a string that
tells why what the learner gave back is no value of the result's type. A reply is hostile input: the learner's code can
write any bytes in its place. `decode` takes a value of the very type and nothing before, within or after it; so
whatever was done in the sandbox, what is compared is a plain value.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from jupyter_oj_extension.domain.signature import Kind, Parameter, Type
from jupyter_oj_extension.domain.values import ValueMismatch, graph, level_order

VALUE, NOT_OF_TYPE = 1, 2
MESSAGE_CHARS = 200
_U32 = struct.Struct("<I")
_FORMATS = {Kind.INT: "i", Kind.LONG: "q", Kind.FLOAT: "d"}
_STRUCTS = {kind: struct.Struct(f"<{letter}") for kind, letter in _FORMATS.items()}


class InvalidReply(ValueError):
    """The reply is no value of the result's type. ``str`` is a line for the learner."""


def encode_arguments(parameters: Sequence[Parameter], values: Sequence[Any]) -> bytes:
    """Standard input of a harness. `values` are as `values.arguments` gives them."""
    out = bytearray()
    for parameter, value in zip(parameters, values, strict=True):
        _encode(out, parameter.type, value)
    return bytes(out)


def encode(type: Type, value: Any) -> bytes:
    """One value, as it stands in a reply."""
    out = bytearray()
    _encode(out, type, value)
    return bytes(out)


def _encode(out: bytearray, type: Type, value: Any) -> None:
    match type.kind:
        case Kind.BOOL:
            out.append(value)
        case Kind.INT | Kind.LONG | Kind.FLOAT:
            out += _STRUCTS[type.kind].pack(value)
        case Kind.CHAR:
            out.append(ord(value))
        case Kind.STRING:
            raw = value.encode()
            out += _U32.pack(len(raw)) + raw
        case Kind.NULLABLE:
            _encode_nullable(out, type.item, value)
        case Kind.MAP:
            out += _U32.pack(len(value))
            for key, held in value.items():
                _encode(out, type.key, key)
                _encode(out, type.item, held)
        case Kind.TREE:
            out += _U32.pack(len(value))
            for node in value:
                _encode_nullable(out, type.item, node)
        case _:
            out += _U32.pack(len(value))
            if letter := _FORMATS.get(type.item.kind):
                out += struct.pack(f"<{len(value)}{letter}", *value)
            else:
                for item in value:
                    _encode(out, type.item, item)


def _encode_nullable(out: bytearray, type: Type, value: Any) -> None:
    out.append(value is not None)
    if value is not None:
        _encode(out, type, value)


def decode_reply(type: Type, reply: bytes) -> Any:
    """The result in a harness's reply. Raises `InvalidReply`."""
    source = _Source(reply)
    match source.byte():
        case 1:
            return _whole(source, type)
        case 2:
            why = _decode(source, Type(Kind.STRING))
            raise InvalidReply("".join(c if c.isprintable() else "?" for c in why[:MESSAGE_CHARS]))
    raise InvalidReply("the reply does not begin as a reply does")


def decode(type: Type, raw: bytes) -> Any:
    """The value that `raw` is, all of it. Raises `InvalidReply`."""
    return _whole(_Source(raw), type)


def _whole(source: _Source, type: Type) -> Any:
    value = _decode(source, type)
    if source.at != len(source.raw):
        raise InvalidReply("the reply goes on after its value")
    return value


class _Source:
    """Bytes with a place up to which they are read."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def take(self, size: int) -> bytes:
        piece = self.raw[self.at : self.at + size]
        if len(piece) != size:
            raise InvalidReply("the reply ends within its value")
        self.at += size
        return piece

    def byte(self) -> int:
        return self.take(1)[0]

    def count(self, least_size: int) -> int:
        """A length; each of its items takes `least_size` bytes at least, so that a false one asks for no memory."""
        (number,) = _U32.unpack(self.take(4))
        if number * least_size > len(self.raw) - self.at:
            raise InvalidReply("the reply ends within its value")
        return int(number)


def _decode(source: _Source, type: Type) -> Any:
    match type.kind:
        case Kind.BOOL:
            return _flag(source)
        case Kind.INT | Kind.LONG | Kind.FLOAT:
            packed = _STRUCTS[type.kind]
            return packed.unpack(source.take(packed.size))[0]
        case Kind.CHAR:
            return _ascii(source.byte())
        case Kind.STRING:
            return _text(source.take(source.count(1)))
        case Kind.NULLABLE:
            return _decode(source, type.item) if _flag(source) else None
        case Kind.MAP:
            return _decode_map(source, type)
        case Kind.TREE:
            nodes = [_decode(source, type.item) if _flag(source) else None for _ in range(source.count(1))]
            return _sound(level_order, nodes)
        case Kind.SET:
            items = _decode_list(source, type.item)
            if len(set(items)) != len(items):
                raise InvalidReply("the reply's set holds something twice")
            return items
        case Kind.GRAPH:
            return _sound(graph, _decode_list(source, type.item))
        case _:
            return _decode_list(source, type.item)


def _decode_list(source: _Source, item: Type) -> list[Any]:
    letter = _FORMATS.get(item.kind)
    if letter is None:
        return [_decode(source, item) for _ in range(source.count(1))]
    size = _STRUCTS[item.kind].size
    count = source.count(size)
    return list(struct.unpack(f"<{count}{letter}", source.take(count * size)))


def _decode_map(source: _Source, type: Type) -> dict[Any, Any]:
    count = source.count(2)
    found = {}
    for _ in range(count):
        key = _decode(source, type.key)
        found[key] = _decode(source, type.item)
    if len(found) != count:
        raise InvalidReply("the reply's map has a key twice")
    return found


def _flag(source: _Source) -> bool:
    if (byte := source.byte()) > 1:
        raise InvalidReply("the reply holds something else where true or false is due")
    return byte == 1


def _ascii(code: int) -> str:
    if code > 127:
        raise InvalidReply("a char is one ASCII character")
    return chr(code)


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise InvalidReply("the reply holds a string that is not UTF-8") from None


def _sound(check: Any, value: Any) -> Any:
    try:
        return check(value, "the result")
    except ValueMismatch as error:
        raise InvalidReply(str(error)) from None
