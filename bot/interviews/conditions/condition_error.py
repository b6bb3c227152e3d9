"""What is raised for an expression that cannot be read."""

from __future__ import annotations


class ConditionError(ValueError):
    """The expression cannot be read; the message says where and why."""
