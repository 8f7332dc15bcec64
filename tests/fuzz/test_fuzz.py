"""A little of each target, in every run of the tests: seeds, and seeds that hypothesis has cut and mixed."""

from __future__ import annotations

import os

import pytest
from fuzz_targets import SEEDS, TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("OJ_FUZZ_EXAMPLES") or 300)
"""Set it to a million for an evening's campaign."""


@pytest.mark.parametrize("name", TARGETS)
def test_seeds(name: str) -> None:
    for seed in SEEDS[name]:
        TARGETS[name](seed)


def _mixed(name: str) -> st.SearchStrategy[bytes]:
    seeds = st.sampled_from(SEEDS[name])
    piece = st.one_of(
        st.tuples(seeds, st.integers(0, 80), st.integers(0, 80)).map(lambda t: t[0][t[1] : t[1] + t[2]]),
        st.binary(max_size=8),
        st.sampled_from(
            [b"\n---\n", b"[", b"]", b"{", b'"', b",", b"0", b"\\", b"\n", b" ", b"1e", b"\xff", b"\0" * 4]
        ),
    )
    return st.tuples(seeds.map(lambda seed: seed[:8]), st.lists(piece, max_size=12)).map(
        lambda parts: parts[0] + b"".join(parts[1])
    )


@pytest.mark.parametrize("name", TARGETS)
def test_mixtures(name: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, database=None)
    @given(_mixed(name))
    def run(data: bytes) -> None:
        TARGETS[name](data)

    run()
