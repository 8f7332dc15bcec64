"""Before a grader serves: does the sandbox contain what it must, and which languages work here, in which version?"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders import self_tests
from jupyter_oj_graders.image_specs import sandbox_settings
from jupyter_oj_sandbox import pool, selftest
from jupyter_oj_sandbox.api import Sandbox, SandboxFault

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


def examine(settings: Settings, languages: Mapping[str, Language], *, thorough: bool = False) -> Readiness:
    """Test containment, then each language (`thorough`: with all its self-tests, not only the first).

    Never raises for what is missing on this host: that is the reason.
    """
    given = sandbox_settings(settings)
    findings: list[Finding] = []
    versions: dict[str, str] = {}
    try:
        probe = selftest.build_probe(given.state_dir / "runner")
        with pool.open_sandbox(slot="probe", core=None, settings=given) as sandbox:
            for check in selftest.check(sandbox, probe):
                findings.append(Finding(check.name, check.ok, check.detail))
            if leak := next((finding for finding in findings if not finding.ok), None):
                return Readiness({}, tuple(findings), f"the sandbox does not contain: {leak.name}: {leak.detail}")
            for language in languages.values():
                finding = _examine(sandbox, language, None if thorough else self_tests.START)
                findings.append(finding)
                if finding.ok:
                    versions[language.id] = finding.detail
    except (SandboxFault, OSError) as fault:
        return Readiness({}, tuple(findings), str(fault))
    broken = next((finding for finding in findings if not finding.ok), None)
    reason = f"no language works here: {broken.name}: {broken.detail}" if broken and not versions else None
    return Readiness(versions, tuple(findings), reason)


def _examine(sandbox: Sandbox, language: Language, tests: Collection[str] | None) -> Finding:
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
