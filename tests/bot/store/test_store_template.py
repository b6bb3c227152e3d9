"""The copy that tests begin with is what Alembic makes."""

from __future__ import annotations

from sqlalchemy import Connection, create_engine, text

from bot.store.migrate import head, upgrade, version
from tests.store_template import upgraded


def _all(connection: Connection) -> set[tuple[object, ...]]:
    """Constraints of a table that Alembic rebuilds come in another order each time."""
    found = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master")).all()
    return {(*row[:3], *sorted(line.strip(" ,\t") for line in (row.sql or "").split("\n"))) for row in found}


def test_a_copied_store_has_the_tables_triggers_and_rows_of_a_made_one() -> None:
    made, copied = create_engine("sqlite://"), create_engine("sqlite://")
    with made.begin() as one, copied.begin() as other:
        upgrade(one)
        upgraded(other)
        assert _all(one) == _all(other)
        assert version(other) == head()
        for (name,) in one.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all():
            rows = text(f'SELECT * FROM "{name}"')
            assert one.execute(rows).all() == other.execute(rows).all()
        upgraded(other)
        assert _all(one) == _all(other), "one that is there is left as it is"
