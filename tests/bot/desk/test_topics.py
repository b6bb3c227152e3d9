"""Corrections by lawyers: proved, kept, and exported so that git takes them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from bot.clock import SystemClock
from bot.desk.profile import Profile
from bot.desk.seat import Seat
from bot.desk.topics import Topics
from bot.interviews.topic_file import read_topic
from bot.store.accounts import AccountStore
from bot.store.database import Database
from bot.store.proposals import ProposalStore
from bot.store.schema import audit
from knowledge_base.laws.embedded import EmbeddedSearcher

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "training_data" / "topics"
SAY = "可以向劳动监察投诉，不收钱。"


@dataclass
class Desk:
    """Topics on a store of their own, and who corrects them."""

    topics: Topics
    database: Database
    seat: Seat


@pytest.fixture
async def desk(tmp_path: Path, law_index: Path) -> AsyncIterator[Desk]:
    """Proved against the law index."""
    database = Database(f"sqlite:///{tmp_path / 'faxian.db'}")
    await database.open()
    clock = SystemClock()
    seat = await AccountStore(database).add("周律师", "x", Profile("lawyer"), clock.now(), "cli", own=True)
    assert seat is not None
    searcher = EmbeddedSearcher.open(law_index, lambda: date(2026, 11, 23))
    yield Desk(Topics(FOLDER, ROOT, ProposalStore(database), clock, searcher), database, seat)
    await database.close()


def _checkout(folder: Path) -> Path:
    """A git repository with one topic in it, as it is here."""
    place = folder / "training_data" / "topics"
    place.mkdir(parents=True)
    (place / "unpaid_wages.yaml").write_bytes((FOLDER / "unpaid_wages.yaml").read_bytes())
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return place / "unpaid_wages.yaml"


def _apply(patch: Path, checkout: Path) -> None:
    for options in (["--check"], []):
        subprocess.run(["git", "apply", *options, str(patch)], cwd=checkout, check=True)


def _exported(data: Path, out: Path) -> str:
    """What the command prints."""
    command = [sys.executable, str(ROOT / "faxian.py"), "topics", "proposals", "--export", str(out)]
    done = subprocess.run(
        command, env={**os.environ, "DATA_DIR": str(data)}, capture_output=True, text=True, check=True
    )
    return done.stdout


async def test_the_command_line_exports_what_was_not_declined(desk: Desk, tmp_path: Path) -> None:
    for value in ("先把证据留好。", "先打电话问一问。"):
        await desk.topics.correct("unpaid_wages", "steps[0].say", value, "顺序", desk.seat, True)
    await desk.topics.records.decide(2, desk.seat, "declined", SystemClock().now())
    await desk.database.close()
    out = tmp_path / "out"
    told = _exported(tmp_path, out)
    assert "1  proposed  unpaid_wages: steps[0].say  周律师" in told
    assert "2  declined" in told
    assert sorted(path.name for path in out.iterdir()) == ["0001_unpaid_wages.patch", "0001_unpaid_wages.yaml"]
    checkout = tmp_path / "checkout"
    file = _checkout(checkout)
    _apply(out / "0001_unpaid_wages.patch", checkout)
    assert read_topic(file).steps[0].say == "先把证据留好。"


async def test_a_good_correction_becomes_a_patch_and_a_scenario(desk: Desk, tmp_path: Path) -> None:
    verdict = await desk.topics.correct("unpaid_wages", "findings.complain.say", SAY, "更短\n好懂", desk.seat, True)
    assert verdict.problems == ()
    assert verdict.number == 1
    [kept] = await desk.topics.records.listed()
    assert (kept.topic, kept.author, kept.state, kept.reason) == ("unpaid_wages", "周律师", "proposed", "更短\n好懂")
    steps = yaml.safe_load(kept.scenario)["steps"]
    assert steps[-1]["expect"]["contains"] == [SAY]

    patch, scenario = kept.export(tmp_path / "out")
    assert yaml.safe_load(scenario.read_text(encoding="utf-8"))["steps"]
    checkout = tmp_path / "checkout"
    file = _checkout(checkout)
    _apply(patch, checkout)
    finding = next(one for one in read_topic(file).findings if one.id == "complain")
    assert finding.say == SAY
    assert file.read_text(encoding="utf-8").count("\n") == (FOLDER / file.name).read_text(encoding="utf-8").count("\n")

    actions = await desk.database.read(lambda connection: connection.execute(select(audit.c.action)).scalars().all())
    assert "topic_proposed" in actions


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("findings.complain.say", "付给您{nothing}。", "花括号里的“nothing”不是任何问题的编号"),
        ("findings.complain.when", "relation = employee", "条件的写法不对"),
        ("findings.complain.when", "relation == boss", "“boss”不是“relation”的选项"),
        ("findings.complain.when", "owed < 0", "永远不会成立"),
        ("findings.complain.cite", "劳动合同法 第九百条", "法条库里没有 劳动合同法 第九百条"),
        ("findings.complain.cite", "劳动合同法第三条", "写法不对"),
        ("findings.complain.cite", "仲裁法 第一条", "「核对过的法律」里没有它"),
        ("findings.amount.cite", "民法典 第一百八十八条", "必须引用 劳动合同法"),
        ("findings.complain.title", "", "不能空着"),
    ],
)
async def test_a_bad_correction_is_told_and_not_kept(desk: Desk, key: str, value: str, said: str) -> None:
    verdict = await desk.topics.correct("unpaid_wages", key, value, "试试", desk.seat, True)
    assert said in "\n".join(verdict.problems)
    assert verdict.number is None
    assert await desk.topics.records.listed() == []


async def test_a_correction_is_only_tried_until_it_is_meant_and_needs_a_reason(desk: Desk) -> None:
    tried = await desk.topics.correct("unpaid_wages", "findings.complain.say", SAY, "", desk.seat, False)
    assert tried.problems == ()
    assert tried.patch
    refused = await desk.topics.correct("unpaid_wages", "findings.complain.say", SAY, " ", desk.seat, True)
    assert refused.problems == ("请写一句为什么要改。",)
    assert await desk.topics.records.listed() == []


async def test_a_proposal_is_decided_once(desk: Desk) -> None:
    await desk.topics.correct("unpaid_wages", "steps[0].say", "先把证据留好。", "顺序", desk.seat, True)
    now = SystemClock().now()
    assert await desk.topics.records.decide(1, desk.seat, "declined", now)
    assert not await desk.topics.records.decide(1, desk.seat, "accepted", now)
    [kept] = await desk.topics.records.listed("unpaid_wages")
    assert kept.state == "declined"
    assert kept.decided_at == now
    assert await desk.topics.records.listed("divorce") == []
