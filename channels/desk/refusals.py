"""What the desk refuses, as answers of the API."""

from __future__ import annotations

from bot.desk.refused import Refused
from channels.errors import ApiError

_STATUS = {
    "unknown_conversation": 404,
    "unknown_colleague": 404,
    "unknown_queue": 404,
    "unknown_canned": 404,
    "no_right": 403,
    "demand": 422,
}


def refused(error: Refused) -> ApiError:
    """404 for what is not there, or not the seat's to see; 409 for what cannot be done now."""
    return ApiError(_STATUS.get(error.code, 409), error.code, error.text)
