"""Tables as lines of JSON and back, by the models of the program that made the tables."""

import datetime as dt
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connections, models, router, transaction

LEFT_OUT = {"auth", "contenttypes", "sessions"}
"""Made anew with the tables, or of no use elsewhere: who was signed in signs in again."""
CLOCKS = {"help.tick"}
"""When somebody last looked; written before anybody is in."""
BATCH = 500

Table = type[models.Model]


def tables(apps: Any, alias: str) -> list[Table]:
    """The tables of a database that a copy holds, by name; `apps` as they were when it was made."""
    found = [
        model
        for model in apps.get_models()
        if model._meta.app_label not in LEFT_OUT
        and model._meta.label_lower not in CLOCKS
        and router.allow_migrate_model(alias, model)
    ]
    return sorted(found, key=lambda model: str(model._meta.label_lower))


def written(model: Table, alias: str) -> Iterator[bytes]:
    """Each row as a line, by its id: never as the rows lie on the disk."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    rows = model._base_manager.using(alias).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=BATCH):
        plain = {name: _plain(value) for name, value in zip(names, row, strict=True)}
        yield json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return value


def read(model: Table, line: bytes) -> models.Model:
    """A row from its line.

    Raises
    ------
    ValueError
        The line has other columns than the table, or a value that the table does not take.
    """
    plain = json.loads(line)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if set(plain) != set(fields):
        raise ValueError("other columns")
    return model(**{name: _value(fields[name], value) for name, value in plain.items()})


def _value(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return b64decode(value)
    kept = field.target_field if field.is_relation else field
    return kept.to_python(value)


def is_empty(found: list[Table], alias: str) -> bool:
    """Whether none of these tables has a row."""
    return not any(model._base_manager.using(alias).exists() for model in found)


def fill(found: list[Table], lines: dict[str, list[bytes]], alias: str) -> None:
    """Put the rows of all tables into an empty database, in one transaction; `lines` by table."""
    for model in found:
        for field in model._meta.concrete_fields:
            if isinstance(field, models.DateField):
                field.auto_now = field.auto_now_add = False  # it keeps the moment that is in the copy
    with transaction.atomic(using=alias):
        for model in found:
            rows = [read(model, line) for line in lines[model._meta.label_lower]]
            model._base_manager.using(alias).bulk_create(rows, batch_size=BATCH)
        _count_on(found, alias)
    connections[alias].check_constraints()


def _count_on(found: list[Table], alias: str) -> None:
    """The next row gets a number that is free: PostgreSQL would count from one."""
    with connections[alias].cursor() as cursor:
        for statement in connections[alias].ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)
