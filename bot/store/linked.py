"""Citizens who are one person on several channels, told in SQL."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from bot.store.schema import citizens


def same_person(citizen: str) -> ColumnElement[bool]:
    """The condition on `citizens` that a row is this one, or was linked with it by consent."""
    person = select(citizens.c.person).where(citizens.c.id == citizen).scalar_subquery()
    return or_(citizens.c.id == citizen, citizens.c.person == person)  # NULL equals nothing
