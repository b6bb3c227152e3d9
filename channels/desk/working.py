"""The parts that a seat works with, wired to the store."""

from __future__ import annotations

from bot.clock import Clock
from bot.desk.desk import Desk
from bot.desk.work.canned import CannedReplies
from bot.desk.work.files import Files
from bot.desk.work.notes import Notes
from bot.desk.work.oversight import Oversight
from bot.desk.work.reading import Reading
from bot.desk.work.replies import Replies
from bot.desk.work.suggestion import Cases, Suggestions
from bot.desk.work.work import Work
from bot.events import Publish
from bot.settings import Settings
from bot.store.canned import CannedStore
from bot.store.database import Database
from bot.store.files import FileStore
from bot.store.notes import NoteStore
from bot.store.oversight import OversightStore
from bot.store.reading import ReadingStore
from bot.store.said import ReplyStore
from channels.services import Laws


def working(
    settings: Settings,
    database: Database,
    clock: Clock,
    publish: Publish,
    desk: Desk,
    laws: Laws,
    cases: Cases | None,
) -> Work:
    """All of them on one store."""
    return Work(
        replies=Replies(ReplyStore(database), desk, laws, clock, publish, max_text=settings.max_text),
        notes=Notes(NoteStore(database), clock, publish),
        canned=CannedReplies(CannedStore(database), clock),
        files=Files(FileStore(database), desk, clock, publish, largest=settings.max_file),
        oversight=Oversight(OversightStore(database), desk, clock, publish),
        reading=Reading(ReadingStore(database), clock, publish),
        suggestions=Suggestions(laws, cases),
    )
