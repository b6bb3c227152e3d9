"""What the desk refuses, as answers of the API."""

from __future__ import annotations

from bot.desk.refused import Refused
from channels.errors import ApiError

_STATUS = {
    "no_right": 403,
    **dict.fromkeys(
        ("unknown_conversation", "unknown_colleague", "unknown_queue", "unknown_canned", "unknown_call"), 404
    ),
    **dict.fromkeys(("demand", "no_result", "no_reason", "bad_points"), 422),
    **dict.fromkeys(("unknown_account", "bad_tier", "bad_shift", "bad_rule"), 422),
}


def refused(error: Refused) -> ApiError:
    """404 for what is not there or not the seat's to see, 422 for what is filled in wrong, else 409: not now."""
    return ApiError(_STATUS.get(error.code, 409), error.code, error.text)
