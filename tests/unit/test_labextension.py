"""The lab extension's own tests, which need Node and no browser, and what its files promise."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from jupyter_oj_extension.domain.verdict import VERDICT_NAMES

LABEXTENSION = Path(__file__).parents[2] / "labextension"


def test_unit_tests_in_typescript() -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["jlpm", "test"], cwd=LABEXTENSION, env=os.environ | {"PATH": path}, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"pass [1-9]", done.stdout), done.stdout


def test_the_lock_file_holds_no_addresses() -> None:
    lock = (LABEXTENSION / "yarn.lock").read_text()
    assert lock and "://" not in lock


def test_both_sides_call_the_verdicts_the_same() -> None:
    source = (LABEXTENSION / "src/core/verdicts.ts").read_text()
    for code, name in VERDICT_NAMES.items():
        assert re.search(rf"case '{code}':\s+return trans\.__\('{name}'\)", source), code


def test_cell_executor_is_ours_alone() -> None:
    """Two providers of one token would stop Lab: ours goes with the other's being disabled."""
    package = json.loads((LABEXTENSION / "package.json").read_text())
    assert package["jupyterlab"]["disabledExtensions"] == ["@jupyterlab/notebook-extension:cell-executor"]
    assert "INotebookCellExecutor" in (LABEXTENSION / "src/notebook/plugin.ts").read_text()
