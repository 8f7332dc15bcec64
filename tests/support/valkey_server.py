"""The real bundled Valkey, started through the product's own code: one a test session, emptied for each test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyter_oj_extension import valkey
from jupyter_oj_extension.settings import Settings


def short_folder() -> Path:
    """A temporary folder whose path is short enough for a unix socket, whatever pytest's is."""
    return Path(tempfile.mkdtemp(prefix="oj-", dir="/tmp"))


@pytest.fixture(scope="session")
def valkey_settings() -> Iterator[Settings]:
    """Settings of a running Valkey that the tests of a session share."""
    folder = short_folder()
    settings = Settings(state_dir=folder)
    valkey.ensure(settings)
    yield settings
    valkey.stop(settings)
    shutil.rmtree(folder)


@pytest.fixture
def redis_url(valkey_settings: Settings) -> str:
    """The URL of an empty Valkey, for `Settings.redis_url`; `broker_url` is `valkey_settings.broker`."""
    with valkey.client(valkey_settings) as redis:
        redis.flushall()
    return valkey_settings.redis


@pytest.fixture
def own_valkey() -> Iterator[Settings]:
    """Settings in a folder of its own with no Valkey yet, for tests that start and kill one."""
    folder = short_folder()
    settings = Settings(state_dir=folder)
    yield settings
    valkey.stop(settings)
    shutil.rmtree(folder)
