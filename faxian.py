"""The command line: wires the parts together and runs them; the only module that knows every part."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.commands.places import ROOT, TOPICS
from bot.settings import Settings, SettingsError
from channels.commands.arguments import (
    add_app_parser,
    add_audit_parser,
    add_calls_parser,
    add_staff_parser,
    add_voice_parser,
    add_wechat_parser,
)
from knowledge_base.commands.sources import SOURCES

_LOG = logging.getLogger("faxian")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a service needs before it can start."""

    index: Path
    model: Path


def _prepare(settings: Settings) -> Prepared:
    """Index and model, each in a process of its own, so that the service does not carry the memory of their making."""
    for step in ("index", "train"):
        done = subprocess.run([sys.executable, str(ROOT / "faxian.py"), step], check=False)
        if done.returncode != 0:
            raise SystemExit(f"`faxian {step}` failed (exit status {done.returncode}); see above. Nothing is served.")
    models = list((settings.data_dir / "models").glob("faxian-*.tar.gz"))
    return Prepared(settings.data_dir / "index", models[0])


async def _serve(
    settings: Settings, prepared: Prepared, beside: Callable[[str], Coroutine[Any, Any, None]] | None = None
) -> int:
    """Serve until interrupted, or until `beside`, which is given the service's address, is done."""
    from bot.clock import SystemClock
    from bot.commands.stopwatch import stopwatch
    from bot.desk.topics import Topics
    from bot.desk.work.cases import DecidedCases
    from bot.dialogue.engine import EngineUnavailable
    from bot.dialogue.pool import RasaPool
    from bot.interviews.topic_file import load_topics, topic_files
    from bot.law_service import LawService
    from bot.store.database import Database, StoreError
    from bot.store.proposals import ProposalStore
    from channels.app import accounts, create_app
    from channels.commands.ready import ready_block
    from channels.server import listen
    from channels.services import SERVICES
    from channels.voice.browser import add_browser
    from channels.voice.mending import Mending
    from channels.voice.prompts import prompts
    from channels.voice.stream import add_stream
    from channels.voice.wiring import Voices, answering, rates, takes_browsers, telephone
    from knowledge_base.opening import Settling, open_documents, open_searcher
    from voice.hearing.models import hearing
    from voice.sentences import Sentences
    from voice.synthesizer import SpeechFailed
    from voice.turns.silero import model as silero_model

    began = time.monotonic()
    clock = SystemClock()
    searcher = open_searcher(prepared.index, lambda: clock.now().date(), settings.elasticsearch_url)
    documents = open_documents(prepared.index, lambda: clock.now().date(), settings.elasticsearch_url)
    pool = RasaPool(prepared.model, TOPICS, prepared.index, settings.workers, cluster=settings.elasticsearch_url)
    ears = await hearing(settings.voice_folder)
    if not ears.calls:
        settings = replace(settings, voice_browser=0)  # who called from the page would not be understood
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    async def engine_ready() -> bool:
        return pool.ready

    async def index_ready() -> bool:
        return bool(await searcher.search("劳动合同", limit=1))

    try:
        database = Database(settings.store_url)
        app = create_app(
            settings,
            clock=clock,
            database=database,
            engine=pool,
            laws=LawService(searcher),
            topics=Topics(TOPICS, ROOT, ProposalStore(database), clock, searcher),
            probes={"engine": engine_ready, "index": index_ready},
            cases=DecidedCases(documents),
            recognizer=ears.recorded,
        )
        voices, mending = Voices(settings.data_dir / "prompts", Sentences()), Mending(TOPICS)
        phone = answering(app[SERVICES], voices.voice, ears.calls, repair=mending, lead_in=voices.lead_in)
        line = telephone(settings, phone.answer, clock)
    except (StoreError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1

    async def prepare_voice() -> None:
        await asyncio.to_thread(silero_model)
        await asyncio.to_thread(mending.load)
        await asyncio.wait({starting})  # one after the other: side by side on a small machine each takes too long
        await ears.warm()
        known = await asyncio.to_thread(lambda: prompts(load_topics(TOPICS).values()))
        voices.keep(known)
        try:
            await voices.prepare(rates(settings))
            _LOG.info("the telephone is ready")
            await voices.render(known, rates(settings), lambda: line.switchboard.calls > 0, clock)
        except SpeechFailed as error:
            print(f"The telephone speaks with espeak-ng: {error}", file=sys.stderr)

    if settings.voice_stream_password:
        add_stream(app, line.sockets, settings.voice_stream_password)
    if takes_browsers(settings):
        add_browser(app, line.browsers, settings.voice_browser)
    interrupted = asyncio.create_task(stop.wait())
    starting = asyncio.create_task(pool.start())
    speaking = asyncio.create_task(prepare_voice()) if rates(settings) else None
    runner = None
    try:
        with stopwatch("加载对话引擎"):
            await asyncio.wait({starting, interrupted}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            return 0
        await starting
        runner = await listen(app, settings)
        try:
            await line.start()
        except OSError as error:
            print(
                f"Cannot take calls on {settings.sip_host}: {error}; set SIP_PORT or AUDIOSOCKET_PORT", file=sys.stderr
            )
            return 1
        here = f"http://{settings.host}:{runner.addresses[0][1]}"
        staff = await accounts(settings, database, clock).count()
        seconds = time.monotonic() - began
        topics = len(topic_files(TOPICS))
        counts = (topics, searcher.manifest.counts["articles"], staff)
        print(ready_block(settings, here, *counts, seconds, hears=bool(ears.calls)), flush=True)
        if beside is None:
            await interrupted
        else:
            await asyncio.wait({interrupted, asyncio.create_task(beside(here))}, return_when=asyncio.FIRST_COMPLETED)
        print("Stopping …", flush=True)
        return 0
    except (EngineUnavailable, StoreError, OSError) as error:
        print(f"Cannot serve on {settings.host}:{settings.port}: {error}", file=sys.stderr)
        return 1
    finally:
        starting.cancel()
        if speaking is not None:
            speaking.cancel()
        await line.stop()
        voices.close()
        if runner is not None:
            await runner.cleanup()
        await pool.stop()
        ears.close()
        for searching in (searcher, documents):
            if isinstance(searching, Settling):
                await searching.aclose()


def serve(settings: Settings) -> int:
    """Prepare what is missing, then serve until interrupted."""
    try:
        # Told at once, not after a minute of preparation.
        socket.create_server((settings.host, settings.port)).close()
    except OSError as error:
        print(f"Cannot serve on {settings.host}:{settings.port}: {error}; set HOST or PORT", file=sys.stderr)
        return 1
    return asyncio.run(_serve(settings, _prepare(settings)))


async def _simulate(settings: Settings, prepared: Prepared) -> int:
    from channels.commands.wechat import chat, simulated
    from channels.wechat.account import Account
    from channels.wechat.simulator.provider import Provider

    settings = simulated(settings)
    account = Account.of(settings)
    assert account is not None
    provider = Provider(account, "", "plain" if account.key is None else "safe")
    settings = replace(settings, wechat_api_base=await provider.start())

    async def beside(here: str) -> None:
        provider.service_url = f"{here}/channels/wechat"
        await chat(provider)

    try:
        return await _serve(settings, prepared, beside)
    finally:
        await provider.stop()


def simulate(settings: Settings) -> int:
    """Serve with WeChat's simulator as the provider, and chat through it."""
    return asyncio.run(_simulate(settings, _prepare(settings)))


def bench(settings: Settings, options: argparse.Namespace) -> int:
    """Measure everything side by side, or one part of it."""
    from knowledge_base.commands.index import index

    # Whoever ends the benchmark ends what it has started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    # The benchmarks need a checkout, as the tests do.
    from tests.load.bench import run, run_calls, run_desk, run_hearing, run_knowledge, run_telephony, run_wechat

    failed = 0
    if options.only in (None, "knowledge"):
        index(settings.data_dir, settings.elasticsearch_url)
        failed += int(run_knowledge(settings, options.documents, options.benchmark))
    if options.only in (None, "desk"):
        failed += int(run_desk(settings))
    if options.only in (None, "wechat"):
        failed += int(run_wechat(settings))
    if options.only in (None, "telephony"):
        failed += int(run_telephony(settings))
    if options.only in (None, "hearing"):
        failed += int(run_hearing(settings))
    if options.only in (None, "calls"):
        _prepare(settings)
        failed += int(run_calls(settings, options.minutes))
    if options.only in (None, "turns"):
        failed += int(run(settings, _prepare(settings).model, options.epochs))
    return failed


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
    parts = ("knowledge", "desk", "wechat", "telephony", "hearing", "calls", "turns")
    measuring.add_argument("--only", choices=parts, help="one part of it")
    explained = "made-up cases the documents grow to (100000; 1000000 takes hours), 0 for none"
    measuring.add_argument("--documents", type=int, default=100_000, help=explained)
    explained = "folder like STARD's: recall by cross-validation on it"
    measuring.add_argument(
        "--minutes", type=float, default=0, help="with --only calls: one call after the other, so long"
    )
    measuring.add_argument("--benchmark", type=Path, metavar="FOLDER", help=explained)
    commands.add_parser("doctor", help="what is there, what is missing")
    about = commands.add_parser("topics", help="corrections of topics").add_subparsers(dest="what", required=True)
    proposing = about.add_parser("proposals", help="list what lawyers propose at the desk")
    proposing.add_argument("--export", type=Path, metavar="FOLDER", help="write patches for `git apply` and scenarios")
    add_staff_parser(commands)
    add_audit_parser(commands)
    add_calls_parser(commands)
    add_app_parser(commands)
    add_wechat_parser(commands)
    add_voice_parser(commands)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)  # ten lines of its own at every command
    warnings.filterwarnings("ignore", message="pkg_resources is deprecated")  # jieba's; nobody here can mend it
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    match options.command:
        case "serve":
            return serve(settings)
        case "index" | "import" | "forget":
            return _index(settings, options)
        case "train":
            from bot.commands.model import train

            train(settings, options.rebuild)
        case "check":
            from bot.commands.check import check
            from knowledge_base.commands.index import index

            return check(index(settings.data_dir, settings.elasticsearch_url))
        case "evaluate":
            from bot.commands.model import evaluate

            return evaluate()
        case "bench":
            return bench(settings, options)
        case "topics":
            from bot.commands.proposals import proposals

            return proposals(settings, options.export)
        case "staff":
            from channels.commands.staff import run_staff

            return run_staff(settings, options)
        case "audit":
            from channels.commands.audit import run_audit

            return run_audit(settings, options)
        case "voice":
            from channels.commands.voice import run_voice

            return run_voice(settings, options)
        case "wechat" if options.what == "simulate":
            return simulate(settings)
        case "calls":
            from channels.commands.calls import run_calls

            return run_calls(settings, options)
        case "app":
            from channels.commands.apps import run_apps

            return run_apps(settings, options)
        case "wechat":
            from channels.commands.wechat import run_wechat

            return run_wechat(settings, options)
        case _:
            from bot.commands.doctor import doctor
            from voice.hearing.models import told

            return doctor(settings, {"hearing": lambda: told(settings.voice_folder)})
    return 0


def _index(settings: Settings, options: argparse.Namespace) -> int:
    """The commands that write the law index."""
    from knowledge_base.commands import index

    data, cluster = settings.data_dir, settings.elasticsearch_url
    match options.command:
        case "import":
            return index.in_one_line(lambda: index.take(data, cluster, options.source, options.path))
        case "forget":
            return index.in_one_line(lambda: index.forget(data, cluster, options.source))
    return index.in_one_line(lambda: index.index(data, cluster, options.rebuild))


if __name__ == "__main__":
    sys.exit(main())
