"""Submissions and runs: send one, look at one, list mine."""

from __future__ import annotations

import re

from jupyter_oj_extension.domain.errors import InvalidRequest
from jupyter_oj_extension.services import submissions
from jupyter_oj_extension.store.base import now
from jupyter_oj_server.base import OJHandler, WritingHandler
from jupyter_oj_server.models import (
    Submission,
    SubmissionPage,
    SubmissionSource,
)
from jupyter_oj_server.operations import Answer, Permission, operation
from jupyter_oj_server.requests import RunBody, SubmissionsQuery, SubmitBody

KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?")
KEY_HEADER = {"Idempotency-Key": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"}}
ACCEPTED = Answer("Waits to be judged", Submission, headers={"Location": "The submission's address"})


class _Accepting(WritingHandler):
    """What `POST submissions` and `POST runs` share: the key, the answer."""

    max_body_kib = 1024

    def idempotency_key(self) -> str | None:
        key = self.request.headers.get("Idempotency-Key")
        if key is not None and not KEY.fullmatch(key):
            raise InvalidRequest("Idempotency-Key: give 1 to 128 printable ASCII characters")
        return key

    def accepted(self, submission: dict[str, object]) -> None:
        base = re.sub(r"/(?:submissions|runs)$", "", self.request.path)
        self.set_header("Location", f"{base}/submissions/{submission['id']}")
        self.answer(submission, 202)


class SubmissionsHandler(_Accepting):
    @operation(
        Permission.LEARNER,
        "My submissions, newest first",
        {200: Answer("A page of submissions, without runs", SubmissionPage)},
        query=SubmissionsQuery,
        errors=(404,),
    )
    async def get(self) -> None:
        query = self.query(SubmissionsQuery).model_dump()
        self.answer(await self.call(submissions.page, self.identity, **query))

    @operation(
        Permission.LEARNER,
        "Submit a solution",
        {202: ACCEPTED},
        body=SubmitBody,
        headers=KEY_HEADER,
        errors=(404, 409, 422),
    )
    async def post(self) -> None:
        arrived = now()  # before it waits for a thread: a contest may end meanwhile
        body = self.body(SubmitBody)
        key = self.idempotency_key()
        sent = body.fields()
        submission = await self.call(submissions.submit, self.identity, **sent, idempotency_key=key, arrived=arrived)
        self.accepted(submission)


class RunsHandler(_Accepting):
    @operation(
        Permission.LEARNER,
        "Run on the samples or on own input; counts for nothing",
        {202: ACCEPTED},
        body=RunBody,
        headers=KEY_HEADER,
        errors=(404, 409, 422),
    )
    async def post(self) -> None:
        body = self.body(RunBody)
        key = self.idempotency_key()
        submission = await self.call(submissions.run, self.identity, **body.fields(), idempotency_key=key)
        self.accepted(submission)


class SubmissionHandler(OJHandler):
    @operation(
        Permission.OWNER, "One submission with its runs", {200: Answer("The submission", Submission)}, errors=(404,)
    )
    async def get(self, id: str) -> None:
        self.answer(await self.call(submissions.get, self.identity, id))


class SourceHandler(OJHandler):
    @operation(Permission.OWNER, "What was submitted", {200: Answer("The source", SubmissionSource)}, errors=(404,))
    async def get(self, id: str) -> None:
        self.answer(await self.call(submissions.source, self.identity, id))
