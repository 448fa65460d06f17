"""The description of the API: OpenAPI 3.1. The page about it and the tests read the same."""

from typing import Any

VERSION = "1"


def _named(name: str, pattern: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": pattern}}


SCHOOL, WAVE = _named("school", "^[a-z0-9-]{1,50}$"), _named("wave", "^[a-z0-9]{1,20}$")


def _error(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }


def _get(
    summary: str, schema: dict[str, Any], *parameters: dict[str, Any], kind: str = "application/json"
) -> dict[str, Any]:
    answers = {
        "200": {"description": "Found", "content": {kind: {"schema": schema}}},
        "401": _error("No key, or one that does not work any more"),
        "429": _error("Too often: wait the seconds in Retry-After"),
    }
    if parameters:
        answers["404"] = _error("Not there, or not shared")
    return {"get": {"summary": summary, "parameters": [*parameters], "responses": answers}}


def _rows(**properties: object) -> dict[str, Any]:
    row = {"type": "object", "required": [*properties], "properties": properties}
    return {"type": "array", "items": row}


TEXT: dict[str, Any] = {"type": "string"}
DATE: dict[str, Any] = {"type": "string", "format": "date"}
NUMBER: dict[str, Any] = {"type": ["number", "null"]}
CELLS = {
    name: {"type": ["string", "null"]} for name in ("level", "unit", "breakdown", "group", "measure")
} | {
    "n": {"type": ["integer", "null"]},
    "value": NUMBER,
    "low": NUMBER,
    "high": NUMBER,
    "status": {"enum": ["shown", "withheld"]},
    "reason": {"type": ["string", "null"]},
}


def document() -> dict[str, Any]:
    """The whole description."""
    at = "/api/v1/schools/{school}/waves"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Erbij: releases",
            "version": VERSION,
            "description": "Read-only. A key reads what its school shared with everyone there: releases, "
            "in which nobody can be found. What is withheld is not here either.",
        },
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "paths": {
            "/api/v1/schools": _get("The school of the key", _rows(school=TEXT, name=TEXT, country=TEXT)),
            at: _get(
                "Closed surveys that were shared, the newest first",
                _rows(wave=TEXT, title=TEXT, closed_on=DATE, instrument=TEXT, sha256=TEXT),
                SCHOOL,
            ),
            f"{at}/{{wave}}/release": _get("release.json", {"type": "object"}, SCHOOL, WAVE),
            f"{at}/{{wave}}/cells": _get("Every cell", _rows(**CELLS), SCHOOL, WAVE),
            f"{at}/{{wave}}/codebook": _get(
                "What the columns mean (DDI-Codebook 2.5)", TEXT, SCHOOL, WAVE, kind="application/xml"
            ),
        },
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Error": {
                    "type": "object",
                    "required": ["error"],
                    "properties": {"error": {"type": "string"}},
                }
            },
        },
    }
