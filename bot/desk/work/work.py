"""Everything a seat uses while it works a conversation."""

from __future__ import annotations

from dataclasses import dataclass

from bot.desk.work.canned import CannedReplies
from bot.desk.work.files import Files
from bot.desk.work.notes import Notes
from bot.desk.work.oversight import Oversight
from bot.desk.work.reading import Reading
from bot.desk.work.replies import Replies
from bot.desk.work.suggestion import Suggestions


@dataclass(frozen=True, slots=True)
class Work:
    """The parts."""

    replies: Replies
    notes: Notes
    canned: CannedReplies
    files: Files
    oversight: Oversight
    reading: Reading
    suggestions: Suggestions
