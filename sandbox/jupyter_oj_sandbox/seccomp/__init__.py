"""The outer seccomp profile: people read and change ``outer.txt``, the OCI runtime loads ``outer.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("outer.txt")
PROFILE = Path(__file__).with_name("outer.json")
ENOSYS = 38


def profile(text: str) -> dict[str, Any]:
    """The OCI profile of an allow-list: the native architecture only, one rule for the plain names and one for each
    conditional name. Raises `ValueError` for a name that stands twice or a condition that is not ``ARGUMENT=VALUE``."""
    plain: list[str] = []
    rules: list[dict[str, Any]] = []
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if any("=" in word for word in words):
            name, *conditions = words
            pairs = [condition.split("=") for condition in conditions]
            args = [{"index": int(index), "value": int(value), "op": "SCMP_CMP_EQ"} for index, value in pairs]
            rules.append({"names": [name], "action": "SCMP_ACT_ALLOW", "args": args})
        else:
            plain += words
    names = plain + [rule["names"][0] for rule in rules]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"listed twice: {' '.join(twice)}")
    rules.insert(0, {"names": plain, "action": "SCMP_ACT_ALLOW"})
    return {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": ENOSYS, "syscalls": rules}


def render(text: str) -> str:
    return json.dumps(profile(text), indent=1) + "\n"
