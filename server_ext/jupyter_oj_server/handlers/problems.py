"""Problems: the list, one of them, its notebook and the files of its statement."""

from __future__ import annotations

import mimetypes

from jupyter_oj_extension.domain.errors import NotFound
from jupyter_oj_extension.services import notebooks, problem_list, problems
from jupyter_oj_server.base import OJHandler
from jupyter_oj_server.models import Notebook, Problem, ProblemPage
from jupyter_oj_server.operations import Answer, Permission, operation
from jupyter_oj_server.requests import NotebookQuery, ProblemsQuery

PDF = "application/pdf"
FILES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", PDF})


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
    """Pictures and PDFs only, and what they hold of scripts a browser runs nowhere."""

    @operation(
        Permission.LEARNER,
        "A picture of the statement, or (statement.pdf) the statement itself",
        {200: Answer("The file", content_type="*/*")},
        errors=(404,),
    )
    async def get(self, slug: str, name: str) -> None:
        path = await self.call(problems.statement_file, self.identity, slug, name)
        kind = mimetypes.guess_type(path.name)[0]
        if kind not in FILES:
            raise NotFound("a statement has no such picture")
        content = await self.call(lambda _ctx: path.read_bytes())
        if kind == PDF:
            self.set_header("Content-Disposition", f'inline; filename="{notebooks.pdf_name(slug)}"')
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        self.set_header("Cache-Control", "private, max-age=300")
        self.finish(content, set_content_type=kind)
