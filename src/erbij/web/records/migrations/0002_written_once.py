"""The database itself refuses to change an act or a line about what was erased."""

from typing import Any

from django.db import migrations

TABLES = ("records_act", "records_erasure")
SQLITE = """
CREATE TRIGGER {table}_written_once BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'written once'); END
"""
POSTGRES = """
CREATE OR REPLACE FUNCTION written_once() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'written once'; END $$;
CREATE TRIGGER {table}_written_once BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION written_once()
"""


def refuse(_apps: Any, editor: Any) -> None:
    statement = SQLITE if editor.connection.vendor == "sqlite" else POSTGRES
    for table in TABLES:
        editor.execute(statement.format(table=table))


def allow(_apps: Any, editor: Any) -> None:
    on = "" if editor.connection.vendor == "sqlite" else " ON {table}"
    for table in TABLES:
        editor.execute(f"DROP TRIGGER {table}_written_once{on}".format(table=table))


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
