"""Executables, and the cache of them on disk.

    <state_dir>/cache/executables/
      3f/3f2a…       one executable: SHA-256 of what follows, then the bytes
      3f/.tmp-…      being written; becomes its name by an atomic rename

The name is the hash of everything that the bytes depend on (language, compiler's image and command, source), so an
entry is never stale. Its time of use is its mtime: when the folder is over its size, the entries used longest ago go.
Any number of graders may share the folder.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_sandbox.api import BoxFile

log = logging.getLogger(__name__)

_DIGEST_BYTES = 32
_SWEEP_EVERY = 64


@dataclass(frozen=True, slots=True)
class Executable:
    """What is loaded into a box, and the command that runs it."""

    files: tuple[BoxFile, ...]
    argv: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)
    memory_pattern: str = ""
    """`Language.memory_pattern`."""
    unproved: str = ""
    """The key under which it is noted that the syntax is right, where nobody has looked at it yet: what has run to a
    good end was read whole before."""
    collect: tuple[str, ...] = ()
    """Files that a run is to leave in its working folder, brought out with its result."""


def executable_key(language: Language, files: Sequence[BoxFile], entry: str = "source") -> str:
    """The name of what these files become in this language when the program begins in `entry`."""
    recipe = language.compile_image or language.run_image
    facts = [
        3,
        language.id,
        asdict(recipe),
        language.compile_argv or language.check_argv,
        language.artefact,
        language.beside_artefact,
        sorted(language.env.items()),
        language.extensions,
        entry,
        sorted((file.name, hashlib.sha256(file.content).hexdigest()) for file in files),
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def pack(files: Mapping[str, bytes]) -> bytes:
    """Built files as the one entry that the cache keeps."""
    head = json.dumps([[name, len(content)] for name, content in files.items()]).encode()
    return b"\n".join((head, b"".join(files.values())))


def unpack(payload: bytes) -> dict[str, bytes]:
    """The inverse of `pack`."""
    head, _, rest = payload.partition(b"\n")
    files, at = {}, 0
    for name, size in json.loads(head):
        files[name] = rest[at : at + size]
        at += size
    return files


class ExecutableCache:
    """Built programs by `executable_key`. A language that builds nothing keeps empty entries: the source was checked.

    The disk's faults are never the judge's: what cannot be read or written counts as not there.
    """

    def __init__(self, folder: Path, *, limit_mib: int = 512) -> None:
        self._folder = folder
        self._limit = limit_mib << 20
        self._puts = 0
        self._recent: tuple[str, bytes] = ("", b"")

    def get(self, key: str) -> bytes | None:
        """The bytes kept under `key`, or None. An entry that a crash or the disk spoilt is removed."""
        recent, payload = self._recent
        if recent != key:
            found = self._read(key)
            if found is None:
                return None
            payload = found
            self._recent = key, payload
        return payload

    def _read(self, key: str) -> bytes | None:
        path = self._path(key)
        try:
            content = path.read_bytes()
            digest, payload = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
            if hashlib.sha256(payload).digest() != digest:
                log.warning("executable %s is damaged, removing it", key)
                path.unlink(missing_ok=True)
                return None
            os.utime(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            log.warning("executable cache: cannot read %s: %s", path, error)
            return None
        return payload

    def put(self, key: str, payload: bytes) -> None:
        """Keep `payload` under `key`; all of it is seen, or nothing."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(prefix=".tmp-", dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(payload).digest())
                    file.write(payload)
                os.replace(name, path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            if self._puts % _SWEEP_EVERY == 0:
                self.sweep()
            self._puts += 1
        except OSError as error:
            log.warning("executable cache: cannot write %s: %s", path, error)

    def sweep(self) -> None:
        """Remove the entries used longest ago until the rest is within the limit."""
        entries = sorted(self._entries(), key=lambda entry: entry[1].st_mtime)
        total = sum(stat.st_size for _, stat in entries)
        for path, stat in entries:
            if total <= self._limit:
                return
            path.unlink(missing_ok=True)
            total -= stat.st_size

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self._folder.glob("*/*"):
            try:
                yield path, path.stat()
            except FileNotFoundError:
                continue  # another grader removed it

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key
