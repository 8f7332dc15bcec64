"""``function`` in ``jupyter_oj.yaml``: the signature of a function problem, and a check of its tests against it.

    function:
      name: closest
      parameters: {numbers: "list[float]", limit: float}
      returns: bool                  # or: argument numbers
      compare: {float_tolerance: 1e-6, unordered: true}

A test's ``NAME.in`` holds the arguments as a JSON array, or an object by parameter name, ``NAME.ans`` the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.problem import Problem, TestCase
from jupyter_oj_extension.domain.signature import (
    MAX_PARAMETERS,
    SCALARS,
    Comparison,
    Function,
    Kind,
    Parameter,
    Signature,
    check_name,
    parse_type,
)  # fmt: skip
from jupyter_oj_extension.domain.values import ValueMismatch, arguments, load_json, typed
from jupyter_oj_extension.packages.files import PackageFiles
from jupyter_oj_extension.starters import NOTATIONS, TAKEN, keyword_in, starters

KEYS = frozenset({"name", "parameters", "returns", "compare"})
COMPARE_KEYS = frozenset({"float_tolerance", "unordered"})
WHERE = "jupyter_oj.yaml: function"


def with_function(problem: Problem, files: PackageFiles) -> Problem:
    """`problem`, as a function problem where its package makes it one: it then takes only languages that have a
    notation, and its starters are made from the signature, unless the package brings one."""
    function = read_function(files.yaml("jupyter_oj.yaml").get("function"))
    if function is None:
        return problem
    if other := problem.types - {"pass-fail", "scoring"}:
        raise PackageError(f"{WHERE}: a function problem cannot be {min(other)}")
    languages = tuple(name for name in problem.languages or NOTATIONS if name in NOTATIONS)
    if not languages:
        raise PackageError(f"problem.yaml: languages: a function problem takes some of {', '.join(NOTATIONS)}")
    return replace(
        problem,
        type=" ".join(sorted(problem.types | {"function"})),
        function=function,
        languages=languages,
        starters=starters(function.signature, languages) | problem.starters,
    )


def read_function(value: Any) -> Function | None:
    """The function that ``jupyter_oj.yaml`` describes, if any. Raises `PackageError`."""
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) - KEYS or not {"name", "parameters", "returns"} <= set(value):
        raise PackageError(f"{WHERE}: must be a map of name, parameters, returns and, if need be, compare")
    try:
        signature = _signature(value)
        return Function(signature, _comparison(value.get("compare"), signature))
    except PackageError as error:
        raise PackageError(f"{WHERE}: {error.detail}") from error


def _signature(value: dict[str, Any]) -> Signature:
    name = check_name(str(value["name"]), "name")
    if name.lower() in TAKEN:
        raise PackageError(f"name {name!r}: is taken by the starters")
    if language := keyword_in(name):
        raise PackageError(f"name {name!r}: is a keyword of {language}")
    given = value["parameters"]
    if given is None or given == []:
        given = {}
    if not isinstance(given, dict) or len(given) > MAX_PARAMETERS:
        raise PackageError(f"parameters: must be a map of at most {MAX_PARAMETERS} names to types")
    parameters = tuple(
        Parameter(check_name(str(key), "parameter"), parse_type(str(type))) for key, type in given.items()
    )
    if len({parameter.name.lower() for parameter in parameters} | {name.lower()}) != len(parameters) + 1:
        raise PackageError("parameters: two names differ by capitals only, or are the function's own")
    returns = str(value["returns"])
    if not returns.startswith("argument "):
        return Signature(name, parameters, parse_type(returns))
    changed = returns.removeprefix("argument ").strip()
    index = next((i for i, parameter in enumerate(parameters) if parameter.name == changed), None)
    if index is None:
        raise PackageError(f"returns: there is no parameter {changed!r}")
    type = parameters[index].type
    if type.kind in SCALARS | {Kind.NULLABLE}:
        raise PackageError(f"returns: {changed} is {type}, which no function can change for its caller")
    return Signature(name, parameters, type, index)


def _comparison(value: Any, signature: Signature) -> Comparison:
    if value is None:
        return Comparison()
    if not isinstance(value, dict) or set(value) - COMPARE_KEYS:
        raise PackageError("compare: must be a map of float_tolerance and unordered")
    tolerance = value.get("float_tolerance", Comparison().tolerance)
    if isinstance(tolerance, str):  # YAML reads 1e-6 as a text
        try:
            tolerance = float(tolerance)
        except ValueError:
            tolerance = None
    if isinstance(tolerance, bool) or not isinstance(tolerance, int | float) or not 0 <= tolerance < 1:
        raise PackageError("compare: float_tolerance must be a number from 0 to below 1")
    unordered = {True: "outer", False: "", "outer": "outer", "all": "all"}.get(value.get("unordered", False))
    if unordered is None:
        raise PackageError("compare: unordered must be true, outer or all")
    if unordered and signature.result.kind not in (Kind.LIST, Kind.GRAPH):
        raise PackageError(f"compare: unordered is for lists, and the result is {signature.result}")
    return Comparison(float(tolerance), unordered)


def check_tests(function: Function, cases: Iterable[TestCase]) -> None:
    """Raises `PackageError` naming the first file that does not fit the signature."""
    signature = function.signature
    for case in cases:
        try:
            arguments(signature.parameters, load_json(case.input.read_text(encoding="utf-8")))
        except (ValueMismatch, UnicodeDecodeError) as error:
            raise PackageError(f"data/{case.name}.in: {error}") from None
        try:
            typed(signature.result, load_json(case.answer.read_text(encoding="utf-8")), "the result")
        except (ValueMismatch, UnicodeDecodeError) as error:
            raise PackageError(f"data/{case.name}.ans: {error}") from None


def signature_view(described: Any) -> dict[str, Any] | None:
    """The signature in a stored description, as JSON for a page: types as they are written in packages. `changes` names
    the argument that is looked at after the call of a function that returns nothing; `returns` is then its type."""
    function = read_function(described)
    if function is None:
        return None
    signature = function.signature
    return {
        "name": signature.name,
        "parameters": [{"name": each.name, "type": str(each.type)} for each in signature.parameters],
        "returns": str(signature.result),
        "changes": None if signature.changes is None else signature.parameters[signature.changes].name,
    }


def described(function: Function) -> dict[str, Any]:
    """As `read_function` reads it: what is stored of a version."""
    signature = function.signature
    returns = str(signature.result)
    if signature.changes is not None:
        returns = f"argument {signature.parameters[signature.changes].name}"
    return {
        "name": signature.name,
        "parameters": {parameter.name: str(parameter.type) for parameter in signature.parameters},
        "returns": returns,
    }
