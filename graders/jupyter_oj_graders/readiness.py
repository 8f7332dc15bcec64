"""Before a grader serves: does the sandbox contain what it must, and which languages work here, in which version?"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders import self_tests
from jupyter_oj_graders.image_specs import image_spec, sandbox_settings
from jupyter_oj_sandbox import pool, selftest
from jupyter_oj_sandbox.api import RunLimits, Sandbox, SandboxFault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and what came of it."""

    name: str
    ok: bool
    detail: str

    def as_json(self) -> dict[str, object]:
        return {"name": self.name, "ok": self.ok, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Readiness:
    """`languages` are those that work, with their version. `reason` is None when this host may judge."""

    languages: dict[str, str]
    findings: tuple[Finding, ...]
    reason: str | None


def contained(settings: Settings) -> Readiness:
    """Test containment only: `reason` is None when programs may run here. Never raises."""
    given = sandbox_settings(settings)
    findings: list[Finding] = []
    try:
        probe = selftest.build_probe(given.state_dir / "runner")
        with pool.open_sandbox(slot="probe", core=None, settings=given) as sandbox:
            findings += (Finding(check.name, check.ok, check.detail) for check in selftest.check(sandbox, probe))
    except (SandboxFault, OSError) as fault:
        return Readiness({}, tuple(findings), str(fault))
    leak = next((finding for finding in findings if not finding.ok), None)
    reason = f"the sandbox does not contain: {leak.name}: {leak.detail}" if leak else None
    return Readiness({}, tuple(findings), reason)


def examine(settings: Settings, languages: Mapping[str, Language], *, thorough: bool = False) -> Readiness:
    """Test containment, then each language (`thorough`: with all its self-tests, not only the first); missing images
    are built.

    Never raises for what is missing on this host: that is the reason.
    """
    tight = contained(settings)
    findings = list(tight.findings)
    if tight.reason is not None:
        return tight
    versions: dict[str, str] = {}
    try:
        with pool.open_sandbox(slot="probe", core=None, settings=sandbox_settings(settings)) as sandbox:
            for language in languages.values():
                finding = examine_language(sandbox, language, None if thorough else self_tests.START)
                findings.append(finding)
                if finding.ok:
                    versions[language.id] = finding.detail
            if settings.warm_interpreters:
                findings += warm_interpreters(sandbox, languages.values())
    except (SandboxFault, OSError) as fault:
        return Readiness({}, tuple(findings), str(fault))
    broken = next((finding for finding in findings if not finding.ok), None)
    reason = f"no language works here: {broken.name}: {broken.detail}" if broken and not versions else None
    return Readiness(versions, tuple(findings), reason)


def warm_interpreters(sandbox: pool.PodmanSandbox, languages: Iterable[Language]) -> Iterator[Finding]:
    """Whether each interpreter that an image says can be kept warm is. Without it runs are right, and slower."""
    for spec in {image_spec(language.run_image) for language in languages if language.run_image.warm}:
        for interpreter in spec.warm:
            with sandbox.box(spec, memory_mib=64) as box:
                box.run((interpreter, "-c", "pass"), limits=RunLimits(cpu_s=5, wall_s=10, memory_mib=64))
                warm = box.container.warmth.held_mib > 0
            detail = "forked for each run" if warm else "cannot be kept warm here: it is started for each run"
            yield Finding(f"warm interpreter {interpreter} of {spec.name}", warm, detail)


def examine_language(sandbox: Sandbox, language: Language, tests: Collection[str] | None) -> Finding:
    """Judge the language's self-tests of these names (None: all). The detail of one that works is its version."""
    name = f"language {language.id}"
    try:
        text = self_tests.version(sandbox, language)
        for result in self_tests.run(sandbox, language, tests):
            if not result.ok:
                return Finding(
                    name, False, f"self-test {result.name} got {result.got}, not {result.expect}: {result.detail}"
                )
    except (SandboxFault, OSError) as fault:
        return Finding(name, False, str(fault))
    return Finding(name, True, text)
