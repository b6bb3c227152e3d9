"""A PostgreSQL and a Redis of the tests' own, on free ports, gone afterwards; both from Debian's packages."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import redis

_POSTGRES = Path("/usr/lib/postgresql")
_PATIENCE = 60.0


class NotInstalled(Exception):
    """The server's package is not installed; the message names it."""


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _leash() -> list[str]:
    """The server does not outlive the tests, whatever ends them."""
    return ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []


def _until(answers: Callable[[], bool], process: subprocess.Popen[bytes], name: str) -> None:
    end = time.monotonic() + _PATIENCE
    while not answers():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{name} did not start (exit status {process.poll()})")
        time.sleep(0.05)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The address of a server whose data lie in `folder`, without a database name. Raises NotInstalled."""
    found = sorted(_POSTGRES.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NotInstalled("postgresql")
    programs = found[-1].parent
    # The server refuses to run as root: it gets the user of Debian's package, and the folder.
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder.mkdir(parents=True, exist_ok=True)
    if user:
        shutil.chown(folder, "postgres")
        for above in folder.parents:
            if above.owner() == "root" and above.stat().st_mode & 0o7 == 0:
                above.chmod(above.stat().st_mode | 0o1)
    data, port = folder / "data", _free_port()
    made = [programs / "initdb", "-D", data, "-U", "faxian", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run([*user, *made], check=True, stdout=subprocess.DEVNULL, cwd="/")
    fast = [f"-c{option}=off" for option in ("fsync", "synchronous_commit", "full_page_writes")]
    place = [f"-cport={port}", "-clisten_addresses=127.0.0.1", f"-cunix_socket_directories={folder}"]
    command = [*_leash(), *user, programs / "postgres", "-D", data, *place, *fast, "-cmax_connections=300"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    address = f"postgresql://faxian@127.0.0.1:{port}"

    def answers() -> bool:
        try:
            psycopg2.connect(f"{address}/postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    try:
        _until(answers, process, "PostgreSQL")
        yield address
    finally:
        subprocess.run(
            [*user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        process.kill()
        process.wait()


def execute(address: str, statement: str) -> None:
    """One statement outside any transaction, in the maintenance database of that server."""
    connection = psycopg2.connect(f"{address}/postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """The address of a server that keeps nothing. Raises NotInstalled."""
    program = shutil.which("redis-server")
    if program is None:
        raise NotInstalled("redis-server")
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen([*_leash(), program, *options], stdout=subprocess.DEVNULL)
    address = f"redis://127.0.0.1:{port}/0"

    def answers() -> bool:
        client = redis.Redis.from_url(address)
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False
        finally:
            client.close()

    try:
        _until(answers, process, "Redis")
        yield address
    finally:
        process.kill()
        process.wait()
