"""What `jupyter oj doctor --languages` shows: each language's version, cost of a start, and self-tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

import click

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders import self_tests
from jupyter_oj_graders.image_specs import sandbox_settings
from jupyter_oj_graders.self_tests import Cost, SelfTestResult
from jupyter_oj_sandbox import pool
from jupyter_oj_sandbox.api import SandboxFault

HEAD = f"{'language':12} {'name':20} {'version':12} {'start':>8} {'CPU':>8} {'memory':>9} {'build':>8}  self-tests"


@dataclass(frozen=True, slots=True)
class Row:
    """One language. `fault` is set when the sandbox failed on it."""

    language: str
    name: str
    version: str | None
    cost: Cost | None
    results: tuple[SelfTestResult, ...]
    fault: str | None = None

    @property
    def ok(self) -> bool:
        return self.fault is None and bool(self.results) and all(result.ok for result in self.results)

    def as_json(self) -> dict[str, object]:
        return {
            "language": self.language,
            "name": self.name,
            "version": self.version,
            "ok": self.ok,
            "fault": self.fault,
            "start": asdict(self.cost) if self.cost else None,
            "self_tests": [
                {"name": each.name, "expect": each.expect, "got": each.got, "ok": each.ok} for each in self.results
            ],
        }


def rows(settings: Settings, languages: Mapping[str, Language]) -> Iterator[Row]:
    """Try each language on the real sandbox; missing images are built. Raises `SandboxFault` when there is none."""
    with pool.open_sandbox(slot="doctor", core=None, settings=sandbox_settings(settings)) as sandbox:
        for language in languages.values():
            try:
                version = self_tests.version(sandbox, language)
                cost = self_tests.start_up(sandbox, language)
                results = tuple(self_tests.run(sandbox, language))
                yield Row(language.id, language.name, version, cost, results)
            except (SandboxFault, OSError) as fault:
                yield Row(language.id, language.name, None, None, (), str(fault))


def show(row: Row) -> None:
    """One line, and one more for each self-test that failed."""
    costs = f"{'-':>8} {'-':>8} {'-':>9} {'-':>8}"
    if cost := row.cost:
        wall, cpu = f"{cost.wall_s * 1000:5.0f} ms", f"{cost.cpu_s * 1000:5.0f} ms"
        costs = f"{wall} {cpu} {cost.memory_kib / 1024:5.0f} MiB {cost.build_s:6.2f} s"
    passed = f"{sum(each.ok for each in row.results)} of {len(row.results)}"
    mark = click.style("ok", fg="green") if row.ok else click.style("FAIL", fg="red", bold=True)
    click.echo(f"{row.language:12} {row.name:20} {row.version or '-':12} {costs}  {passed} {mark}")
    if row.fault:
        click.echo(f"    {row.fault}")
    for each in row.results:
        if not each.ok:
            click.echo(f"    {each.name}: {each.got}, not {each.expect}: {each.detail.strip()[:300]}")
