"""The command `doctor`: what is there, what is missing, what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.commands.places import NLU, TOPICS
from bot.settings import Settings
from knowledge_base.library.opened import opened


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
        if settings.database_url:
            return "as DATABASE_URL says"
        path = settings.data_dir / "faxian.db"
        return f"{path}, {path.stat().st_size >> 10} KiB" if path.exists() else f"{path} is made at the first start"

    checks: dict[str, Callable[[], str]] = {
        "settings": lambda: f"{settings.host}:{settings.port}, data in {settings.data_dir}",
        "law index": law_index,
        "dialogue model": model,
        "sentence model": sentence_model,
        "store": store,
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
