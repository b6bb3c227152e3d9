"""`faxian wechat`: the menu and QR codes at the provider, and a chat from the terminal."""

from __future__ import annotations

import asyncio
import io
from argparse import Namespace
from pathlib import Path

import pytest

from bot.settings import Settings
from channels.commands.wechat import chat, run_wechat
from channels.wechat.menu import FILE, BadMenu, read_menu
from channels.wechat.simulator.provider import Provider
from tests.fakes.wechat import World, world


def test_the_menu_that_is_shipped_is_one() -> None:
    menu = read_menu(FILE)
    assert [one["name"] for one in menu["button"]] == ["问法律", "办事情", "转人工"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("buttons: []", "1 to 3"),
        ("buttons: [{name: 一二三四五六, say: x}]", "at most 16 bytes"),
        ("buttons: [{name: 一, say: x, url: 'https://a'}]", "exactly one"),
        ("buttons: [{name: 一, url: 'javascript:x'}]", "https://"),
        ("buttons: [{name: 一, buttons: [{name: 二, buttons: [{name: 三, say: x}]}]}]", "third level"),
        ("buttons: [{say: x}]", "name"),
        ("menu: 1", "buttons"),
        ("[", "no YAML"),
    ],
)
def test_what_is_no_menu_is_told(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "menu.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadMenu, match=why):
        read_menu(file)


async def _run(made: World, **options: object) -> int:
    given = {"what": "menu", "file": None, "show": False, "number": "", "with_code": False, "out": None}
    return await asyncio.to_thread(run_wechat, made.settings, Namespace(**(given | options)))


async def test_menu_and_qr_code_reach_the_provider(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with world(settings) as made:
        assert await _run(made) == 0
        assert made.provider.menu == read_menu(FILE)
        someone = made.openid()
        await made.provider.say(someone, "意见")
        capsys.readouterr()
        turn = made.engine.turns[0]
        picture = tmp_path / "code.png"
        assert await _run(made, what="qrcode", number=turn.matter, with_code=True, out=picture) == 0
        scene = made.provider.scene_of(capsys.readouterr().out.strip())
        assert scene.startswith(f"m{turn.matter}-")
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert await _run(made, what="qrcode", number="20200101-0001") == 1


async def test_without_settings_or_provider_it_says_so(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    options = Namespace(what="menu", file=None, show=False)
    assert await asyncio.to_thread(run_wechat, settings, options) == 1
    assert "WECHAT_TOKEN" in capsys.readouterr().err
    assert await asyncio.to_thread(run_wechat, settings, Namespace(what="menu", file=None, show=True)) == 0


async def test_a_person_chats_from_the_terminal(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = "你好\n/再发\n/点 我要离婚\n/位置 22.53 113.93\n/位置\n/什么\n\n/退出\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    async with world(settings) as made:
        await chat(made.provider)
        assert isinstance(made.provider, Provider)
        assert {turn.text for turn in made.engine.turns} == {"你好", "我要离婚"}
    shown = capsys.readouterr().out
    assert "【法线·被动回复】\n您好，我是法线" in shown
    assert "没有 /什么 这个命令" in shown
