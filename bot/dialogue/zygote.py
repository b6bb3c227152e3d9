"""The process that imports Rasa and loads the model once, then forks workers which share its memory.

Run by the pool as `python -m bot.dialogue.zygote`; it listens on one socket for "fork a worker on this descriptor" and
answers with the worker's process id. It ends when that socket closes.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import os
import signal
import socket
import struct
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from bot.dialogue import light_rasa, wire
from bot.dialogue.quiet import hush

if TYPE_CHECKING:
    from bot.dialogue.conductor import Conductor

logger = logging.getLogger(__name__)
PID = struct.Struct(">I")
CLUSTER = "ELASTICSEARCH_URL"
"""Comes in the environment, not in the arguments, because it may hold a password."""
READY = b"R"
FORK = b"F"


def main() -> None:
    """Load, say ready, fork on request until the gateway is gone."""
    arguments = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "topics", "index"):
        arguments.add_argument(f"--{name}", type=Path, required=True)
    arguments.add_argument("--control", type=int, required=True, help="descriptor of the control socket")
    options = arguments.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # Ctrl-C reaches the whole process group; the pool decides when we end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Workers are reaped by the kernel; the pool sees their end at their sockets.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    hush()
    light_rasa.install()
    from bot.dialogue.conductor import Conductor

    conductor = Conductor(options.model, options.topics, options.index, os.environ.get(CLUSTER, ""))
    asyncio.run(conductor.warm_up())
    light_rasa.seal()
    # What is loaded stays loaded: taken out of garbage collection, its pages stay shared after the fork.
    gc.collect()
    gc.freeze()
    control = socket.socket(fileno=options.control)
    control.sendall(READY)
    _fork_on_request(control, conductor)


def _fork_on_request(control: socket.socket, conductor: Conductor) -> None:
    while True:
        try:
            command, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        except ConnectionError:
            return
        if command != FORK or len(descriptors) != 1:
            return
        pid = os.fork()
        if pid == 0:
            control.close()
            try:
                work(socket.socket(fileno=descriptors[0]), conductor)
            except Exception as error:  # noqa: BLE001 - reported without its message, which may quote the citizen
                logger.error("dialogue: a worker ends: %s", _place(error))
            finally:
                os._exit(0)  # never back into the loop of the process it was forked from
        os.close(descriptors[0])
        control.sendall(PID.pack(pid))


def work(connection: socket.socket, conductor: Conductor) -> None:
    """Answer turns on `connection`, one at a time, until it closes."""
    loop = asyncio.new_event_loop()
    try:
        conductor.open_index()
        _warm_up(loop, conductor)
        connection.sendall(wire.pack({"ready": True}))
        while (request := wire.read_blocking(connection)) is not None:
            connection.sendall(wire.pack(_answer(loop, conductor, request)))
            loop.run_until_complete(conductor.settle())
    except ConnectionError:
        return  # the gateway is gone
    finally:
        loop.close()


def _warm_up(loop: asyncio.AbstractEventLoop, conductor: Conductor) -> None:
    try:
        loop.run_until_complete(conductor.warm_up())
    except Exception as error:  # noqa: BLE001 - what fails here fails again in a turn, where the citizen gets a person
        logger.error("dialogue: the first search of a worker failed: %s", _place(error))


def _answer(loop: asyncio.AbstractEventLoop, conductor: Conductor, request: dict[str, object]) -> dict[str, object]:
    try:
        return wire.reply_to_json(loop.run_until_complete(conductor.respond(wire.turn_from_json(request))))
    except Exception as error:  # noqa: BLE001 - one bad turn must not cost the worker; the pool is told
        return {"error": _place(error)}


def _place(error: Exception) -> str:
    """The kind and place of an error, never its message: it may quote the citizen."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"


if __name__ == "__main__":
    main()
    sys.exit(0)
