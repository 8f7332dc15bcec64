"""Contests: which there are, taking part, the leaderboard, enrolling contestants."""

from __future__ import annotations

from jupyter_oj_extension.services import accounts, contests, scoreboard
from jupyter_oj_server.base import OJHandler, WritingHandler
from jupyter_oj_server.models import (
    Contests,
    ContestWithProblems,
    EnrolmentReply,
    Leaderboard,
)
from jupyter_oj_server.operations import Answer, Permission, operation
from jupyter_oj_server.requests import EnrolmentBody, PageQuery

ONE = {200: Answer("The contest; its problems from the start on, or for staff", ContestWithProblems)}


class ContestsHandler(OJHandler):
    @operation(Permission.LEARNER, "All contests", {200: Answer("Contests without their problems", Contests)})
    async def get(self) -> None:
        self.answer(await self.call(contests.page, self.identity))


class ContestHandler(OJHandler):
    @operation(Permission.LEARNER, "One contest", ONE, errors=(404,))
    async def get(self, id: str) -> None:
        self.answer(await self.call(contests.get, self.identity, id))


class RegistrationHandler(WritingHandler):
    @operation(Permission.LEARNER, "Take part", ONE, errors=(404, 409))
    async def post(self, id: str) -> None:
        await self.call(contests.register, self.identity, id)
        self.answer(await self.call(contests.get, self.identity, id))


class LeaderboardHandler(OJHandler):
    @operation(
        Permission.LEARNER,
        "A page of the leaderboard",
        {200: Answer("The page, as the caller may see it", Leaderboard)},
        query=PageQuery,
        errors=(404,),
    )
    async def get(self, id: str) -> None:
        query = self.query(PageQuery)
        self.answer(await self.call(scoreboard.leaderboard, self.identity, id, page=query.page, limit=query.limit))


class EnrolmentsHandler(WritingHandler):
    @operation(
        Permission.HOST,
        "Enrol a contestant; the token is shown this once",
        {201: Answer("The contestant's token", EnrolmentReply)},
        body=EnrolmentBody,
        errors=(404, 409, 422),
    )
    async def post(self, id: str) -> None:
        body = self.body(EnrolmentBody)
        made = await self.call(accounts.enrol, id, body.name, body.user, body.affiliation)
        self.answer({"user": made.user, "name": made.name, "token": made.token}, 201)
