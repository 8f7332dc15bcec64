"""Lies beside the learner's file, whose last line calls `run`: reads arguments, calls the function, writes the reply.

Types come as nested tuples: ``("map", ("string",), ("list", ("int",)))``. Nothing here is trusted by the judge.
"""

# mypy: ignore-errors

import os
import struct
import sys

REPLY = "/scratch/oj_reply"
LONGEST = 5_000_000
FORMATS = {"int": "i", "long": "q", "float": "d"}
SIZES = {"int": 4, "long": 8, "float": 8}


class WrongType(Exception):
    """What the function gave back is no value of the result's type."""


class Node:
    """A list's or tree's node where the learner's file has no class for it. Which, the constructor's caller knows."""

    def __init__(self, val, first=None, second=None):
        self.val = val
        self.next = self.left = first
        self.right = second


class Reader:
    def __init__(self, raw, names):
        self.raw, self.at = raw, 0
        self.list_node = names.get("ListNode", Node)
        self.tree_node = names.get("TreeNode", Node)

    def unpack(self, form, size):
        self.at += size
        return struct.unpack_from("<" + form, self.raw, self.at - size)

    def count(self):
        return self.unpack("I", 4)[0]

    def read(self, type):
        return getattr(self, type[0])(*type[1:])

    def bool(self):
        return self.unpack("?", 1)[0]

    def int(self):
        return self.unpack("i", 4)[0]

    def long(self):
        return self.unpack("q", 8)[0]

    def float(self):
        return self.unpack("d", 8)[0]

    def char(self):
        return chr(self.unpack("B", 1)[0])

    def string(self):
        size = self.count()
        self.at += size
        return self.raw[self.at - size : self.at].decode()

    def nullable(self, item):
        return self.read(item) if self.bool() else None

    def list(self, item):
        count = self.count()
        if item[0] in FORMATS:
            return [*self.unpack(f"{count}{FORMATS[item[0]]}", count * SIZES[item[0]])]
        return [self.read(item) for _ in range(count)]

    def graph(self):
        return self.list(("list", ("int",)))

    def set(self, item):
        return {*self.list(item)}

    def map(self, key, item):
        return {self.read(key): self.read(item) for _ in range(self.count())}

    def linked_list(self, item):
        head = None
        for value in reversed(self.list(item)):
            node = self.list_node(value)
            node.next = head
            head = node
        return head

    def tree(self, item):
        values = iter([self.nullable(item) for _ in range(self.count())])
        root = self.node(next(values, None))
        level = [root] if root is not None else []
        for parent in level:
            parent.left = self.node(next(values, None))
            parent.right = self.node(next(values, None))
            level += [child for child in (parent.left, parent.right) if child is not None]
        return root

    def node(self, value):
        if value is None:
            return None
        node = self.tree_node(value)
        node.left = node.right = None
        return node


class Writer:
    def __init__(self):
        self.out = bytearray()

    def write(self, type, value):
        getattr(self, type[0])(value, *type[1:])

    def pack(self, form, *values):
        self.out += struct.pack("<" + form, *values)

    def bool(self, value):
        if not (isinstance(value, bool) or type(value).__name__ == "bool_"):
            wrong("bool", value)
        self.pack("?", bool(value))

    def int(self, value):
        self.pack("i", integer(value, "int", 31))

    def long(self, value):
        self.pack("q", integer(value, "long", 63))

    def float(self, value):
        self.pack("d", number(value))

    def char(self, value):
        if not isinstance(value, str) or len(value) != 1 or ord(value) > 127:
            wrong("char (a string of one ASCII character)", value)
        self.pack("B", ord(value))

    def string(self, value):
        if not isinstance(value, str):
            wrong("string", value)
        try:
            raw = str.encode(value)
        except UnicodeEncodeError:
            raise WrongType("a string holds half a character") from None
        self.pack("I", len(raw))
        self.out += raw

    def nullable(self, value, item):
        self.pack("?", value is not None)
        if value is not None:
            self.write(item, value)

    def items(self, values, item):
        self.pack("I", len(values))
        if item[0] == "float":
            self.pack(f"{len(values)}d", *map(number, values))
        elif item[0] in FORMATS:
            bits = 8 * SIZES[item[0]] - 1
            self.pack(f"{len(values)}{FORMATS[item[0]]}", *[integer(value, item[0], bits) for value in values])
        else:
            for value in values:
                self.write(item, value)

    def list(self, value, item):
        if not isinstance(value, (list, tuple)) and type(value).__name__ not in ("deque", "ndarray"):
            wrong("list", value)
        self.items([*value], item)

    def graph(self, value):
        self.list(value, ("list", ("int",)))

    def set(self, value, item):
        if not isinstance(value, (set, frozenset)):
            wrong("set", value)
        self.items([*value], item)

    def map(self, value, key, item):
        if not isinstance(value, dict):
            wrong("dict", value)
        pairs = [*value.items()]
        self.pack("I", len(pairs))
        for name, held in pairs:
            self.write(key, name)
            self.write(item, held)

    def linked_list(self, node, item):
        values = []
        while node is not None:
            values.append(attribute(node, "val", "ListNode"))
            node = attribute(node, "next", "ListNode")
            if len(values) > LONGEST:
                raise WrongType("the linked list does not end: it runs in a circle")
        self.items(values, item)

    def tree(self, root, item):
        level = [root]
        for node in level:
            if node is not None:
                level += [attribute(node, "left", "TreeNode"), attribute(node, "right", "TreeNode")]
            if len(level) > LONGEST:
                raise WrongType("the tree does not end: it runs in a circle")
        while level and level[-1] is None:
            level.pop()
        self.pack("I", len(level))
        for node in level:
            self.nullable(None if node is None else attribute(node, "val", "TreeNode"), item)


def integer(value, name, bits):
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        wrong(name, value)
    value = value.__index__()
    if not -(1 << bits) <= value < 1 << bits:
        raise WrongType(f"{value} does not fit into {name}" if value.bit_length() < 200 else "too large a number")
    return value


def number(value):
    if isinstance(value, bool) or not (isinstance(value, float) or hasattr(value, "__index__")):
        wrong("float", value)
    try:
        return float(value)
    except OverflowError:
        raise WrongType("too large a number for a float") from None


def attribute(node, name, kind):
    try:
        return getattr(node, name)
    except AttributeError:
        return wrong(kind, node)


def wrong(asked, value):
    raise WrongType(f"asked for {asked}, got {type(value).__name__}")


def run(names, name, parameters, result, changes):
    with open(0, "rb", closefd=False) as stdin:
        reader = Reader(stdin.read(), names)
    arguments = [reader.read(parameter) for parameter in parameters]
    function = names.get(name)
    if function is None and isinstance(names.get("Solution"), type):
        function = getattr(names["Solution"](), name, None)
    if not callable(function):
        sys.exit(f"There is no function {name} in your program.")
    value = function(*arguments)
    writer = Writer()
    writer.pack("B", 1)
    try:
        writer.write(result, value if changes is None else arguments[changes])
    except WrongType as why:
        writer = Writer()
        writer.pack("B", 2)
        writer.string(str(why))
    with open(REPLY, "wb") as reply:
        reply.write(writer.out)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # noqa: S110 - the learner may have closed or replaced it: that is no fault of the result
            pass
    os._exit(0)
