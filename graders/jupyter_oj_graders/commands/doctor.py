"""``jupyter oj doctor``: can this host judge, and if not, what is missing and how does one get it?"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator

import click

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders import readiness
from jupyter_oj_graders.commands import language_table
from jupyter_oj_graders.commands.setup import owner
from jupyter_oj_graders.image_list import images_by_need
from jupyter_oj_graders.image_specs import image_specs, sandbox_settings
from jupyter_oj_graders.readiness import Finding
from jupyter_oj_sandbox import images
from jupyter_oj_sandbox.api import SandboxFault
from jupyter_oj_sandbox.cgroup import hierarchy
from jupyter_oj_sandbox.hostsetup import root
from jupyter_oj_sandbox.pool import open_engine

SETUP = "run `jupyter oj setup`"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object for programs.")
@click.option("--languages", "with_languages", is_flag=True, help="All self-tests of all languages, as a table.")
def doctor(as_json: bool, with_languages: bool) -> None:
    """Test this host and print what is missing with the line that gets it. The exit status is 1 when it cannot judge.

    The sandbox is really tried: memory and fork bombs, escapes, and a program in every language. With --languages only
    the languages are, each with all its self-tests: their versions, and what starting the least program costs.
    """
    settings = Settings.load()
    if with_languages:
        sys.exit(_languages(settings, as_json))
    findings: list[Finding] = []
    for finding in _prerequisites(settings):
        _show(finding, as_json)
        findings.append(finding)
    able = all(finding.ok for finding in findings)
    reason = None if able else next(finding.detail for finding in findings if not finding.ok)
    if able:
        ready = readiness.examine(settings, _built(settings))
        for finding in ready.findings:
            _show(finding, as_json)
        findings += ready.findings
        reason, able = ready.reason, ready.reason is None
    if as_json:
        click.echo(json.dumps({"able": able, "reason": reason, "findings": [f.as_json() for f in findings]}, indent=1))
    else:
        click.secho("This host can judge." if able else f"This host cannot judge: {reason}", bold=True)
    sys.exit(0 if able else 1)


def _built(settings: Settings) -> dict[str, Language]:
    """The languages whose images are there; the doctor builds none."""
    given = sandbox_settings(settings)
    engine = open_engine(given)
    known = plugins.languages(settings)
    return {
        id: language
        for id, language in known.items()
        if all(images.identity(spec, engine, given) is not None for spec in image_specs(language))
    }


def _languages(settings: Settings, as_json: bool) -> int:
    found = []
    if not as_json:
        click.secho(language_table.HEAD, bold=True)
    try:
        for row in language_table.rows(settings, plugins.languages(settings)):
            found.append(row)
            if not as_json:
                language_table.show(row)
    except SandboxFault as fault:
        raise click.ClickException(f"{fault} (see `jupyter oj doctor`)") from fault
    if as_json:
        click.echo(json.dumps([row.as_json() for row in found], indent=1))
    return 0 if all(row.ok for row in found) else 1


def _prerequisites(settings: Settings) -> Iterator[Finding]:
    """What must be there before a container can be started; stops at the first thing that hides the next ones."""
    packages = root.missing_packages()
    yield Finding("programs", not packages, f"missing {' '.join(packages)}: {SETUP}" if packages else "installed")
    name = owner(settings)
    if not root.account_exists(name):
        yield Finding("account", False, f"no account {name}: {SETUP}")
        return
    ids = root.has_subids(name)
    yield Finding("account", ids, f"{name} owns the containers" if ids else f"{name} has no subordinate ids: {SETUP}")
    if packages or not ids:
        return
    try:
        engine = open_engine(sandbox_settings(settings))
        ours = hierarchy(engine.account.uid)
        problem = ours.problem()
        if problem is not None and os.getuid() == 0:
            problem = None  # root delegates them by itself when a grader starts
        yield Finding("cgroups", problem is None, problem or f"{ours.version}, delegated")
        engine.ensure()
        yield Finding("podman", True, f"{engine.version()}, OCI runtime {settings.oci_runtime or 'of its choice'}")
        specs = images_by_need(plugins.languages(settings).values(), jury=True)
        missing = [s.name for s in specs if images.size_mib(s, engine, sandbox_settings(settings)) is None]
        detail = f"not built: {' '.join(missing)}: run `jupyter oj images build`" if missing else f"{len(specs)} built"
        yield Finding("images", len(missing) < len(specs), detail)  # a grader builds the others while it serves
    except SandboxFault as fault:
        yield Finding("podman", False, str(fault))


def _show(finding: Finding, as_json: bool) -> None:
    if not as_json:
        mark = click.style("ok  ", fg="green") if finding.ok else click.style("FAIL", fg="red", bold=True)
        click.echo(f"{mark} {finding.name:55} {finding.detail}")
