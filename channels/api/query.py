"""Values from the query string, checked."""

from __future__ import annotations

from datetime import date

from aiohttp import web

from channels.errors import ApiError


def whole_number(request: web.Request, name: str, *, default: int, low: int, high: int) -> int:
    """The number under `name`. Raises ApiError 400 for anything but digits, or outside the range."""
    raw = request.query.get(name)
    if raw is None:
        return default
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 10 and low <= int(raw) <= high):
        raise ApiError(400, "bad_parameter", f"参数 {name} 应为 {low} 至 {high} 的整数。")
    return int(raw)


def day(request: web.Request, name: str) -> date | None:
    """The day under `name`, written 2026-11-23. Raises ApiError 400 for anything else."""
    raw = request.query.get(name)
    if raw is None:
        return None
    try:
        if len(raw) != 10:
            raise ValueError
        return date.fromisoformat(raw)
    except ValueError:
        raise ApiError(400, "bad_parameter", f"参数 {name} 应为日期，例如 2026-11-23。") from None


def words(request: web.Request, name: str, longest: int) -> str:
    """The text under `name`. Raises ApiError 400 when it is missing, blank or too long."""
    raw = request.query.get(name, "").strip()
    if not raw or len(raw) > longest:
        raise ApiError(400, "bad_parameter", f"参数 {name} 不能为空，且不超过 {longest} 字。")
    return raw
