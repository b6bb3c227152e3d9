"""The command line: wires the parts together and runs them; the only module that knows every part."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

from tqdm import tqdm

from bot.settings import Settings, SettingsError
from channels.commands.arguments import add_audit_parser, add_staff_parser
from knowledge_base.changes.cited_by import Source, cited_by
from knowledge_base.library.library import FILE_NAME as LIBRARY
from knowledge_base.library.library import Library

ROOT = Path(__file__).resolve().parent
SOURCES = ("lawrefbook", "npc-docx", "cases", "institutions")
"""Names of `knowledge_base.sources.importers`, told without importing them."""
TOPICS, NLU = ROOT / "training_data" / "topics", ROOT / "training_data" / "nlu"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a service needs before it can start."""

    index: Path
    model: Path


def index(settings: Settings, rebuild: bool = False) -> Path:
    """The law index, built where it is missing or out of date."""
    from knowledge_base.index.generation import current
    from knowledge_base.index.manifest import Manifest
    from knowledge_base.library.build import build_index, fingerprint

    out = settings.data_dir / "index"
    with _library(settings) as library:
        known = Manifest.read(out)
        if rebuild or known is None or known.fingerprint != fingerprint(library=library):
            known = build_index(None, out, progress=True, library=library)
    anomalies = sum(known.anomaly_counts.values())
    print(f"Law index: {known.counts['articles']} articles of {known.counts['laws']} laws, built {known.built}; "
          f"{anomalies} anomalies of the sources in {current(out) / 'manifest.json'}")  # fmt: skip
    if settings.elasticsearch_url:
        _fill_cluster(settings, out)
    return out


def _fill_cluster(settings: Settings, out: Path) -> None:
    """Bring the cluster to what the local index holds; without it the embedded index answers, so this is no failure."""
    from knowledge_base.elastic.connection import ElasticUnavailable
    from knowledge_base.elastic.document_index import import_documents
    from knowledge_base.elastic.index import import_index

    try:
        for noun, fill in (("articles", import_index), ("documents", import_documents)):
            done = asyncio.run(fill(out, settings.elasticsearch_url, progress=True))
            print(f"Elasticsearch: {done.index}, {done.held} {noun}, {done.written} written, {done.removed} removed")
    except ElasticUnavailable as error:
        print(f"{error}; the embedded index answers until `faxian index` has filled the cluster", file=sys.stderr)


@contextmanager
def _library(settings: Settings) -> Iterator[Library | None]:
    """The library of imports; None while nothing was imported."""
    path = settings.data_dir / LIBRARY
    library = Library(path) if path.is_file() else None
    try:
        yield library
    finally:
        if library is not None:
            library.close()


def take(settings: Settings, source: str, path: Path) -> int:
    """Import a source into the library, tell what was refused, bring the index up to date."""
    from knowledge_base.record import SourceError
    from knowledge_base.sources.importers import IMPORTERS

    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    try:
        library = Library(settings.data_dir / LIBRARY)
        try:
            done = library.take(IMPORTERS[source], path, today, progress=True)
        finally:
            library.close()
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    report = settings.data_dir / f"rejected-{source}.tsv"
    rows = (f"{r.file}\t{r.line}\t{r.reason}\n" for r in done.rejected)
    report.write_text("file\tline\treason\n" + "".join(rows), encoding="utf-8")
    print(f"{source}: {done.laws} laws and {done.documents} documents from {done.units} parts, {done.read} of them new "
          f"or changed; {len(done.rejected)} records refused, listed in {report}")  # fmt: skip
    for rejection in done.rejected[:10]:
        print(f"  {rejection.file}:{rejection.line}: {rejection.reason}")
    index(settings)
    return 0


def forget(settings: Settings, source: str) -> int:
    """Take an imported source back out of library and index."""
    with _library(settings) as library:
        if library is None or not library.forget(source):
            print(f"Nothing was imported from {source}.", file=sys.stderr)
            return 1
    index(settings)
    return 0


@contextmanager
def _clock(doing: str) -> Iterator[tqdm[NoReturn]]:
    """A bar whose seconds run while something without countable steps is done; nothing where nobody watches."""
    with tqdm(desc=doing, total=0, bar_format="{desc} {elapsed}", leave=False, disable=None) as bar:
        over = threading.Event()

        def tick() -> None:
            while not over.wait(0.5):
                bar.refresh()

        ticking = threading.Thread(target=tick, daemon=True)
        ticking.start()
        try:
            yield bar
        finally:
            over.set()
            ticking.join()


def train(settings: Settings, rebuild: bool = False) -> Path:
    """The dialogue model, trained where it is missing or out of date."""
    from bot.rasa.train import train as train_model

    out = settings.data_dir / "models"
    if rebuild:
        for old in out.glob("faxian-*.tar.gz"):
            old.unlink()
    with _clock("训练对话模型") as bar:

        def show(step: int, steps: int, doing: str) -> None:
            bar.set_description_str(f"{doing}（{step}/{steps}）")

        model = train_model(out, TOPICS, NLU, show)
    print(f"Dialogue model: {model}")
    return model


def _prepare(settings: Settings) -> Prepared:
    """Index and model, each in a process of its own, so that the service does not carry the memory of their making."""
    for step in ("index", "train"):
        done = subprocess.run([sys.executable, str(ROOT / "faxian.py"), step], check=False)
        if done.returncode != 0:
            raise SystemExit(f"`faxian {step}` failed (exit status {done.returncode}); see above. Nothing is served.")
    models = list((settings.data_dir / "models").glob("faxian-*.tar.gz"))
    return Prepared(settings.data_dir / "index", models[0])


async def _serve(settings: Settings, prepared: Prepared) -> int:
    from bot.clock import SystemClock
    from bot.desk.topics import Topics
    from bot.desk.work.cases import DecidedCases
    from bot.dialogue.engine import EngineUnavailable
    from bot.dialogue.pool import RasaPool
    from bot.law_service import LawService
    from bot.store.database import Database, StoreError
    from bot.store.proposals import ProposalStore
    from channels.app import accounts, create_app
    from channels.server import listen
    from knowledge_base.opening import Settling, open_documents, open_searcher

    began = time.monotonic()
    clock = SystemClock()
    searcher = open_searcher(prepared.index, lambda: clock.now().date(), settings.elasticsearch_url)
    documents = open_documents(prepared.index, lambda: clock.now().date(), settings.elasticsearch_url)
    pool = RasaPool(prepared.model, TOPICS, prepared.index, settings.workers, cluster=settings.elasticsearch_url)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    async def engine_ready() -> bool:
        return pool.ready

    async def index_ready() -> bool:
        return bool(await searcher.search("劳动合同", limit=1))

    try:
        database = Database(settings.store_url)
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    app = create_app(
        settings,
        clock=clock,
        database=database,
        engine=pool,
        laws=LawService(searcher),
        topics=Topics(TOPICS, ROOT, ProposalStore(database), clock, searcher),
        probes={"engine": engine_ready, "index": index_ready},
        cases=DecidedCases(documents),
    )
    interrupted = asyncio.create_task(stop.wait())
    starting = asyncio.create_task(pool.start())
    runner = None
    try:
        with _clock("加载对话引擎"):
            await asyncio.wait({starting, interrupted}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            return 0
        await starting
        runner = await listen(app, settings)
        here = f"http://{settings.host}:{runner.addresses[0][1]}"
        staff = await accounts(settings, database, clock).count()
        seconds = time.monotonic() - began
        print(_ready_block(settings, here, searcher.manifest.counts["articles"], staff, seconds), flush=True)
        await interrupted
        print("Stopping …", flush=True)
        return 0
    except (EngineUnavailable, StoreError, OSError) as error:
        print(f"Cannot serve on {settings.host}:{settings.port}: {error}", file=sys.stderr)
        return 1
    finally:
        starting.cancel()
        if runner is not None:
            await runner.cleanup()
        await pool.stop()
        for searching in (searcher, documents):
            if isinstance(searching, Settling):
                await searching.aclose()


def _ready_block(settings: Settings, here: str, articles: int, staff: int, seconds: float) -> str:
    """What is ready, what is off, and how to switch it on."""
    from bot.interviews.topic_file import topic_files

    topics = len(topic_files(TOPICS))
    ready = [
        f"web chat    {here}/",
        f"staff desk  {here}/desk",
        f"app API     {here}/api/v1/openapi.json",
        f"dialogue    {topics} topics, {settings.workers} workers",
        f"law index   {articles} articles, "
        + ("Elasticsearch, embedded when it does not answer" if settings.elasticsearch_url else "embedded"),
    ]
    off = []
    if not settings.elasticsearch_url:
        off.append("no Elasticsearch cluster: set ELASTICSEARCH_URL (`make elasticsearch` starts a node)")
    if not staff:
        off.append(
            "nobody can sign in at the desk: create an account with "
            "`.venv/bin/faxian staff add NAME --role administrator`"
        )
    if settings.host in ("127.0.0.1", "localhost", "::1"):
        off.append("other machines cannot connect: set HOST=0.0.0.0, behind a reverse proxy with TLS")
    if not settings.staff_cookie_secure:
        off.append("the staff cookie also travels over plain HTTP: set STAFF_COOKIE_SECURE=true behind TLS")
    lines = [f"法线 Faxian is ready ({seconds:.1f} s)", *(f"  on   {line}" for line in ready)]
    lines += [f"  off  {line}" for line in off]
    return "\n".join([*lines, "Ctrl-C stops it."])


def serve(settings: Settings) -> int:
    """Prepare what is missing, then serve until interrupted."""
    try:
        # Told at once, not after a minute of preparation.
        socket.create_server((settings.host, settings.port)).close()
    except OSError as error:
        print(f"Cannot serve on {settings.host}:{settings.port}: {error}; set HOST or PORT", file=sys.stderr)
        return 1
    return asyncio.run(_serve(settings, _prepare(settings)))


def check(settings: Settings) -> int:
    """Prove every topic, template and lesson against the index and against itself."""
    from bot.documents.template import load_templates
    from bot.education.check import check_lessons
    from bot.education.lessons import load_lessons
    from bot.interviews.authored import AuthoredError
    from bot.interviews.check import Problem, check_topics
    from bot.interviews.topic_file import load_topics
    from knowledge_base.laws.embedded import EmbeddedSearcher

    folder = index(settings)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    try:
        topics, templates = load_topics(TOPICS), load_templates(TOPICS.parent / "documents")
        lessons = load_lessons(TOPICS.parent / "lessons")
    except AuthoredError as error:
        print(error)
        return 1
    searcher = EmbeddedSearcher.open(folder, lambda: today)
    problems = check_topics(topics, searcher, today, templates)
    problems += [Problem(*one) for one in check_lessons(lessons, topics.keys(), searcher, today)]
    for problem in problems:
        print(problem)
    cited = asyncio.run(cited_by(_citing(), searcher, today))
    for finding in cited.findings:
        print(finding)
    facts, findings = (sum(len(getattr(t, key)) for t in topics.values()) for key in ("facts", "findings"))
    authored = f"{len(templates)} templates, {len(lessons.all())} lessons"
    counted = f"{len(topics)} topics, {facts} facts, {findings} findings, {authored}"
    print(f"{counted}: {len(problems)} problems")
    notes = f"{len(cited.findings) - cited.problems} notes, {cited.outside} of laws that are not in the index"
    where = "topics, cases, templates, lessons and tests"
    print(f"{cited.citations} citations in {where}: {cited.problems} problems, {notes}")
    return 1 if problems or cited.problems else 0


def _citing() -> Iterator[Source]:
    """Every file that may cite law; in tests a citation that does not hold is only worth a note."""
    places = (
        *((ROOT / "training_data" / kind, "*.yaml", True) for kind in ("topics", "documents", "lessons", "cases")),
        (ROOT / "bot", "*.py", True),
        *((ROOT / "tests", kind, False) for kind in ("*.py", "*.yaml", "*.yml")),
    )
    for folder, pattern, strict in places:
        for path in sorted(folder.rglob(pattern)):
            yield Source(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"), strict)


def evaluate(settings: Settings) -> int:
    """Accuracy of understanding, as JSON."""
    from bot.rasa.train import evaluate as measure

    print(json.dumps(measure(TOPICS, NLU, ROOT / "tests" / "nlu" / "everyday.yml"), ensure_ascii=False, indent=1))
    return 0


def bench(settings: Settings, options: argparse.Namespace) -> int:
    """Measure everything side by side, or one half of it."""
    from tests.load.bench import run, run_knowledge  # the benchmarks need a checkout, as the tests do

    failed = 0
    if options.only != "turns":
        index(settings)
        failed += int(run_knowledge(settings, options.documents, options.benchmark))
    if options.only != "knowledge":
        failed += int(run(settings, _prepare(settings).model, options.epochs))
    return failed


def topic_proposals(settings: Settings, export: Path | None) -> int:
    """List the corrections that lawyers propose; write those not declined as patches and scenarios."""
    from bot.desk.proposal import Proposal
    from bot.store.database import Database, StoreError
    from bot.store.proposals import ProposalStore

    async def listed() -> list[Proposal]:
        database = Database(settings.store_url)
        await database.open()
        try:
            return await ProposalStore(database).listed()
        finally:
            await database.close()

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        proposals = asyncio.run(listed())
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    for one in reversed(proposals):
        print(
            f"{one.id}  {one.state}  {one.topic}: {one.field}  {one.author}, {one.proposed_at:%Y-%m-%d}: {one.reason}"
        )
        if export is not None and one.state != "declined":
            for path in one.export(export):
                print(f"   {path}")
    print(f"{len(proposals)} proposals")
    return 0


def doctor(settings: Settings) -> int:
    """What is there, what is missing, what to do about it."""
    from bot.documents.fonts import FontsMissing, font_file
    from knowledge_base.index.manifest import Manifest
    from knowledge_base.library.build import fingerprint
    from knowledge_base.record import SourceError

    def law_index() -> str:
        known = Manifest.read(settings.data_dir / "index")
        if known is None:
            raise LookupError("no law index; run `faxian index`")
        with _library(settings) as library:
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

    def store() -> str:
        if settings.database_url:
            return "as DATABASE_URL says"
        path = settings.data_dir / "faxian.db"
        return f"{path}, {path.stat().st_size >> 10} KiB" if path.exists() else f"{path} is made at the first start"

    checks: dict[str, Callable[[], str]] = {
        "settings": lambda: f"{settings.host}:{settings.port}, data in {settings.data_dir}",
        "law index": law_index,
        "dialogue model": model,
        "store": store,
        "fonts": lambda: str(font_file("NotoSansCJKsc-Regular.otf").name),
    }
    failed = 0
    for name, look in checks.items():
        try:
            print(f"ok    {name}: {look()}")
        except (LookupError, FontsMissing, SourceError, OSError) as error:
            failed += 1
            print(f"MISS  {name}: {error}")
    return 1 if failed else 0


def _said(command: Callable[[], object]) -> int:
    """Run what writes the index; what goes wrong with a source, the lexicon or the disk is one line."""
    from knowledge_base.record import SourceError
    from knowledge_base.text.analysis import LexiconError

    try:
        done = command()
    except (SourceError, LexiconError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return done if isinstance(done, int) else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when it did what was asked."""
    parser = argparse.ArgumentParser(prog="faxian", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="set up what is missing, then serve")
    for name, doing in (("index", "build the law index"), ("train", "train the dialogue model")):
        commands.add_parser(name, help=doing).add_argument("--rebuild", action="store_true", help="even if unchanged")
    taking = commands.add_parser("import", help="bring laws, cases or institutions into the library and the index")
    taking.add_argument("source", choices=SOURCES, help="kind of source")
    taking.add_argument("path", type=Path, help="folder or file")
    commands.add_parser("forget", help="take an imported source back").add_argument("source", choices=SOURCES)
    commands.add_parser("check", help="prove every topic")
    commands.add_parser("evaluate", help="accuracy of understanding")
    measuring = commands.add_parser("bench", help="measure, side by side")
    explained = "of training for Rasa's usual pipeline, which we are compared with; 0 leaves it out"
    measuring.add_argument("--epochs", type=int, default=100, help=explained)
    measuring.add_argument("--only", choices=("knowledge", "turns"), help="one half of it")
    explained = "made-up cases the documents grow to (100000; 1000000 takes hours), 0 for none"
    measuring.add_argument("--documents", type=int, default=100_000, help=explained)
    explained = "folder like STARD's: recall by cross-validation on it"
    measuring.add_argument("--benchmark", type=Path, metavar="FOLDER", help=explained)
    commands.add_parser("doctor", help="what is there, what is missing")
    about = commands.add_parser("topics", help="corrections of topics").add_subparsers(dest="what", required=True)
    proposing = about.add_parser("proposals", help="list what lawyers propose at the desk")
    proposing.add_argument("--export", type=Path, metavar="FOLDER", help="write patches for `git apply` and scenarios")
    add_staff_parser(commands)
    add_audit_parser(commands)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    match options.command:
        case "serve":
            return serve(settings)
        case "index":
            return _said(lambda: index(settings, options.rebuild))
        case "train":
            train(settings, options.rebuild)
        case "import":
            return _said(lambda: take(settings, options.source, options.path))
        case "forget":
            return _said(lambda: forget(settings, options.source))
        case "check":
            return check(settings)
        case "evaluate":
            return evaluate(settings)
        case "bench":
            return bench(settings, options)
        case "topics":
            return topic_proposals(settings, options.export)
        case "staff":
            from channels.commands.staff import run_staff

            return run_staff(settings, options)
        case "audit":
            from channels.commands.audit import run_audit

            return run_audit(settings, options)
        case _:
            return doctor(settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
