"""`faxian wechat`: the menu, QR codes of matters, and a chat with the simulator from the terminal."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import segno

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database, StoreError
from bot.store.matters import card
from bot.store.provider_tokens import TokenStore
from channels.providers.failures import ApiError, Unreachable
from channels.providers.http import Http
from channels.wechat.account import Account
from channels.wechat.menu import FILE, BadMenu, read_menu
from channels.wechat.official import Official
from channels.wechat.scene import scene_of
from channels.wechat.simulator.provider import Provider

_OFF = "WeChat is off: set WECHAT_TOKEN, WECHAT_APPID and WECHAT_SECRET"
_SOMEBODY = "oTerminal0000000000000000000"
_HELP = """直接输入文字就是发消息。另外：
  /关注  /取关  /点 转人工  /扫码 m20261123-0001  /位置 22.53 113.93
  /语音 微信听到的话  /图片 文件路径  /再发  /退出"""


def run_wechat(settings: Settings, options: argparse.Namespace) -> int:
    """One of the commands that ask the provider; the exit status."""
    account = Account.of(settings)
    try:
        if options.what == "menu":
            menu = read_menu(options.file or FILE)
            if options.show:
                print(json.dumps(menu, ensure_ascii=False, indent=1))
                return 0
        if account is None:
            print(_OFF, file=sys.stderr)
            return 1
        if options.what == "menu":
            asyncio.run(_with(settings, account, lambda official, _: official.set_menu(menu)))
            print("The menu is set; phones show it within a day, or at once after subscribing anew.")
        else:
            print(asyncio.run(_with(settings, account, lambda official, database: _qr(official, database, options))))
    except (BadMenu, OSError, StoreError, LookupError) as error:
        print(error, file=sys.stderr)
        return 1
    except ApiError as error:
        print(f"WeChat refused it: {error}; see its list of return codes", file=sys.stderr)
        return 1
    except Unreachable as error:
        print(f"WeChat at {settings.wechat_api_base} was not reached: {error}", file=sys.stderr)
        return 1
    return 0


async def _with(
    settings: Settings, account: Account, ask: Callable[[Official, Database], Awaitable[str | None]]
) -> str | None:
    database, http = Database(settings.store_url), Http()
    await database.open()
    try:
        return await ask(Official(account, http, TokenStore(database), SystemClock()), database)
    finally:
        await http.close()
        await database.close()


async def _qr(official: Official, database: Database, options: argparse.Namespace) -> str:
    """The address of the code, also drawn where that was asked for. Raises LookupError without such a matter."""
    number = options.number
    found = await database.read(lambda connection: card(connection, number))
    url = await official.qr_code(scene_of(number, found.code if options.with_code else ""))
    if options.out is not None:
        await asyncio.to_thread(segno.make(url).save, str(options.out), scale=8)
    return url


def simulated(settings: Settings) -> Settings:
    """The settings with an account of the simulator's where none is set."""
    return replace(
        settings,
        wechat_token=settings.wechat_token or "simulated",
        wechat_appid=settings.wechat_appid or "wxsimulated00000",
        wechat_secret=settings.wechat_secret or "simulated",
    )


async def chat(provider: Provider) -> None:
    """Talk as one citizen until the end of the input."""
    phone, shown, last = provider.phone(_SOMEBODY), 0, ("", "")
    print(f"\n微信模拟器：您是 {_SOMEBODY}。{_HELP}\n", flush=True)
    await provider.event(_SOMEBODY, "subscribe")
    lines = _lines()
    reading = asyncio.ensure_future(lines.get())
    while True:
        for one in phone.shown[shown:]:
            print(f"\n【法线·{'被动回复' if one.how == 'passive' else '客服消息'}】\n{one.text}\n", flush=True)
        shown = len(phone.shown)
        phone.news.clear()
        news = asyncio.ensure_future(phone.news.wait())
        await asyncio.wait({reading, news}, return_when=asyncio.FIRST_COMPLETED)
        news.cancel()
        if not reading.done():
            continue
        line = reading.result()
        if line is None or line == "/退出":
            return
        reading = asyncio.ensure_future(lines.get())
        try:
            last = await _do(provider, line, last)
        except (ValueError, OSError) as error:
            print(f"没有做成：{error}\n{_HELP}", flush=True)


async def _do(provider: Provider, line: str, last: tuple[str, str]) -> tuple[str, str]:
    """One line of the citizen's; what was said last, to say it again under the same id."""
    what, _, rest = line.partition(" ")
    match what:
        case "":
            return last
        case "/关注":
            pushed = await provider.event(_SOMEBODY, "subscribe")
        case "/取关":
            pushed = await provider.event(_SOMEBODY, "unsubscribe")
        case "/点":
            pushed = await provider.event(_SOMEBODY, "CLICK", rest)
        case "/扫码":
            pushed = await provider.event(_SOMEBODY, "SCAN", rest)
        case "/位置":
            north, east = (str(float(one)) for one in rest.split())
            pushed = await provider.message(_SOMEBODY, "location", Location_X=north, Location_Y=east, Label="")
        case "/语音":
            pushed = await provider.message(_SOMEBODY, "voice", MediaId="none", Format="amr", Recognition=rest)
        case "/图片":
            content = await asyncio.to_thread(Path(rest).read_bytes)
            provider.media[rest] = (content, "image/jpeg")
            pushed = await provider.message(_SOMEBODY, "image", MediaId=rest)
        case "/再发":
            pushed = await provider.say(_SOMEBODY, *last)
        case _ if what.startswith("/"):
            raise ValueError(f"没有 {what} 这个命令")
        case _:
            last = (line, provider.next_id())
            pushed = await provider.say(_SOMEBODY, *last)
    if not pushed.heard:
        print(f"（服务没有应答，状态 {pushed.status}，已经试了 {pushed.tries} 次）", flush=True)
    return last


def _lines() -> asyncio.Queue[str | None]:
    """What is typed, line by line; None at its end. By a thread of its own, which holds up no end of the program."""
    queue: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(queue.put_nowait, line.strip())
        loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return queue
