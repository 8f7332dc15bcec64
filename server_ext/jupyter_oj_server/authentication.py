"""Who is calling: Jupyter's own session or token (the operating-system user), or a contestant's enrolment token."""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING

from jupyter_core.utils import ensure_async
from jupyter_server.auth import User

from jupyter_oj_extension.domain.errors import Forbidden, Unauthenticated
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.services import accounts

if TYPE_CHECKING:
    from jupyter_oj_server.base import OJHandler

AUTHORIZATION = re.compile(r"(?:token|bearer)\s+(\S+)\s*\Z", re.IGNORECASE)
RESOURCE = "jupyter_oj"
"""Our name for jupyter_server's Authorizer, so that a site's own rules can close the judge to some of its users."""


async def identify(handler: OJHandler) -> Identity | None:
    """The caller, or None for a stranger. Raises `Unauthenticated` for a token nobody has: an explicit token is never
    passed over in favour of a cookie that happens to be there."""
    header = handler.request.headers.get("Authorization", "")
    match = AUTHORIZATION.match(header)
    if header and not match:
        raise Unauthenticated("the Authorization header is not 'Bearer <token>'")
    if match and not _is_jupyters(handler, match[1]):
        identity = await _by_token(handler, match[1])
        if identity is None:
            raise Unauthenticated("nobody has this token; ask the contest's host for a new one")
        handler.accept(User(username=identity.user, name=identity.name), by_token=True)
        return identity
    user = await ensure_async(handler.identity_provider.get_user(handler))
    if user is None:
        return None
    handler.accept(user, by_token=False)
    action = "read" if handler.request.method in {"GET", "HEAD"} else "write"
    if not await ensure_async(handler.authorizer.is_authorized(handler, user, action, RESOURCE)):
        raise Forbidden(f"this Jupyter server does not let you {action} {RESOURCE}")
    return handler.api.local_user


def _is_jupyters(handler: OJHandler, token: str) -> bool:
    own = handler.token or ""
    return own != "" and hmac.compare_digest(own.encode(), token.encode())


async def _by_token(handler: OJHandler, token: str) -> Identity | None:
    """Asks the store at most every ten seconds for the same token."""
    known = handler.api.tokens.get(token)
    if known is not None:
        return known
    identity = await handler.call(accounts.by_token, token)
    if identity is not None:
        handler.api.tokens.put(token, identity)
    return identity
