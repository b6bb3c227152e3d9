"""The commands history and diff, as somebody at a terminal sees them."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from knowledge_base.commands.validity import add_parsers


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    add_parsers(parser.add_subparsers(required=True))
    options = parser.parse_args(arguments)
    return int(options.run(options))


@pytest.mark.parametrize("number", ["390", "第三百九十条", "三百九十"])
def test_history(law_index: Path, capsys: pytest.CaptureFixture[str], number: str) -> None:
    assert run("history", "刑法", number, "--index", str(law_index)) == 0
    out = capsys.readouterr().out
    assert "《中华人民共和国刑法》第三百九十条" in out
    assert "2021-03-01至2024-03-01（不含）" in out
    assert "文字有修改" in out


def test_history_of_an_ended_law_and_of_nothing(law_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("history", "侵权责任法", "87", "--index", str(law_index)) == 0
    assert "现为《中华人民共和国民法典》第一千二百五十四条" in capsys.readouterr().out
    assert run("history", "刑法", "9999", "--index", str(law_index)) == 1
    assert run("history", "刑法", "甲", "--index", str(law_index)) == 2
    assert "no article number" in capsys.readouterr().err


def test_diff(law_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", "刑法", "2020-12-26", "2023-12-29", "--index", str(law_index)) == 0
    out = capsys.readouterr().out
    assert "修改 第三百九十条" in out
    assert "{+" in out
    assert out.rstrip().endswith("新增0条，删除0条，改号0条，修改7条，未变498条")
    assert run("diff", "刑法", "1979-07-01", "2023-12-29", "--index", str(law_index)) == 1
    assert "2020-12-26" in capsys.readouterr().err


@pytest.mark.parametrize("command", [("history", "刑法", "1"), ("diff", "刑法", "a", "b")])
def test_without_an_index_the_reader_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    assert run(*command, "--index", str(tmp_path)) == 2
    assert "faxian index" in capsys.readouterr().err
