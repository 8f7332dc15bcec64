"""Makes a grader's languages ready, one after the other, in a process beside it: ``python -m … LANGUAGE…``.

Told to the grader as lines of JSON on standard output:

    {"doing": "building the image of Java 17 (3 of 12)"}
    {"finding": {"name": "language java", "ok": true, "detail": "17.0.21"}, "language": "java"}
    {"finding": {"name": "image oj-jury-scripts", "ok": true, "detail": "built"}}
    {"rest": true}                                   what follows takes longer: serve what there is

First come the languages that have worked here before (same image, same description: `Proven`), then the first `HEAD`
whose images are there, so that a grader that is started again serves at once; then the others whose images are there;
then images are built, in the order of the languages' rank. A language that fails is tried again at the end. Last come
the images that no language needs: those of scripts that problems bring along.

It is a process, and not a thread, because the grader forks its slots. It ends with the grader.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders import self_tests
from jupyter_oj_graders.image_list import JURY_IMAGES
from jupyter_oj_graders.image_specs import image_specs, sandbox_settings
from jupyter_oj_graders.presence import end_with_parent
from jupyter_oj_graders.readiness import Finding, examine_language
from jupyter_oj_sandbox import images, pool
from jupyter_oj_sandbox.api import ImageSpec, SandboxFault
from jupyter_oj_sandbox.engine import Engine

log = logging.getLogger(__name__)

HEAD = 2
Tell = Callable[[dict[str, Any]], None]


class Proven:
    """Which languages passed their self-test with which image on this host, and in which version; a file that may be
    thrown away."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, tuple[str, str]] = {}
        try:
            for language, (facts, version) in json.loads(path.read_text()).items():
                self._known[language] = facts, version
        except (OSError, ValueError, TypeError, AttributeError):  # not there, or spoilt: all are tested again
            self._known.clear()

    def version(self, language: Language, built: tuple[str, ...]) -> str | None:
        """The version found before, if nothing has changed since. `built` are the identities of its images."""
        facts, version = self._known.get(language.id) or ("", "")
        return version if facts == self._facts(language, built) else None

    def keep(self, language: Language, built: tuple[str, ...], version: str) -> None:
        self._known[language.id] = self._facts(language, built), version
        part = self._path.with_suffix(f".{os.getpid()}.part")
        try:
            part.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part.write_text(json.dumps(self._known))
            part.replace(self._path)
        except OSError as error:
            log.warning("cannot keep which languages work: %s", error)

    @staticmethod
    def _facts(language: Language, built: tuple[str, ...]) -> str:
        return hashlib.sha256(repr((language, built)).encode()).hexdigest()


class Preparation:
    """One pass over the languages."""

    def __init__(self, settings: Settings, languages: list[Language], tell: Tell) -> None:
        self._given = sandbox_settings(settings)
        self._languages, self._tell = languages, tell
        self._proven = Proven(self._given.state_dir / "languages.json")

    def run(self) -> None:
        with pool.open_sandbox(slot="prepare", core=None, settings=self._given) as sandbox:
            engine = pool.open_engine(self._given)
            built = {language.id: self._built(language, engine) for language in self._languages}
            rest: list[tuple[Language, bool]] = []
            for index, language in enumerate(self._languages):
                if images_ := built[language.id]:
                    if (version := self._proven.version(language, images_)) is not None:
                        self._found(language, Finding(f"language {language.id}", True, version))
                        continue
                    if index < HEAD:
                        self._examine(sandbox, engine, language)
                        continue
                rest.append((language, built[language.id] is not None))
            self._tell({"rest": True})
            rest.sort(key=lambda each: not each[1])
            again = [each for each in self._in_turn(rest) if not self._examine(sandbox, engine, each)]
            for language in again:
                self._examine(sandbox, engine, language)
            for spec in JURY_IMAGES:
                self._build(spec, engine)

    def _in_turn(self, rest: list[tuple[Language, bool]]) -> Iterator[Language]:
        """The languages that are left, each with whether its images are there, told of before it is made ready."""
        ready = len(self._languages) - len(rest)
        for number, (language, built) in enumerate(rest, ready + 1):
            doing = f"testing {language.name}" if built else f"building the image of {language.name}"
            self._tell({"doing": f"{doing} ({number} of {len(self._languages)})"})
            yield language

    def _examine(self, sandbox: pool.PodmanSandbox, engine: Engine, language: Language) -> bool:
        try:
            for spec in image_specs(language):
                images.ensure(spec, engine, self._given, log.info)
            finding = examine_language(sandbox, language, self_tests.START)
        except (SandboxFault, OSError) as fault:
            finding = Finding(f"language {language.id}", False, str(fault))
        if finding.ok and (built := self._built(language, engine)):
            self._proven.keep(language, built, finding.detail)
        self._found(language, finding)
        return finding.ok

    def _build(self, spec: ImageSpec, engine: Engine) -> None:
        try:
            if images.identity(spec, engine, self._given) is None:
                self._tell({"doing": f"building the image {spec.name}, for scripts that problems bring along"})
                images.ensure(spec, engine, self._given, log.info)
            finding = Finding(f"image {spec.name}", True, "built")
        except (SandboxFault, OSError) as fault:
            finding = Finding(f"image {spec.name}", False, str(fault))
        self._tell({"finding": finding.as_json()})

    def _found(self, language: Language, finding: Finding) -> None:
        self._tell({"finding": finding.as_json(), "language": language.id})

    def _built(self, language: Language, engine: Engine) -> tuple[str, ...] | None:
        """The identities of the language's images; None when one is missing."""
        found = [images.identity(spec, engine, self._given) for spec in image_specs(language)]
        return None if None in found else tuple(each for each in found if each is not None)


def main() -> None:
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    end_with_parent()
    os.nice(10)
    settings = Settings.load()
    known = plugins.languages(settings)

    def tell(line: dict[str, Any]) -> None:
        print(json.dumps(line), flush=True)

    Preparation(settings, [known[name] for name in sys.argv[1:]], tell).run()


if __name__ == "__main__":
    main()
