"""Requests as docs/api.md has them: checked at the edge, and the source of the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Base64Bytes, BaseModel, ConfigDict, Field, model_validator

from jupyter_oj_server.models import ProblemStatus, VerdictCode


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("holds a NUL character")
    return text


Text = Annotated[str, AfterValidator(_no_nul)]
Id = Annotated[Text, Field(min_length=1, max_length=100)]
Source = Annotated[Text, Field(max_length=1_000_000)]


class Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PageQuery(Request):
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class ProblemsQuery(PageQuery):
    q: Annotated[str, Field(max_length=200)] = ""
    difficulty: list[Literal["easy", "medium", "hard"]] = []
    tag: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=50)] = []
    status: list[ProblemStatus] = []
    contest: Id | None = None
    sort: Literal["recommended", "difficulty", "acceptance", "newest", "title"] = "recommended"


class NotebookQuery(Request):
    language: Id | None = None
    contest: Id | None = None


class SubmissionsQuery(PageQuery):
    problem: Id | None = None
    contest: Id | None = None
    verdict: VerdictCode | None = None
    language: Id | None = None
    kind: Literal["submit", "run"] | None = None


class StreamQuery(Request):
    contest: Annotated[list[Id], Field(max_length=20)] = []


class Solution(Request):
    """What is to be judged: a source, or, where answers are submitted, a ZIP file of them in base64."""

    problem: Id
    language: Id
    source: Source = ""
    archive: Annotated[Base64Bytes, Field(max_length=1_000_000)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Solution:
        if self.archive is not None and self.source:
            raise ValueError("give source or archive, not both")
        return self

    def fields(self) -> dict[str, Any]:
        """By name, the archive as its bytes (a dump would write it in base64 again)."""
        return dict(self)


class SubmitBody(Solution):
    contest: Id | None = None


class RunBody(Solution):
    input: Source | None = None


class EnrolmentBody(Request):
    name: Annotated[Text, Field(min_length=1, max_length=100)]
    user: Annotated[Text, Field(min_length=1, max_length=64)] | None = None
    affiliation: Annotated[Text, Field(min_length=1, max_length=100)] | None = None
