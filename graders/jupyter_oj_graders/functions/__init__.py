"""Function problems in the sandbox: harnesses, the form in which values cross its border, their comparison.

runtime/   what each language's harness is made of
base       what puts them together; one module a language does it
main_file  those that are a file beside the learner's
wire       arguments in, result out
compare    the result against the expected one, outside
"""

from __future__ import annotations

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.signature import Signature
from jupyter_oj_graders.functions import cpp, csharp, go, java, javascript, kotlin, python, rust
from jupyter_oj_graders.functions.base import REPLY, Harness, Harnessed
from jupyter_oj_graders.sources import arrange

__all__ = ["HARNESSES", "REPLY", "Harnessed", "harnessed"]

HARNESSES: dict[str, Harness] = {
    "python3": python.harness,
    "pypy3": python.harness,
    "javascript": javascript.harness,
    "typescript": javascript.typed_harness,
    "java": java.harness,
    "cpp": cpp.harness,
    "cppclang": cpp.harness,
    "csharp": csharp.harness,
    "go": go.harness,
    "rust": rust.harness,
    "kotlin": kotlin.harness,
}
"""By the language's id; the same as `starters.NOTATIONS`."""


def harnessed(signature: Signature, language: Language, sources: tuple[SourceFile, ...]) -> Harnessed:
    """The program that calls the learner's function. Raises `JudgeError` for what intake should have refused."""
    harness = HARNESSES.get(language.id)
    if harness is None:
        raise JudgeError(f"function problems cannot be solved in {language.name}")
    if len(sources) != 1:
        raise JudgeError("a submission to a function problem is one file")
    return harness(signature, sources[0].content.decode("utf-8", "replace"), arrange(language, sources).entry)
