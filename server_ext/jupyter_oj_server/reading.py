"""Reading requests strictly: what is not declared is refused, and the refusal names the parameter."""

from __future__ import annotations

from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from jupyter_oj_extension.domain.errors import InvalidRequest, Unprocessable

Model = TypeVar("Model", bound=BaseModel)

JUPYTER_PARAMETERS = frozenset({"token", "no_track_activity", "_xsrf"})
"""Query parameters that belong to Jupyter: passed over wherever they appear."""


def read_query(model: type[BaseModel] | None, arguments: dict[str, list[bytes]]) -> BaseModel | None:
    """The query as `model`. Raises `InvalidRequest` with the parameter's name.

    A name of digits without a value is passed over too: JupyterLab adds one against caches.
    """
    known = model.model_fields if model is not None else {}
    values: dict[str, Any] = {}
    for name, raw in arguments.items():
        if name in JUPYTER_PARAMETERS or (name.isascii() and name.isdigit() and raw == [b""]):
            continue
        if name not in known:
            raise InvalidRequest(f"{name!r}: there is no such query parameter here")
        try:
            texts = [value.decode() for value in raw]
        except UnicodeDecodeError:
            raise InvalidRequest(f"{name!r}: the value is not UTF-8") from None
        if any("\0" in text for text in texts):
            raise InvalidRequest(f"{name!r}: the value holds a NUL character")
        if _is_list(known[name].annotation):
            values[name] = texts
        elif len(texts) > 1:
            raise InvalidRequest(f"{name!r}: given more than once")
        elif texts[0] or known[name].annotation is str:
            values[name] = texts[0]
    if model is None:
        return None
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise InvalidRequest(_first(error)) from None


def read_body(model: type[Model], body: bytes) -> Model:
    """The body as `model`. Raises `InvalidRequest` when it is not JSON, `Unprocessable` naming the field otherwise."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            raise InvalidRequest(f"the body is not JSON: {error.errors()[0]['msg']}") from None
        raise Unprocessable(_first(error)) from None


def _is_list(annotation: Any) -> bool:
    if get_origin(annotation) in (Union, UnionType):
        return any(_is_list(part) for part in get_args(annotation))
    return get_origin(annotation) is list


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    name = ".".join(str(part) for part in first["loc"]) or "body"
    return f"{name}: {first['msg'].removeprefix('Value error, ')}"
