"""Brings a store to the tables of this program, step by step."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

_LOG = logging.getLogger(__name__)
_FOLDER = Path(__file__).resolve().parent / "migrations"
_FIRST = "0001"
"""Stores of before there were migrations have its tables, and a table `schema_version` instead of Alembic's."""


@cache
def head() -> str:
    """The version that this program needs."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def version(connection: Connection) -> str | None:
    """The version that the store has; None for an empty one."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None and inspect(connection).has_table("schema_version"):
        return _FIRST
    return found


def known(revision: str) -> bool:
    """Whether this program knows the version, or a later program wrote it."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def upgrade(connection: Connection) -> None:
    """Run every step that the store lacks, inside the caller's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    before = version(connection)
    if before == _FIRST:
        command.stamp(config, _FIRST)
    command.upgrade(config, "head")
    if before is not None and before != head():
        _LOG.info("the store is brought from version %s to %s", before, head())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
