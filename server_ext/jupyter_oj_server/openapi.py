"""The OpenAPI 3.1 document, made from what the routes declare."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from jupyter_oj_server.models import ProblemDetails
from jupyter_oj_server.operations import Operation, Permission, Route, operation_of
from jupyter_oj_server.problem_details import CONTENT_TYPE

SCHEMAS = "#/components/schemas/"
ERRORS = {
    400: "The request cannot be read; the detail names what",
    401: "Nobody is signed in, or nobody has this token",
    403: "Not allowed",
    404: "Not found",
    409: "Not possible now",
    413: "Too large",
    422: "A value is not acceptable; the detail names the field",
    429: "Too many requests",
    500: "Our fault; the detail has the incident's number",
    503: "Not available now",
}


def build(routes: list[Route], *, base: str, version: str) -> dict[str, Any]:
    """The document for `routes` served under `base`."""
    paths: dict[str, Any] = {}
    models = _models(routes)
    refs, definitions = models_json_schema(models, ref_template=SCHEMAS + "{model}")  # type: ignore[arg-type]
    for route in routes:
        item = paths.setdefault("/" + route.path, {})
        for method in ("get", "post"):
            declared = operation_of(route.handler, method)
            if declared is not None:
                item[method] = _operation(route, method, declared, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "jupyter_oj_extension",
            "version": version,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base}],
        "security": [{"token": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": definitions.get("$defs", {}),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "Jupyter's token or an enrolment token"},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "username-localhost",
                    "description": "Jupyter's session",
                },
            },
        },
    }


def _models(routes: list[Route]) -> list[tuple[type[BaseModel], str]]:
    found: dict[tuple[type[BaseModel], str], None] = {(ProblemDetails, "serialization"): None}
    for route in routes:
        for method in ("get", "post"):
            declared = operation_of(route.handler, method)
            if declared is None:
                continue
            for model in (declared.query, declared.body):
                if model is not None:
                    found[(model, "validation")] = None
            for answer in declared.answers.values():
                if answer.model is not None:
                    found[(answer.model, "serialization")] = None
    return list(found)


def _operation(route: Route, method: str, declared: Operation, refs: dict[Any, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "operationId": f"{method}_{route.name}",
        "summary": declared.summary,
        "description": f"Permission: {declared.permission.value}.",
        "parameters": [
            *(_path_parameter(name) for name in re.findall(r"{(\w+)}", route.path)),
            *_query_parameters(declared.query),
            *(
                {"name": name, "in": "header", "required": False, "schema": schema}
                for name, schema in declared.headers.items()
            ),
        ],
        "responses": _responses(declared, refs),
    }
    if declared.permission is Permission.ANYONE:
        result["security"] = []
    if declared.body is not None:
        schema = refs[(declared.body, "validation")]
        result["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return result


def _path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _query_parameters(model: type[BaseModel] | None) -> list[dict[str, Any]]:
    if model is None:
        return []
    properties = model.model_json_schema()["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": _plain(schema)}
        for name, schema in properties.items()
    ]


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Without null: a query parameter that is not set is not there."""
    kept = {key: value for key, value in schema.items() if key not in {"title", "default"} or schema.get("default")}
    options = [option for option in kept.pop("anyOf", []) if option != {"type": "null"}]
    return kept | (options[0] if options else {})


def _responses(declared: Operation, refs: dict[Any, Any]) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    for status, answer in declared.answers.items():
        kind = "object" if answer.content_type == "application/json" else "string"
        content: dict[str, Any] = {answer.content_type: {"schema": {"type": kind}}}
        if answer.model is not None:
            content = {answer.content_type: {"schema": refs[(answer.model, "serialization")]}}
        responses[str(status)] = {"description": answer.description, "content": content}
        if answer.headers:
            responses[str(status)]["headers"] = {
                name: {"description": text, "schema": {"type": "string"}} for name, text in answer.headers.items()
            }
    common = [400, 413, 429, 503] + ([] if declared.permission is Permission.ANYONE else [401, 403])
    for status in sorted({*common, *declared.errors}):
        problem = refs[(ProblemDetails, "serialization")]
        responses[str(status)] = {"description": ERRORS[status], "content": {CONTENT_TYPE: {"schema": problem}}}
        if status in {429, 503}:
            schema = {"type": "integer", "minimum": 1}
            responses[str(status)]["headers"] = {"Retry-After": {"description": "Whole seconds", "schema": schema}}
    return responses
