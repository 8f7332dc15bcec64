"""What the handlers share in one server process: the open store, the executor, limits, the stream's hub, metrics."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from jupyter_oj_extension.domain.errors import Unavailable
from jupyter_oj_extension.domain.identity import ALL_ROLES, Identity
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_server.boards import BoardFeeds
from jupyter_oj_server.hub import Hub
from jupyter_oj_server.metrics import Metrics
from jupyter_oj_server.ratelimit import TokenBuckets

P = ParamSpec("P")
T = TypeVar("T")

EXECUTOR_THREADS = 8


class Api:
    """Made before the store is open, so that Jupyter starts at once; `opened` is called when it is.

    `startup` is a line for the health page while something of ours still starts or has failed.
    """

    def __init__(self, settings: Settings, *, local_user: str, local_name: str | None = None) -> None:
        self.settings = settings
        self.local_user = Identity(user=local_user, name=local_name or local_user, roles=ALL_ROLES)
        self.startup: str | None = "the judge is starting"
        self.metrics = Metrics()
        self.hub = Hub(settings, self.metrics)
        self.boards = BoardFeeds()
        self.addresses = TokenBuckets(settings.requests_per_minute)
        self.tokens = TokenCache()
        self.document: Callable[[], dict[str, Any]] = dict
        """Makes the OpenAPI document; set by the extension, which knows the routes."""
        self._context: Context | None = None
        self._executor = ThreadPoolExecutor(EXECUTOR_THREADS, thread_name_prefix="oj-api")

    @property
    def context(self) -> Context:
        """Raises `Unavailable` while the store is not open."""
        if self._context is None:
            raise Unavailable(self.startup or "the judge is stopping", retry_after_s=1)
        return self._context

    @property
    def is_open(self) -> bool:
        return self._context is not None

    def opened(self, context: Context) -> None:
        """The store is open and migrated: requests are served from now on."""
        self._context = context

    async def call(self, function: Callable[Concatenate[Context, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service in the bounded executor."""
        work = partial(function, self.context, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def close(self) -> None:
        """End streams and the work under way, then the store. Blocks for as long as a request takes."""
        self.hub.stop()
        self._executor.shutdown(wait=True, cancel_futures=True)
        context, self._context = self._context, None
        if context is not None:
            context.close()


class TokenCache:
    """Enrolment tokens seen in the last seconds and whose they are. Bounded; belongs to the event loop."""

    LIFE_S = 10.0
    SIZE = 2_000

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[float, Identity]] = OrderedDict()

    def get(self, token: str) -> Identity | None:
        found = self._known.get(token)
        return found[1] if found is not None and time.monotonic() < found[0] else None

    def put(self, token: str, identity: Identity) -> None:
        self._known.pop(token, None)
        self._known[token] = (time.monotonic() + self.LIFE_S, identity)
        if len(self._known) > self.SIZE:
            self._known.popitem(last=False)
