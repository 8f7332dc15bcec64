"""Languages as the interface lists them: what is known, and whether a grader serves it now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.services import health
from jupyter_oj_extension.services.context import Context

ANSWER = "text"
"""The language of problems whose answers are submitted, and of no others."""


def offered(known: Mapping[str, Language], document: Mapping[str, Any]) -> list[str]:
    """The languages a problem takes, in the order they are shown. `document` is the stored one of its version."""
    if "submit-answer" in str(document.get("type")).split():
        return [ANSWER]
    chosen = document.get("languages") or known
    return [id for id in known if id in chosen and id != ANSWER]


def page(ctx: Context) -> dict[str, Any]:
    """The answer of ``GET languages``; `version` is the one learners' programs meet, known once a grader serves it."""
    ready = health.ready_languages(ctx)
    items = [
        {
            "id": language.id,
            "name": language.name,
            "mimetype": language.mimetype,
            "extension": language.extensions[0],
            "starter": language.starter,
            "ready": language.id in ready,
            "version": ready.get(language.id) or None,
        }
        for language in plugins.languages(ctx.settings).values()
    ]
    return {"items": items}
