"""Keys as INFO carries them."""

from __future__ import annotations

from voice.media import KEYS
from voice.telephony.sip.message import Message


def key_of(info: Message) -> str:
    """The key of `application/dtmf-relay` (Signal=5) or `application/dtmf` (5); empty when it tells something else."""
    kind = info.get("content-type").partition(";")[0].strip().lower()
    text = info.body.decode("ascii", "replace")
    if kind == "application/dtmf-relay":
        lines = (line.partition("=") for line in text.splitlines())
        key = next((value.strip() for name, _, value in lines if name.strip().lower() == "signal"), "")
    elif kind == "application/dtmf":
        key = text.strip()
    else:
        return ""
    key = {"10": "*", "11": "#"}.get(key, key).upper()
    return key if len(key) == 1 and key in KEYS else ""
