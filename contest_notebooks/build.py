"""Makes again what is made: secret tests by each package's generator, and the learner's notebook beside each package.

    python contest_notebooks/build.py [--notebooks] [PROBLEM ...]

With `--notebooks` only the notebooks. They are the very ones that the judge hands out, in Python where the
problem takes it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from jupyter_oj_extension.domain.identity import ALL_ROLES, Identity
from jupyter_oj_extension.packages import read
from jupyter_oj_extension.services import notebooks, problems
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store import migrate

HERE = Path(__file__).resolve().parent


def make_tests(package: Path) -> None:
    secret = package / "data" / "secret"
    for path in secret.rglob("*"):
        if path.suffix in (".in", ".ans"):
            path.unlink()
    subprocess.run([sys.executable, str(package / "generators" / "generate.py")], check=True)


def make_notebook(ctx: Context, package: Path) -> None:
    """In a contest's folder the notebook belongs to the contest."""
    contest = package.parent.name if (package.parent / "contest.yaml").is_file() else None
    builder = Identity("builder", "Builder", ALL_ROLES)
    problems.import_package(ctx, package)
    taken = problems.get(ctx, builder, package.name)["languages"]
    language = "python3" if "python3" in taken else taken[0]
    notebook = notebooks.make(ctx, builder, package.name, language=language, contest=contest)
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
    (package / f"{package.name}.ipynb").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notebooks", action="store_true", help="leave the tests as they are")
    parser.add_argument("problems", nargs="*", help="only these (default: all)")
    options = parser.parse_args()
    packages = sorted(path.parent for path in HERE.glob("*/*/problem.yaml"))
    state = Path(tempfile.mkdtemp(prefix="oj-build-"))
    try:
        ctx = Context.open(Settings(state_dir=state))
        migrate.upgrade(ctx.engine)
        for package in packages:
            if options.problems and package.name not in options.problems:
                continue
            if not options.notebooks:
                make_tests(package)
            make_notebook(ctx, package)
            print(f"{package.parent.name}/{package.name}: {len(read(package).cases)} tests")
        ctx.close()
    finally:
        shutil.rmtree(state)


if __name__ == "__main__":
    main()
