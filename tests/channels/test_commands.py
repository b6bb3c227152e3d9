"""`faxian staff` and `faxian audit`, as they are run."""

from __future__ import annotations

import io
import json
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import faxian
from bot.settings import Settings
from channels.commands.ready import ready_block

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command on a store of its own: exit status, what it said, what it complained of."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def command(*arguments: str, typed: str = "correct horse battery\n") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        capsys.readouterr()
        status = faxian.main(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def test_the_first_administrator_and_what_becomes_of_accounts(run: Run) -> None:
    assert run("staff", "list")[1] == "No account yet.\n"
    status, said, _ = run("staff", "add", "孙管理", "--role", "administrator")
    assert status == 0
    assert "administrator" in said
    status, said, _ = run(
        "staff", "add", "吴律师", "--person", "吴敏", "--tier", "expert", "--areas", "labour,family",
        "--regions", "44,4401", "--languages", "zh,yue", "--capacity", "3", "--office", "天元律师事务所",
    )  # fmt: skip
    assert status == 0
    listed = run("staff", "list")[1]
    assert "吴律师  lawyer: 值班律师; expert; regions 44; no second factor" in listed
    assert run("staff", "role", "吴律师", "supervisor")[0] == 0
    assert run("staff", "disable", "吴律师")[0] == 0
    assert "吴律师  supervisor: 主管; expert; regions 44; no second factor; disabled" in run("staff", "list")[1]
    assert run("staff", "enable", "吴律师")[0] == 0
    assert run("staff", "password", "吴律师", typed="tulip-anchor-mango\n")[0] == 0
    for wrong in (("disable", "孙管理"), ("role", "孙管理", "agent"), ("enable", "没有这个人")):
        status, _, complaint = run("staff", *wrong)
        assert status == 1
        assert complaint
    assert run("staff", "add", "弱密码", typed="password1234\n")[0] == 1
    assert run("staff", "password", "吴律师", typed="short\n")[0] == 1


def test_the_trail_is_proved_exported_and_found_broken(run: Run, tmp_path: Path) -> None:
    run("staff", "add", "孙管理", "--role", "administrator")
    run("staff", "add", "吴律师")
    status, said, _ = run("audit", "verify")
    assert status == 0
    assert said.startswith("Whole: 2 rows proved.")
    known = said.split()[-1]
    assert run("audit", "verify", "--known", known)[0] == 0
    lines = [json.loads(line) for line in run("audit", "export")[1].splitlines()]
    actions = ["staff_added", "staff_added", "audit_proved", "audit_proved", "audit_exported"]
    assert [line["action"] for line in lines] == actions
    assert run("audit", "export", "--to", "2020-01-01")[1] == ""

    store = sqlite3.connect(tmp_path / "faxian.db")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.execute("UPDATE audit SET subject = '9' WHERE id = 2")
    store.executescript("DROP TRIGGER audit_no_update; UPDATE audit SET subject = '9' WHERE id = 2")
    store.close()
    status, said, _ = run("audit", "verify")
    assert status == 3
    assert said.startswith("BROKEN at row 2: changed")
    with pytest.raises(SystemExit):
        run("audit", "verify", "--known", "nonsense")


def test_apps_are_registered_told_elsewhere_and_let_in_no_more(run: Run) -> None:
    assert run("app", "list")[1] == "No app yet.\n"
    status, said, _ = run("app", "add", "province", "--webhook", "https://app.example.org/faxian")
    assert status == 0
    assert "fxa_" in said
    assert "whsec_" in said
    assert run("app", "add", "province")[0] == 1
    assert run("app", "webhook", "province", "http://app.example.org")[0] == 1
    assert run("app", "webhook", "province", "")[1] == "province: asks by itself\n"
    assert run("app", "disable", "province")[1] == "province: asks by itself, disabled\n"
    assert run("app", "enable", "province")[1] == "province: asks by itself\n"
    assert "whsec_" in run("app", "secret", "province")[1]
    assert "fxa_" in run("app", "key", "province")[1]
    assert "nobody" in run("app", "key", "nobody")[2]


def test_a_model_whose_sum_nobody_knows_is_not_fetched_blindly(run: Run, tmp_path: Path) -> None:
    status, said, complaint = run("voice", "fetch", "large")
    assert status == 1
    assert "vosk-model-cn-0.22 (Apache-2.0)" in said
    assert "--sha256" in complaint
    assert not (tmp_path / "voice").exists()


def test_a_model_that_is_there_is_not_fetched_again(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICE_MODELS", str(tmp_path / "models"))
    (tmp_path / "models" / "vosk-model-small-cn-0.22").mkdir(parents=True)
    assert run("voice", "fetch")[0] == 1
    assert "is there already" in run("voice", "fetch", "small")[2]


def test_a_command_is_not_drowned_in_the_log_of_a_library(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assert run("staff", "add", "吴律师")[0] == 0
    assert [record for record in caplog.records if record.name.startswith("alembic")] == []


@pytest.mark.parametrize("hears", [True, False])
def test_who_starts_the_service_is_told_where_speech_is_not_understood(hears: bool) -> None:
    told = ready_block(Settings(), "http://127.0.0.1:8348", 1, 1, 1, 1.0, hears=hears)
    assert ("faxian voice fetch" in told) is not hears
