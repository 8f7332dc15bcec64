"""What the service says of itself: health, OpenAPI, metrics, who am I, languages."""

from __future__ import annotations

from typing import Any

from jupyter_oj_extension.services import health, languages
from jupyter_oj_server.base import OJHandler
from jupyter_oj_server.clock import timestamp
from jupyter_oj_server.models import Health, Languages, Me
from jupyter_oj_server.operations import Answer, Permission, operation


class HealthHandler(OJHandler):
    """Answers 200 whatever the state is, so that the front end can show it; monitoring reads `status`."""

    @operation(Permission.ANYONE, "How the judge is", {200: Answer("The state of the judge", Health)})
    async def get(self) -> None:
        if not self.api.is_open:
            self.answer(_closed(self.api.startup or "the judge is stopping"))
            return
        state = await self.call(health.health)
        if self.api.startup is not None and state["judge"]["reason"] == health.NO_GRADER:
            state["judge"]["reason"] = self.api.startup
        self.answer(state)


def _closed(reason: str) -> dict[str, Any]:
    judge = {"ready": False, "reason": reason, "preparing": None, "graders": 0, "slots": 0, "queued": 0}
    return {
        "status": "down",
        "judge": judge,
        "database": False,
        "redis": False,
        "version": health.version(),
        "server_time": timestamp(),
    }


class OpenapiHandler(OJHandler):
    @operation(Permission.ANYONE, "This document", {200: Answer("OpenAPI 3.1")})
    async def get(self) -> None:
        self.answer(self.api.document())


class MetricsHandler(OJHandler):
    @operation(
        Permission.STAFF,
        "Prometheus metrics",
        {200: Answer("Prometheus text format", content_type="text/plain; version=0.0.4; charset=utf-8")},
    )
    async def get(self) -> None:
        text = await self.call(lambda ctx: self.api.metrics.text(ctx))
        self.finish(text, set_content_type="text/plain; version=0.0.4; charset=utf-8")


class MeHandler(OJHandler):
    @operation(Permission.LEARNER, "Who I am", {200: Answer("The caller", Me)})
    async def get(self) -> None:
        me = self.identity
        self.answer({"user": me.user, "name": me.name, "roles": sorted(me.roles)})


class LanguagesHandler(OJHandler):
    @operation(Permission.LEARNER, "Languages and whether they are ready", {200: Answer("All languages", Languages)})
    async def get(self) -> None:
        self.answer(await self.call(languages.page))
