"""Who is asking, and what they may do. Made by the server's authentication, passed to every service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEARNER: Final = "learner"
INSTRUCTOR: Final = "instructor"
HOST: Final = "host"
ADMIN: Final = "admin"

STAFF_ROLES: Final = frozenset({INSTRUCTOR, HOST, ADMIN})
ALL_ROLES: Final = STAFF_ROLES | {LEARNER}


@dataclass(frozen=True, slots=True)
class Identity:
    """A signed-in person. `contest` is set for an enrolment token that was given for one contest."""

    user: str
    name: str
    roles: frozenset[str] = frozenset({LEARNER})
    contest: str | None = None

    @property
    def is_staff(self) -> bool:
        """Staff see everybody's submissions, the board behind the freeze, and why the judge failed."""
        return bool(self.roles & STAFF_ROLES)


def roles_of(*, staff: bool) -> frozenset[str]:
    """The roles a row of `users` gives: staff have all of them, everybody else is a learner."""
    return ALL_ROLES if staff else frozenset({LEARNER})
