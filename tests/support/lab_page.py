"""A JupyterLab page in Chromium, driven as a person would: by keys, clicks and Lab's own commands."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from labserver import LabServer, free_port, running
from playwright.sync_api import Browser, Locator, Page, Playwright, TimeoutError, expect

from jupyter_oj_extension.settings import default_state_dir

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NEWS = "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
THEME = "@jupyterlab/apputils-extension/themes.jupyterlab-settings"
THEMES = {
    "light": "JupyterLab Light",
    "dark": "JupyterLab Dark",
    "high-contrast": "JupyterLab Dark High Contrast",
}


@contextmanager
def lab_server(folder: Path, **env: str) -> Iterator[LabServer]:
    """JupyterLab with our extension on `folder`, nothing shared with the person who runs the tests."""
    notebooks = folder / "work"
    notebooks.mkdir(parents=True)
    settings = folder / "settings"
    (settings / NEWS).parent.mkdir(parents=True)
    (settings / NEWS).write_text('{"fetchNews": "false", "checkForUpdates": false}')
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("OJ_", "JUPYTER"))}
    environment |= {f"JUPYTER_{name.upper()}_DIR": str(folder / name) for name in ("config", "runtime", "data")}
    environment |= {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(default_state_dir().parent),  # where an ordinary user's images are
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "OJ_STATE_DIR": str(folder / "state"),
        "OJ_CONFIG": "/dev/null",
        "OJ_SUBMISSIONS_PER_MINUTE": "10000",
        **env,
    }
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--expose-app-in-browser",
        f"--ServerApp.port={free_port()}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={notebooks}",
    ]
    with running(command, cwd=folder, env=environment) as server:
        server.state_dir = folder / "state"
        yield server


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


class LabPage:
    """One open Lab. Locators are found by role and name, as a screen reader would find them."""

    def __init__(self, page: Page, server: LabServer) -> None:
        self.page = page
        self.server = server
        self.told: list[str] = []
        page.on("console", lambda message: self.told.append(f"{message.type}: {message.text}"))
        page.on("requestfailed", lambda request: self.told.append(f"failed: {request.url} {request.failure}"))

    def open(self) -> None:
        self.page.goto(f"{self.server.base}/lab?token={self.server.token}&reset")
        self.wait_for_lab()
        # Lab opens its launcher in an empty main area some time later, and takes the focus there from who has it then.
        focused = "document.activeElement?.closest('.jp-Launcher')"
        self.page.wait_for_function(focused, timeout=60_000)

    def reload(self) -> None:
        self.page.reload()
        self.wait_for_lab()

    def wait_for_lab(self) -> None:
        ours = "window.jupyterapp?.commands.hasCommand('oj:show-problems')"
        try:
            self.page.wait_for_function(ours, timeout=60_000)
        except TimeoutError as error:
            raise AssertionError("Lab or our extension did not load:\n" + "\n".join(self.told[-40:])) from error
        self.page.evaluate("() => window.jupyterapp.restored")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached", timeout=60_000)

    def execute(self, command: str, **args: Any) -> None:
        """Run one of Lab's commands; its result (a widget) stays in the page."""
        script = "async ([id, args]) => { await window.jupyterapp.commands.execute(id, args); }"
        self.page.evaluate(script, [command, args])

    @property
    def problems(self) -> Locator:
        return self.page.get_by_role("region", name="Problems")

    @property
    def rows(self) -> Locator:
        """The list of problems itself, without the filters above it."""
        return self.problems.get_by_role("listbox", name="Problems")

    @property
    def contest(self) -> Locator:
        return self.page.get_by_role("region", name="Contest")

    @property
    def notebook(self) -> Locator:
        return self.page.locator(".jp-NotebookPanel:visible")

    @property
    def solution(self) -> Locator:
        return self.notebook.locator(".oj-SolutionCell")

    @property
    def card(self) -> Locator:
        return self.solution.locator(".oj-card")

    @property
    def verdict(self) -> Locator:
        return self.card.locator(".oj-card-head .oj-verdict")

    def open_problem(self, problem: str, contest: str | None = None) -> None:
        self.execute("oj:open-problem", problem=problem, contest=contest)
        self.wait_for_notebook()

    def wait_for_notebook(self) -> None:
        expect(self.solution.get_by_role("button", name="Submit", exact=True)).to_be_visible(timeout=30_000)

    def write(self, source: str, language: str | None = None) -> None:
        """Put `source` into the solution cell, by the editor's own model (typing would close brackets by itself)."""
        if language:
            self.solution.get_by_label("Language of the solution").select_option(language)
        self.page.evaluate(
            """source => {
              const cells = window.jupyterapp.shell.currentWidget.content.widgets;
              const cell = cells.find(cell => cell.model.getMetadata('oj')?.role === 'solution');
              cell.model.sharedModel.setSource(source);
            }""",
            source,
        )

    def submit(self) -> None:
        self.solution.get_by_role("button", name="Submit", exact=True).click()

    def run_samples(self) -> None:
        self.solution.get_by_role("button", name="Run samples").click()

    def look_at_card(self) -> None:
        """Of the open notebook, where there is one."""
        self.page.evaluate(
            """() => {
              const cards = [...document.querySelectorAll('.oj-SolutionCell .oj-card')];
              cards.find(card => card.offsetParent !== null)?.scrollIntoView({block: 'center'});
            }"""
        )

    def saved_card(self) -> dict[str, Any]:
        """The submission in the solution cell's output, as the notebook's model has it."""
        return dict(
            self.page.evaluate(
                """() => {
              const cells = window.jupyterapp.shell.currentWidget.content.widgets;
              const cell = cells.find(cell => cell.model.getMetadata('oj')?.role === 'solution');
              return cell.model.outputs.get(0).data['application/vnd.jupyter-oj.submission+json'];
            }"""
            )
        )

    def wait_until_saved(self) -> dict[str, Any]:
        """The submission in the solution cell's output as the file has it, once that is what the notebook shows."""
        script = """async () => {
          const card = cell => cell?.outputs[0]?.data['application/vnd.jupyter-oj.submission+json'];
          const solution = notebook => notebook.cells.find(cell => cell.metadata.oj?.role === 'solution');
          const { path, model } = window.jupyterapp.shell.currentWidget.context;
          let file; // it is empty for a moment while it is written
          try { file = await window.jupyterapp.serviceManager.contents.get(path); } catch { return null; }
          const [kept, shown] = [file.content, model.toJSON()].map(notebook => card(solution(notebook)));
          return kept && kept.id === shown?.id && kept.state === shown.state ? kept : null;
        }"""
        deadline = time.monotonic() + 60  # not `wait_for_function`, which takes a promise for an answer
        while (kept := self.page.evaluate(script)) is None:
            assert time.monotonic() < deadline, "the notebook was not saved"
            time.sleep(0.1)
        return dict(kept)

    def run_code(self, code: str) -> None:
        """Run `code` in the first cell of the open notebook."""
        self.page.evaluate(
            """async code => {
              const panel = window.jupyterapp.shell.currentWidget;
              panel.content.widgets[0].model.sharedModel.setSource(code);
              await window.jupyterapp.commands.execute('notebook:run-cell');
            }""",
            code,
        )

    def wait_for_kernel(self) -> None:
        """Until the open notebook's kernel answers; the toolbar's own mark says so too early."""
        self.page.wait_for_function(
            """() => {
              const context = window.jupyterapp.shell.currentWidget?.sessionContext;
              const kernel = context?.session?.kernel;
              return context?.isReady && kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
            }""",
            timeout=60_000,
        )

    def theme(self, name: str) -> None:
        """``light``, ``dark`` or ``high-contrast``."""
        self.execute("apputils:change-theme", theme=THEMES[name])
        light = "true" if name == "light" else "false"
        self.page.wait_for_selector(f"body[data-jp-theme-light={light}]", state="attached")
        time.sleep(0.3)  # the style sheet is swapped a moment after the attribute
