"""Problems: the list, one of them, its notebook and the pictures of its statement."""

from __future__ import annotations

import mimetypes

from jupyter_oj_extension.domain.errors import NotFound
from jupyter_oj_extension.services import notebooks, problem_list, problems
from jupyter_oj_server.base import OJHandler
from jupyter_oj_server.models import Notebook, NotebookQuery, Problem, ProblemPage, ProblemsQuery
from jupyter_oj_server.operations import Answer, Permission, operation

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"})


class ProblemsHandler(OJHandler):
    @operation(
        Permission.LEARNER,
        "Search problems",
        {200: Answer("A page of problems", ProblemPage)},
        query=ProblemsQuery,
        errors=(404,),
    )
    async def get(self) -> None:
        self.answer(await self.call(problem_list.search, self.identity, **self.query(ProblemsQuery).model_dump()))


class ProblemHandler(OJHandler):
    @operation(Permission.LEARNER, "One problem", {200: Answer("The problem", Problem)}, errors=(404,))
    async def get(self, slug: str) -> None:
        self.answer(await self.call(problems.get, self.identity, slug))


class NotebookHandler(OJHandler):
    @operation(
        Permission.LEARNER,
        "A fresh notebook for a problem",
        {200: Answer("nbformat 4.5", Notebook)},
        query=NotebookQuery,
        errors=(404, 422),
    )
    async def get(self, slug: str) -> None:
        query = self.query(NotebookQuery)
        language = query.language or (await self.call(problems.get, self.identity, slug))["languages"][0]
        made = self.call(notebooks.make, self.identity, slug, language=language, contest=query.contest)
        self.answer(await made)


class FileHandler(OJHandler):
    """Pictures only, and what the browser runs of them (SVG scripts) it runs nowhere."""

    @operation(
        Permission.LEARNER,
        "A picture of the statement",
        {200: Answer("The picture", content_type="image/*")},
        errors=(404,),
    )
    async def get(self, slug: str, name: str) -> None:
        path = await self.call(problems.statement_file, self.identity, slug, name)
        kind = mimetypes.guess_type(path.name)[0]
        if kind not in PICTURES:
            raise NotFound("a statement has no such picture")
        content = await self.call(lambda _ctx: path.read_bytes())
        self.set_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        self.set_header("Cache-Control", "private, max-age=300")
        self.finish(content, set_content_type=kind)
