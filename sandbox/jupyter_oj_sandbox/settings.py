"""The sandbox's own settings. The grader fills them from its table; the sandbox reads no environment and no files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxSettings:
    """How containers are owned, started and replaced on this host."""

    state_dir: Path
    """An ordinary user's containers and images live in ``state_dir/sandbox``; root's belong to `account`."""
    account: str = "oj-grader"
    """The account that owns the containers when the grader is started by root."""
    oci_runtime: str = ""
    """crun, runc, runsc, krun ...; empty: Podman's default."""
    single_use: bool = False
    """A fresh container for each submission."""
    recycle_after: int = 500
    """Boxes a warm container serves before it is replaced."""
    warm_interpreters: bool = True
    """Fork programs from an interpreter that has been started before, where the image says that it can be."""
    max_warm: int = 6
    """Containers a slot keeps between submissions, one for each image and role; a cold start costs about 0.15 s."""
    base_image: str = ""
    """Build images with ``podman build`` from this registry image (``debian:bookworm-slim``), not with mmdebstrap."""
    suite: str = ""
    """Debian or Ubuntu release the images are made of; empty: the host's own."""
    apt_sources: Path | None = None
    """apt source list for mmdebstrap; None: the host's own."""
