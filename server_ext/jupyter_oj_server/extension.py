"""The Jupyter server extension: routes, the front end's setting, and the laptop's stack beside the server.

Jupyter must start quickly and never fail because of us: everything slow happens in `laptop.Laptop`'s threads, and what
goes wrong is told by ``GET health``.
"""

from __future__ import annotations

import asyncio
import atexit
import getpass
import pwd
from functools import cache, partial
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join

from jupyter_oj_extension.domain.errors import OJError
from jupyter_oj_extension.services import health
from jupyter_oj_extension.settings import Settings, default_state_dir
from jupyter_oj_server import openapi
from jupyter_oj_server.api import Api
from jupyter_oj_server.base import UnknownHandler
from jupyter_oj_server.laptop.stack import Laptop
from jupyter_oj_server.routes import ROUTES

BASE = "/oj/api/v1"


class OJApp(ExtensionApp):
    """Loaded by Jupyter itself (``jupyter_server_config.d``). Not an application one starts alone."""

    name = "jupyter_oj_server"
    extension_url = f"{BASE}/health"
    load_other_extensions = True
    laptop: Laptop | None = None

    def initialize_settings(self) -> None:
        problem: str | None = None
        try:
            settings = Settings.load()
        except OJError as error:
            problem = error.detail
            self.log.error("jupyter_oj: %s", problem)
            settings = Settings(state_dir=default_state_dir())
        user = getpass.getuser()
        self.api = Api(settings, local_user=user, local_name=_full_name(user))
        self.settings["jupyter_oj"] = self.api
        if problem is None:
            self.laptop = Laptop(self.api)
        else:
            self.api.startup = problem
        assert self.serverapp is not None  # noqa: S101 - Jupyter links it before it calls this
        web_settings: dict[str, Any] = self.serverapp.web_app.settings
        page = web_settings.setdefault("page_config_data", {})
        page.setdefault("ojBaseUrl", url_path_join(web_settings["base_url"], BASE) + "/")
        page.setdefault("ojNotebooksDir", settings.notebooks_dir)

    def initialize_handlers(self) -> None:
        with_api = {"api": self.api}
        base = url_path_join(self.settings["base_url"], BASE)
        self.api.document = cache(partial(openapi.build, ROUTES, base=base, version=health.version()))
        self.handlers.extend((f"{BASE}/{route.pattern}", route.handler, with_api) for route in ROUTES)
        self.handlers.append((f"{BASE}(?:/.*)?", UnknownHandler, with_api))

    async def _start_jupyter_server_extension(self, serverapp: ServerApp) -> None:
        """Called by Jupyter when it already answers requests."""
        if self.laptop is not None:
            atexit.register(self.laptop.stop)  # Ctrl-C without a terminal ends Jupyter before it calls `stop_extension`
            self.laptop.start()

    async def stop_extension(self) -> None:
        """Called by Jupyter when it shuts down: end what we started, in an order that loses nothing."""
        self.api.hub.stop()
        if self.laptop is not None:
            await asyncio.to_thread(self.laptop.stop)
            atexit.unregister(self.laptop.stop)
        await asyncio.to_thread(self.api.close)


def _full_name(user: str) -> str | None:
    try:
        return pwd.getpwnam(user).pw_gecos.split(",")[0].strip() or None
    except KeyError:
        return None
