"""The OpenAPI document, and a fuzzer that holds the running server against it."""

from __future__ import annotations

import re

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from server_support import TOKEN, Server

from jupyter_oj_server.routes import ROUTES

EXAMPLES = 20
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def test_the_document_names_every_route(server: Server) -> None:
    document = server.http.get("openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {"/" + route.path for route in ROUTES}
    names = [found["operationId"] for item in document["paths"].values() for found in item.values()]
    assert len(names) == len(set(names))
    references = set(re.findall(r'"#/components/schemas/(\w+)"', server.http.get("openapi.json").text))
    assert references <= set(document["components"]["schemas"])


def test_a_fuzzer_finds_no_answer_that_breaks_the_schema(server: Server) -> None:
    """Every route with generated requests, valid and not: nothing answers 5xx, and every answer is as described."""
    document = server.http.get("openapi.json").json()
    del document["paths"]["/stream"]  # it never ends; test_stream.py reads it
    submission = server.submit(server.http)["id"]
    seen = 0
    with requests.Session() as session:
        session.headers["Authorization"] = f"token {TOKEN}"
        for found in schemathesis.openapi.from_dict(document).get_all_operations():
            operation = found.ok()
            cases = [operation.as_strategy(GenerationMode.POSITIVE), operation.as_strategy(GenerationMode.NEGATIVE)]
            if "{id}" in operation.path:
                real = {"problems": "echo", "contests": "cup", "submissions": submission}
                fixed = {"id": real[operation.path.split("/")[1]]} | (
                    {"name": "dot.png"} if "{name}" in operation.path else {}
                )
                cases.append(operation.as_strategy(GenerationMode.POSITIVE, path_parameters=fixed))
            for strategy in cases:
                _check(strategy, server.base, session)
            seen += 1
    assert seen == sum(len(item) for item in document["paths"].values())


def _check(strategy: SearchStrategy[Case], base: str, session: requests.Session) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def check(case: Case) -> None:
        case.call_and_validate(base_url=base, session=session, checks=CHECKS)

    try:
        check()
    except Unsatisfiable:
        return  # a route without anything to get wrong
