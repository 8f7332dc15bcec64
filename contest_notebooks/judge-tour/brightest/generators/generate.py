"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import json
import random
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 1912
MOST = 1_000_000

Nodes = list[int | None]


def grown(rng: random.Random, size: int, most: int, deep: float) -> Nodes:
    """A tree of `size` nodes; `deep`, from 0 to 1, says how often a node has one child only."""
    nodes: Nodes = [rng.randint(0, most)]
    made, at = 1, 0
    while made < size:
        parent = at < len(nodes) and nodes[at] is not None
        at += 1
        if not parent:
            continue
        left = right = True
        if rng.random() < deep:
            left = rng.random() < 0.5
            right = not left
        for there in (left, right):
            there = there and made < size
            nodes.append(rng.randint(0, most) if there else None)
            made += there
    return trimmed(nodes)


def trimmed(nodes: Nodes) -> Nodes:
    while nodes[-1] is None:
        nodes.pop()
    return nodes


def shaft(rng: random.Random, depth: int) -> Nodes:
    nodes: Nodes = [MOST]
    for _ in range(depth - 1):
        left = rng.random() < 0.5
        nodes += [MOST if left else None, None if left else MOST]
    return trimmed(nodes)


def comb(depth: int) -> Nodes:
    """A shaft with a dead end to the right in every chamber: as many ways as chambers, and long ones."""
    nodes: Nodes = [1, 1, 0]
    for _ in range(depth - 1):
        nodes += [1, 0, None, None]  # the children of the chamber on the left, then those of the dead end
    return trimmed(nodes)


def fork(left: int, right: int) -> Nodes:
    """Two bright shafts of so many chambers below the entrance: which is brighter does not show in 32 bits."""
    nodes: Nodes = [0, MOST, MOST]
    for depth in range(2, max(left, right) + 1):
        for length in (left, right):
            if depth <= length + 1:
                nodes += [MOST if depth <= length else None, None]
    return trimmed(nodes)


def cases(rng: random.Random) -> Iterator[tuple[str, Nodes]]:
    yield "01-one-chamber", [7]
    yield "02-dark", [0, 0, 0, 0, None, None, 0]
    yield "03-left-of-equals", [5, 1, 2, 3, 3, 2, 2]
    yield "04-bright-first", [1, 9, 2, 1, None, None, 30]
    for number in range(5, 8):
        yield f"{number:02}-random-small", grown(rng, 12, 4, 0.3)
    yield "08-random", grown(rng, 1000, MOST, 0.5)
    yield "09-bushy", grown(rng, 20_000, MOST, 0.0)
    yield "10-shaft", shaft(rng, 20_000)
    yield "11-comb", comb(19_999)
    yield "12-deep", grown(rng, 20_000, MOST, 0.97)
    yield "13-fork", fork(3_000, 1_500)
    yield "14-fork", fork(1_000, 4_500)


def main() -> None:
    """Writes every case and the answer that the accepted Python solution gives to it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE / "data" / "secret"
    names = runpy.run_path(str(PACKAGE / "submissions" / "accepted" / "stack.py"))

    def tree(nodes: Nodes) -> object:
        made = [None if value is None else names["TreeNode"](value) for value in nodes]
        children = iter(made[1:])
        for node in made:
            if node is not None:
                node.left, node.right = next(children, None), next(children, None)
        return made[0]

    for name, nodes in cases(random.Random(SEED)):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.with_suffix(".in").write_text(json.dumps([nodes]) + "\n", encoding="utf-8", newline="\n")
        answer = names["brightest"](tree(nodes))
        target.with_suffix(".ans").write_text(json.dumps(answer) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
