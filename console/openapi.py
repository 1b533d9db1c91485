"""The OpenAPI 3.1 document of the JSON API, made from the same table and shapes that the routes are made from."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from console.api_call import Operation
from console.api_operations import OPERATIONS
from console.api_shapes import ProblemShape

VERSION = "1"
REFERENCE = "#/components/schemas/{model}"
REFUSALS = {
    "400": "The input cannot be read, or PostgreSQL cannot hold it",
    "401": "No bearer token, or one that is unknown or ended",
    "404": "No such thing",
    "409": "The ticket is a colleague's, or has moved on",
    "413": "The body is too large",
    "415": "The body is not JSON",
    "422": "A field is missing, unknown or wrong",
    "403": "Not yours, or not for your role",
    "429": "Too many requests; see Retry-After",
    "503": "The database cannot be reached; see Retry-After",
}
PATTERNS = {"number": r"^[Zz]?-?[0-9]{1,18}$", "contact": "^[0-9]{1,18}$", "incident": "^[0-9]{1,18}$"}


def document(public_url: str) -> dict[str, Any]:
    """All of it."""
    models: dict[type[BaseModel], None] = {ProblemShape: None}
    for operation in OPERATIONS:
        models[operation.answer] = None
        if operation.body is not None:
            models[operation.body] = None
    named = [(model, "serialization" if _is_answer(model) else "validation") for model in models]
    _map, schemas = models_json_schema(named, ref_template=REFERENCE)  # type: ignore[arg-type]
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Zuruf", "version": VERSION, "summary": "The customer-care desk, for programs of staff"},
        "servers": [{"url": f"{public_url}/api/v1"}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "description": "zuruf token NAME"}},
        },
    }


def _is_answer(model: type[BaseModel]) -> bool:
    return any(model is operation.answer for operation in OPERATIONS) or model is ProblemShape


def _operation(operation: Operation) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": _reference(ProblemShape)}}
    answer = {"application/json": {"schema": _reference(operation.answer)}}
    said: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*_in_path(operation.path), *_in_query(operation.query)],
        "responses": {
            **{str(status): {"description": "Done", "content": answer} for status in operation.statuses},
            **{status: {"description": text, "content": problem} for status, text in REFUSALS.items()},
        },
    }
    if operation.body is not None:
        content = {"application/json": {"schema": _reference(operation.body)}}
        said["requestBody"] = {"required": True, "content": content}
    return said


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": REFERENCE.format(model=model.__name__)}


def _in_path(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": PATTERNS[name]}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]


def _in_query(model: type[BaseModel]) -> list[dict[str, Any]]:
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    return [
        {"name": name, "in": "query", "required": False, "schema": _inlined(said, definitions)}
        for name, said in schema.get("properties", {}).items()
    ]


def _inlined(said: Any, definitions: dict[str, Any]) -> Any:
    """Without references to definitions that are not in the document."""
    if isinstance(said, dict):
        if "$ref" in said:
            return definitions[said["$ref"].rpartition("/")[2]]
        return {name: _inlined(value, definitions) for name, value in said.items()}
    return [_inlined(value, definitions) for value in said] if isinstance(said, list) else said
