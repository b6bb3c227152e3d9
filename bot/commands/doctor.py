"""The command `doctor`: what is there, what is missing, what to do about it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from shutil import disk_usage
from urllib.parse import urlsplit

from bot.commands.places import NLU, TOPICS
from bot.settings import Settings
from knowledge_base.library.opened import opened

LEAST_MIB = 1024
"""Free on the disk: an index is built beside the one in use."""
WITHIN = 3
"""Seconds in which another service must answer."""


def answered(address: str) -> str:
    """The version of the store there. Raises LookupError without the address, which may hold a password."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import SQLAlchemyError

    from bot.store.database import StoreError, read_address
    from bot.store.migrate import head, known, version

    waits = {} if address.startswith("sqlite") else {"connect_args": {"connect_timeout": WITHIN}}
    try:
        with create_engine(read_address(address), **waits).connect() as connection:
            found = version(connection)
    except (SQLAlchemyError, StoreError) as error:
        raise LookupError(f"does not answer ({type(error).__name__}); is it running, is DATABASE_URL right?") from None
    if found is not None and not known(found):
        raise LookupError(f"version {found} is of a later program than this one ({head()}); start that one")
    return f"answers, version {found or 'none yet'}"


def doctor(settings: Settings, others: Mapping[str, Callable[[], str]]) -> int:
    """What is there, what is missing, what to do about it; `others` look at what this room does not know."""
    from bot.documents.fonts import FontsMissing, font_file
    from bot.rasa.components.sentence_model import SentenceModel
    from knowledge_base.index.manifest import Manifest
    from knowledge_base.library.build import fingerprint
    from knowledge_base.record import SourceError

    def law_index() -> str:
        known = Manifest.read(settings.data_dir / "index")
        if known is None:
            raise LookupError("no law index; run `faxian index`")
        with opened(settings.data_dir) as library:
            wanted = fingerprint(library=library)
        if known.fingerprint != wanted:
            raise LookupError("the law index is out of date; run `faxian index`")
        return f"{known.counts['articles']} articles, built {known.built}"

    def model() -> str:
        from bot.rasa.train import fingerprint as model_fingerprint

        name = f"faxian-{model_fingerprint(TOPICS, NLU)}.tar.gz"
        if not (settings.data_dir / "models" / name).is_file():
            raise LookupError("no dialogue model for the present topics; run `faxian train`")
        return name

    def sentence_model() -> str:
        there = SentenceModel.there() is not None
        return "there" if there else "none, words alone tell messages apart; docker/sentence_model/fetch.sh fetches it"

    def store() -> str:
        path = settings.data_dir / "faxian.db"
        if settings.database_url:
            return answered(settings.database_url)
        return f"{path}, {answered(settings.store_url)}" if path.exists() else f"{path} is made at the first start"

    def disk() -> str:
        folder = next(
            one for one in (settings.data_dir.absolute(), *settings.data_dir.absolute().parents) if one.exists()
        )
        free = disk_usage(folder).free >> 20
        if free < LEAST_MIB:
            raise LookupError(f"only {free} MiB are free where {settings.data_dir} is; make room")
        return f"{free >> 10} GiB free"

    def reached(name: str, address: str, port: int) -> Callable[[], str]:
        def look() -> str:
            parts = urlsplit(address)
            host, at = parts.hostname or "", parts.port or port
            try:
                socket.create_connection((host, at), WITHIN).close()
            except OSError as error:
                asked = f"is it running, is {name} right?"
                raise LookupError(f"does not answer at {host}:{at} ({error}); {asked}") from None
            return f"answers at {host}:{at}"

        return look

    checks: dict[str, Callable[[], str]] = {
        "settings": lambda: f"{settings.host}:{settings.port}, data in {settings.data_dir}",
        "law index": law_index,
        "dialogue model": model,
        "sentence model": sentence_model,
        "disk": disk,
        "store": store,
        **({"redis": reached("REDIS_URL", settings.redis_url, 6379)} if settings.redis_url else {}),
        **(
            {"elasticsearch": reached("ELASTICSEARCH_URL", settings.elasticsearch_url, 9200)}
            if settings.elasticsearch_url
            else {}
        ),
        "fonts": lambda: str(font_file("NotoSansCJKsc-Regular.otf").name),
        **others,
    }
    failed = 0
    for name, look in checks.items():
        try:
            print(f"ok    {name}: {look()}")
        except (LookupError, FontsMissing, SourceError, OSError) as error:
            failed += 1
            print(f"MISS  {name}: {error}")
    return 1 if failed else 0
