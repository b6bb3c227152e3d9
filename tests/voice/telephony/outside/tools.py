"""Other people's telephones and exchanges, from Debian's packages, on free ports of 127.0.0.1."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

SCENARIOS = Path(__file__).resolve().parents[1] / "sipp"
_LEASH = ["setpriv", "--pdeathsig", "KILL"]
_PATIENCE = 60.0


def free_port() -> int:
    """Free for UDP and TCP, and outside what the system gives to whoever asks for any port: nobody takes it meanwhile
    but a test that draws the same number."""
    while True:
        port = random.randrange(12_000, 20_000)
        try:
            with socket.socket(type=socket.SOCK_DGRAM) as one, socket.socket() as other:
                one.bind(("127.0.0.1", port))
                other.bind(("127.0.0.1", port))
        except OSError:
            continue
        return port


def leash() -> list[str]:
    """The program does not outlive the tests, whatever ends them."""
    return _LEASH if shutil.which("setpriv") else []


async def sipp(scenario: str, port: int, folder: Path, *options: str) -> str:
    """Run one of our scenarios against that port; what failed, empty when nothing did."""
    local, media = str(free_port()), str(20_000 + 4 * (free_port() % 5000))
    command = ["sipp", f"127.0.0.1:{port}", "-sf", str(SCENARIOS / f"{scenario}.xml"), "-i", "127.0.0.1", "-p", local,
               "-mp", media, "-m", "1", "-d", "100", "-recv_timeout", "20000", "-timeout", "50", "-timeout_error",
               "-nostdin", "-trace_err", "-error_file", str(folder / "errors.log"), *options]  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        *leash(), *command, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    try:
        out, _ = await asyncio.wait_for(process.communicate(), _PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    errors = folder / "errors.log"
    told = errors.read_text(errors="replace") if errors.is_file() else ""
    return "" if process.returncode == 0 else f"exit status {process.returncode}\n{told}\n{out.decode()[-2000:]}"


class Baresip:
    """A softphone, told what to do over its control socket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, folder: Path) -> None:
        self._reader, self._writer, self._folder = reader, writer, folder
        self._events: list[dict[str, Any]] = []

    async def command(self, name: str, parameters: str = "") -> None:
        """Do something."""
        text = json.dumps({"command": name, "params": parameters}).encode()
        self._writer.write(str(len(text)).encode() + b":" + text + b",")
        await self._writer.drain()

    async def event(self, kind: str) -> dict[str, Any]:
        """Wait for something to have happened."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                for told in self._events:
                    if told.get("type") == kind:
                        self._events.remove(told)
                        return told
                length = int((await self._reader.readuntil(b":"))[:-1])
                self._events.append(json.loads((await self._reader.readexactly(length + 1))[:-1]))

    def heard(self) -> Path:
        """The recording of what came in; call once the call is over."""
        return next(self._folder.glob("dump-*-dec.wav"))


@asynccontextmanager
async def baresip(
    folder: Path, sound: Path, account: str = "<sip:13800138000@127.0.0.1>;regint=0"
) -> AsyncIterator[Baresip]:
    """A running phone that says `sound` (WAV, 8 kHz, mono) in its calls."""
    folder.mkdir(parents=True)
    (folder / "accounts").write_text(account + "\n")
    (folder / "contacts").write_text("")
    process, reader, writer = await _started(folder, sound)
    try:
        yield Baresip(reader, writer, folder)
        writer.close()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def _started(
    folder: Path, sound: Path
) -> tuple[asyncio.subprocess.Process, asyncio.StreamReader, asyncio.StreamWriter]:
    """The phone and its control connection; another try where somebody else took a port meanwhile."""
    modules = ["g711.so", "aufile.so", "sndfile.so", "ctrl_tcp.so"]
    for _ in range(3):
        control = free_port()
        lines = [f"sip_listen 127.0.0.1:{free_port()}", "net_interface 127.0.0.1",
                 "module_path /usr/lib/baresip/modules", *(f"module {name}" for name in modules),
                 "module_tmp account.so", "module_app menu.so",
                 f"audio_source aufile,{sound}", f"audio_player aufile,{folder}/player.wav",
                 f"audio_alert aufile,{folder}/alert.wav", f"snd_path {folder}",
                 f"ctrl_tcp_listen 127.0.0.1:{control}", "audio_buffer 20-160"]  # fmt: skip
        (folder / "config").write_text("\n".join(lines) + "\n")
        with (folder / "log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *leash(),
                "baresip",
                "-f",
                str(folder),
                cwd=folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        if (made := await _connected(control, process)) is not None:
            return process, *made
    raise RuntimeError(f"baresip did not start: {(folder / 'log').read_text(errors='replace')[-1000:]}")


@asynccontextmanager
async def kamailio(folder: Path, target: int) -> AsyncIterator[int]:
    """A proxy that stays in the way of every call to `target`; its port."""
    folder.mkdir(parents=True)
    port = free_port()
    (folder / "kamailio.cfg").write_text(f"""
listen=udp:127.0.0.1:{port}
children=1
disable_tcp=yes
log_stderror=yes
mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "textops.so"
loadmodule "siputils.so"
request_route {{
    if (is_method("INVITE") && !has_totag()) {{ record_route(); }}
    if (has_totag() && loose_route()) {{ t_relay(); exit; }}
    if (is_method("ACK")) {{ exit; }}
    if (is_method("CANCEL")) {{ if (t_check_trans()) {{ t_relay(); }} exit; }}
    $du = "sip:127.0.0.1:{target}";
    t_relay();
}}
""")
    command = ["kamailio", "-f", str(folder / "kamailio.cfg"), "-DD", "-E", "-m", "16", "-M", "4", "-Y", str(folder)]
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(*leash(), *command, cwd=folder, stdout=log, stderr=log)
    try:
        await _answers(port, process, folder / "log")
        yield port
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def _connected(
    port: int, process: asyncio.subprocess.Process
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
    """None when the program has ended."""
    async with asyncio.timeout(_PATIENCE):
        while True:
            try:
                return await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                if process.returncode is not None:
                    return None
                await asyncio.sleep(0.05)  # another program starts: there is no clock to move


async def _answers(port: int, process: asyncio.subprocess.Process, log: Path) -> None:
    """Until the proxy listens: a bound port cannot be bound."""
    async with asyncio.timeout(_PATIENCE):
        while True:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError:
                    return
            if process.returncode is not None:
                raise RuntimeError(f"kamailio did not start: {log.read_text(errors='replace')[-2000:]}")
            await asyncio.sleep(0.05)  # another program starts: there is no clock to move
