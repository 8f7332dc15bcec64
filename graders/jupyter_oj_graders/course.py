"""Which tests of a judgement are still to be run: after a failure the rest of its group, when the group breaks off; and
groups whose requirement was not met. Goes along with the runs, in judging order, a step for each."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from jupyter_oj_extension.domain.judgement import RunOutcome
from jupyter_oj_extension.domain.problem import Problem, TestGroup
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders.grading import Grader, Item, above, combine, item_of, parent_in


class Course:
    """Told of each run by `ran`; asked by `wants` before each test. Pure but for what it was told."""

    def __init__(self, problem: Problem, past: Collection[Verdict] = (), grader: Grader | None = None) -> None:
        """`past`: verdicts that end nothing early. `grader`: the problem's own, where it has one."""
        self._past, self._grader = past, grader
        self._known = {"": TestGroup("")} | {group.name: group for group in problem.groups}
        self._items: dict[str, list[tuple[TestGroup | None, Item]]] = {name: [] for name in self._known}
        self._failed: set[str] = set()
        """Groups with an item that is not accepted: what `on_reject` looks at."""
        self._missed: set[str] = set()
        """Groups with a test that was not accepted or not run: what `require_pass` looks at."""
        self._open: list[str] = []
        """The groups the last test was in, from the outermost."""

    def wants(self, group: str) -> bool:
        """Whether the next test, which is in `group`, is to be run."""
        lineage = self._lineage(group)
        self._close(lineage)
        wanted = not any(self._stopped(name) for name in lineage)
        if not wanted:
            self._missed.update(lineage)
        return wanted

    def ran(self, run: RunOutcome) -> None:
        lineage = self._lineage(run.group)
        self._close(lineage)
        self._open = lineage
        if run.verdict is not Verdict.AC:
            self._missed.update(lineage)
        verdict = Verdict.AC if run.verdict in self._past else run.verdict
        self._add(lineage[-1], None, item_of(run, verdict))

    def _stopped(self, name: str) -> bool:
        group = self._known[name]
        broken = group.on_reject == "break" and name in self._failed
        return broken or any(required in self._missed for required in group.require_pass)

    def _close(self, lineage: Sequence[str]) -> None:
        """Hand the results of groups that the next test is not in to those above them."""
        while self._open and self._open[-1] not in lineage:
            name = self._open.pop()
            result = combine(self._known[name], self._items[name], grader=self._grader)
            if self._open:
                self._add(self._open[-1], self._known[name], result)

    def _add(self, name: str, group: TestGroup | None, item: Item) -> None:
        self._items[name].append((group, item))
        ignored = self._known[name].ignore_sample and group is not None and group.name == "sample"
        if item.verdict is not Verdict.AC and not ignored:
            self._failed.add(name)

    def _lineage(self, group: str) -> list[str]:
        found: list[str] = []
        name = parent_in(self._known, group)
        while name is not None:
            found.append(name)
            name = above(self._known, name)
        return found[::-1]
