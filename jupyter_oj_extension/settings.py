"""All settings in one table: a field, its environment variable ``OJ_<FIELD>``, its default for the laptop shape.

Read once at a program's start with `Settings.load`; values from the environment win over ``oj.toml`` in the
configuration folder (``OJ_CONFIG`` names another file). An unknown key is an error, so that a typo is not a default.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

from jupyter_oj_extension.domain.errors import OJError


class SettingsError(OJError):
    code, title = "bad-settings", "A setting is not valid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of every program; see ``docs/settings.md`` for each field's meaning."""

    state_dir: Path
    """Everything we keep: database, problems, Valkey's files, caches."""
    database_url: str = ""
    """SQLAlchemy URL; empty: SQLite in WAL mode in `state_dir`."""
    redis_url: str = ""
    """Redis or Valkey for leaderboards and events; empty: the bundled Valkey on a unix socket in `state_dir`."""
    broker_url: str = ""
    """Celery broker; empty: the same server as `redis_url`."""
    notebooks_dir: str = "oj"
    """Folder under the learner's Jupyter root where problem notebooks are made."""
    languages_dir: str = ""
    """Folder with more language files (TOML); empty: only the built-in and plugged-in ones."""
    languages: str = ""
    """Ids of the languages there are, separated by commas; empty: all that are built in or plugged in."""
    machine_factor: float = 1.0
    """How much slower this host is than the machine that the time limits are meant for: all of them are multiplied."""
    samples: bool = True
    """Load the sample problems and the sample contest at first start."""
    slots: int = 0
    """Judging slots of a grader on this host; 0: one a core, leaving one core free where there are three or more."""
    start_grader: bool = True
    """Laptop shape: the Jupyter server starts and supervises a grader beside itself."""
    single_use: bool = False
    """A fresh container for each submission."""
    recycle_after: int = 500
    """Uses of a warm container before it is replaced: a submission that is compiled and run in one image is two."""
    warm_containers: int = 6
    """Containers a slot keeps between submissions; those of the languages used longest ago go."""
    warm_interpreters: bool = True
    """Fork Python programs from an interpreter that has been started before; off: start one for each run."""
    oci_runtime: str = ""
    """OCI runtime (crun, runsc, krun); empty: Podman's default."""
    base_image: str = ""
    """An image of a container registry that all images are built on; empty: from Debian packages, with no registry."""
    sandbox_account: str = "oj-grader"
    """Account that owns the containers when the grader is started by root."""
    lease_s: float = 10.0
    heartbeat_s: float = 2.5
    judge_attempts: int = 3
    """How often a judgement is tried when the fault is ours, before it is shown as JE."""
    submissions_per_minute: int = 30
    """Rate limit of one user's submissions and runs together."""
    requests_per_minute: int = 1200
    """Rate limit of one address over the whole API."""
    max_in_flight: int = 4
    """Judgements of one user that may be in the queue at once; the others wait in the store, so no burst starves."""
    max_queue: int = 100_000
    """Queued judgements above which new submissions get 503."""

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.state_dir / 'oj.sqlite3'}"

    @property
    def valkey_socket(self) -> Path:
        return self.state_dir / "valkey" / "valkey.sock"

    @property
    def redis(self) -> str:
        return self.redis_url or f"unix://{self.valkey_socket}?db=0"

    @property
    def broker(self) -> str:
        if self.broker_url:
            return self.broker_url
        return self.redis_url or f"redis+socket://{self.valkey_socket}?virtual_host=0"

    @property
    def problems_dir(self) -> Path:
        """Problem packages by content hash; only service and graders can read it."""
        return self.state_dir / "problems"

    @classmethod
    def load(cls, **overrides: Any) -> Settings:
        """Settings from the configuration file, then the environment, then `overrides`.

        Raises `SettingsError` naming the key and what is wrong with its value.
        """
        values: dict[str, Any] = _from_file()
        hints = get_type_hints(cls)
        for field in fields(cls):
            text = os.environ.get(f"OJ_{field.name.upper()}")
            if text is not None:
                values[field.name] = _parse(field.name, text, hints[field.name])
        values.update(overrides)
        known = {field.name for field in fields(cls)}
        for key in values:
            if key not in known:
                raise SettingsError(f"unknown setting {key!r}; see docs/settings.md for the list")
        values["state_dir"] = Path(values.get("state_dir") or default_state_dir()).absolute()
        return cls(**values)


def default_state_dir() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "jupyter_oj"


def config_file() -> Path:
    named = os.environ.get("OJ_CONFIG")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "jupyter_oj" / "oj.toml"


def _from_file() -> dict[str, Any]:
    path = config_file()
    try:
        return tomllib.loads(path.read_text())
    except FileNotFoundError:
        if os.environ.get("OJ_CONFIG"):
            raise SettingsError(f"OJ_CONFIG names {path}, which does not exist") from None
        return {}
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}") from None


def _parse(name: str, text: str, kind: Any) -> Any:
    try:
        if kind is bool:
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[text.lower()]
        return Path(text) if kind is Path else kind(text)
    except (KeyError, ValueError):
        raise SettingsError(f"OJ_{name.upper()}={text!r} is not a {kind.__name__}") from None
