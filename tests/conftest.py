"""What every test shares: where the data to measure with lies, and that nothing is skipped unseen in CI."""

from __future__ import annotations

import fcntl
import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import create_engine
from xdist.scheduler import LoadFileScheduling

from bot.dialogue.pool import RasaPool
from bot.rasa.train import train
from bot.store import database
from bot.store.migrate import upgrade
from knowledge_base.index.manifest import Manifest
from knowledge_base.library.build import build_index, fingerprint
from tests.served import Served, serving
from tests.servers import NotInstalled, execute, postgres, redis_server
from tests.store_template import upgraded

REPO = Path(__file__).resolve().parent.parent
NEED_NODE = ("contract/test_searcher.py", "contract/test_document_searcher.py")
NEEDS_SHARED = "needs the shared data folder"


@pytest.fixture(scope="session", autouse=True)
def _stores_are_copied() -> Iterator[None]:
    """Empty stores of this process; the tests of the migrations go through them by themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "upgrade", upgraded)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data to measure with; the test is skipped where it is absent."""
    folder = Path(os.environ.get("FAXIAN_SHARED", REPO.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"{NEEDS_SHARED}: set FAXIAN_SHARED, or put it beside the checkout")
    return folder


TODAY = date(2026, 11, 23)
BUILT = REPO / "var" / "tests"
TOPICS = REPO / "training_data" / "topics"


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time builds what the others then reuse."""
    BUILT.mkdir(parents=True, exist_ok=True)
    with (BUILT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def law_index() -> Path:
    """The law index as shipped, as of TODAY; built where an earlier run has not left the same one."""
    mark = fingerprint()
    folder = BUILT / f"index-{mark[:16]}"
    with _alone():
        known = Manifest.read(folder)
        if known is None or known.fingerprint != mark:
            build_index(None, folder, today=TODAY)
    return folder


@pytest.fixture(scope="session")
def model() -> Path:
    """The dialogue model of the present topics; trained where an earlier run has not left the same one."""
    with _alone():
        return train(BUILT / "models", TOPICS, REPO / "training_data" / "nlu")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def engine(model: Path, law_index: Path) -> AsyncIterator[RasaPool]:
    """The real dialogue engine; its tests run in the session's loop."""
    pool = RasaPool(model, TOPICS, law_index, workers=2)
    await pool.start()
    yield pool
    await pool.stop()


@pytest.fixture
def data(tmp_path: Path, law_index: Path, model: Path) -> Path:
    """A data folder whose index and model are built already, and nothing else."""
    (tmp_path / "index").symlink_to(law_index)
    (tmp_path / "models").symlink_to(model.parent)
    return tmp_path


@pytest.fixture
def served(data: Path) -> Iterator[Served]:
    """The real service, running."""
    with serving(data) as service:
        yield service


class _OneNode(LoadFileScheduling):  # type: ignore[misc]
    """A file is run by one process; all files that need the Elasticsearch node by the same: it starts once."""

    def _split_scope(self, nodeid: str) -> str:
        file = str(super()._split_scope(nodeid))
        return "elasticsearch" if file.endswith(NEED_NODE) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> _OneNode | None:
    """For `--dist loadfile`."""
    return _OneNode(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skip is a failure, save for what needs the shared data."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and NEEDS_SHARED not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where everything must run: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL with a database `template` that has the tables; the address without a database name."""
    try:
        # Not in pytest's own folder: every start of pytest closes that to the server's user.
        with tempfile.TemporaryDirectory(prefix="faxian-postgres-") as folder, postgres(Path(folder)) as address:
            execute(address, "CREATE DATABASE template")
            engine = create_engine(f"{address.replace('postgresql', 'postgresql+psycopg2')}/template")
            with engine.begin() as connection:
                upgrade(connection)
            engine.dispose()
            yield address
    except NotInstalled as missing:
        pytest.skip(f"needs the package {missing}")


@pytest.fixture(scope="session")
def redis_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis of the tests' own."""
    try:
        with redis_server(tmp_path_factory.mktemp("redis")) as address:
            yield address
    except NotInstalled as missing:
        pytest.skip(f"needs the package {missing}")


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh store on PostgreSQL."""
    name = f"t{secrets.token_hex(6)}"
    execute(postgres_server, f"CREATE DATABASE {name} TEMPLATE template")
    yield f"{postgres_server}/{name}"
    execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """The address of a fresh store; folders whose tests run on both databases have a fixture of this name too."""
    return f"sqlite:///{tmp_path / 'faxian.db'}"
