"""The command line as an operator meets it: real processes, real index, real model."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path
from typing import Any

from tests.served import Served

REPO = Path(__file__).resolve().parents[1]
WITHIN = 240.0


def faxian(*arguments: str, data: Path, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(REPO / "faxian.py"), *arguments],
        env={**os.environ, "DATA_DIR": str(data), **env},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=WITHIN,
        check=False,
    )


def post(url: str, body: dict[str, Any], token: str = "") -> Any:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def test_serves_a_whole_consultation_and_stops_cleanly(served: Served) -> None:
    process, url, printed = served.process, served.url, served.printed
    assert "faxian staff add" in printed, "what is off must say how to switch it on"
    with urllib.request.urlopen(f"{url}/readyz", timeout=30) as answer:
        assert answer.status == 200
    opened = post(f"{url}/api/v1/conversations", {})
    parts: list[dict[str, Any]] = []
    for text in ("老板欠了我三个月工资不给，一个月五千", "在单位上班", "还在上班"):
        told = post(
            f"{url}/api/v1/conversations/{opened['id']}/messages",
            {"message_id": uuid.uuid4().hex, "text": text},
            opened["token"],
        )
        parts += told["replies"]
    [opinion] = [part for part in parts if part["kind"] == "opinion"]
    cited = {(c["law"], c["number"]) for finding in opinion["data"]["findings"] for c in finding["citations"]}
    assert ("中华人民共和国劳动法", "第五十条") in cited
    assert "15,000" in json.dumps(opinion["data"], ensure_ascii=False)

    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert time.monotonic() - began < 20


def test_doctor_tells_what_is_missing_and_what_to_do(tmp_path: Path) -> None:
    done = faxian("doctor", data=tmp_path)
    assert done.returncode == 1
    assert "MISS  law index: no law index; run `faxian index`" in done.stdout
    assert "run `faxian train`" in done.stdout
    assert "ok    hearing: no Chinese model in" in done.stdout
    assert "run `faxian voice fetch`" in done.stdout


def test_doctor_asks_the_other_services_whether_they_are_there(tmp_path: Path) -> None:
    away = {
        "DATABASE_URL": "postgresql://faxian:geheim@127.0.0.1:1/faxian",
        "REDIS_URL": "redis://:geheim@127.0.0.1:1/0",
        "ELASTICSEARCH_URL": "http://elastic:geheim@127.0.0.1:1",
    }
    done = faxian("doctor", data=tmp_path, **away)
    assert "MISS  store: does not answer (OperationalError)" in done.stdout
    assert "MISS  redis: does not answer at 127.0.0.1:1" in done.stdout
    assert "MISS  elasticsearch: does not answer at 127.0.0.1:1" in done.stdout
    assert "GiB free" in done.stdout
    assert "geheim" not in done.stdout + done.stderr


def test_doctor_finds_nothing_wrong(data: Path) -> None:
    done = faxian("doctor", data=data)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "MISS" not in done.stdout


def test_check_proves_the_topics(data: Path) -> None:
    done = faxian("check", data=data)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\b\d{2,3} topics", done.stdout)
    assert "0 problems" in done.stdout


def test_a_bad_setting_is_named(tmp_path: Path) -> None:
    done = faxian("doctor", data=tmp_path, PORT="eight")
    assert done.returncode == 2
    assert "PORT='eight'" in done.stderr


def test_a_taken_port_is_one_clear_line(served: Served, data: Path) -> None:
    port = served.url.rsplit(":", 1)[1]
    done = faxian("serve", data=data, PORT=port, WORKERS="1")
    assert done.returncode == 1
    assert f"Cannot serve on 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_staff_accounts_are_made_once_and_never_with_a_weak_password(tmp_path: Path) -> None:
    made = faxian("staff", "add", "李律师", data=tmp_path, stdin="correct horse battery\n")
    assert made.returncode == 0, made.stderr
    again = faxian("staff", "add", "李律师", data=tmp_path, stdin="correct horse battery\n")
    assert again.returncode == 1
    assert "已经存在" in again.stderr
    weak = faxian("staff", "add", "王律师", data=tmp_path, stdin="123\n")
    assert weak.returncode == 1
    assert "密码" in weak.stderr
