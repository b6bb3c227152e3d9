"""The containers: what the files in docker/ promise, as far as it can be told without running any."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings

DOCKER = Path(__file__).parents[2] / "docker"
DOCKERFILES = sorted(DOCKER.rglob("Dockerfile"))
COMPOSE = DOCKER / "compose.yml"
SETTINGS = {field.name.upper() for field in fields(Settings)}
SECRET = re.compile(r"SECRET|PASSWORD|TOKEN|KEY|DATABASE_URL")
PUBLIC_KEYS = {"WEIBO_APP_KEY"}
"""It names us, and is no secret."""


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return found


SERVICES = sorted(compose()["services"])


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each of them."""
    found: dict[str, Any] = compose()["services"][request.param]
    return {"name": request.param, **found}


def test_the_whole_service_is_there() -> None:
    assert {"gateway", "elasticsearch", "postgres", "redis"} == set(SERVICES)


def test_none_has_more_rights_than_it_needs(service: dict[str, Any]) -> None:
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert service["read_only"] if service["name"] != "elasticsearch" else "read_only" not in service
    if service["name"] == "gateway":
        assert re.search(r"^USER (?!root|0)", (DOCKER / "service" / "Dockerfile").read_text(), re.MULTILINE)
    else:
        assert not re.match(r"(root|0)(:|$)", service["user"])


def test_each_says_whether_it_is_well_and_how_much_it_may_take(service: dict[str, Any]) -> None:
    assert {"test", "interval", "timeout", "retries"} <= set(service["healthcheck"])
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert service["restart"] == "unless-stopped"
    assert all(one["condition"] == "service_healthy" for one in service.get("depends_on", {}).values())


def test_images_are_of_one_version(service: dict[str, Any]) -> None:
    if "build" not in service:
        assert re.search(r":\d+\.\d+(\.\d+)?[\w.-]*$", service["image"])


def test_ports_are_for_this_machine_alone(service: dict[str, Any]) -> None:
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    assert service["networks"] == (["inside", "outside"] if service["name"] == "gateway" else ["inside"])


def test_no_secret_stands_in_the_file(service: dict[str, Any]) -> None:
    for name, value in service.get("environment", {}).items():
        if SECRET.search(name) and name not in PUBLIC_KEYS:
            assert name.endswith("_FILE")
            assert value.removeprefix("/run/secrets/") in service["secrets"]
    assert set(service.get("secrets", [])) <= set(compose()["secrets"])


def test_every_variable_of_the_gateway_is_a_setting() -> None:
    assert {name.removesuffix("_FILE") for name in compose()["services"]["gateway"]["environment"]} <= SETTINGS


def test_elasticsearch_is_the_version_that_the_tests_run_against() -> None:
    tested = re.search(r"<elasticsearch.version>([^<]+)<", (DOCKER / "elasticsearch/local/pom.xml").read_text())
    assert tested is not None
    assert compose()["services"]["elasticsearch"]["image"].endswith(f":{tested[1]}")


def test_the_image_holds_what_it_needs_and_its_uv_is_the_makefiles() -> None:
    text = (DOCKER / "service" / "Dockerfile").read_text()
    makefile = (DOCKER.parent / "Makefile").read_text()
    version = re.search(r"^UV_VERSION := (.+)$", makefile, re.MULTILINE)
    assert version is not None
    assert f"uv=={version[1]}" in text
    sent = (DOCKER / "service" / "Dockerfile.dockerignore").read_text().split()
    for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE):
        for name in line.split()[:-1]:
            assert (DOCKER.parent / name).exists()
            assert f"!{name}" in sent


def test_secrets_are_made_once_and_nobody_else_comes_near(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    make = [str(DOCKER / "secrets.sh"), str(folder)]
    subprocess.run(make, check=True, capture_output=True)
    first = {file.name: file.read_text() for file in folder.iterdir()}
    assert set(first) == set(compose()["secrets"])
    assert first["postgres_password"].strip() in first["database_url"]
    assert len(first["identity_key"]) > 32
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    subprocess.run(make, check=True, capture_output=True)
    assert {file.name: file.read_text() for file in folder.iterdir()} == first


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.parent.name)
def test_hadolint_finds_nothing(dockerfile: Path) -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    found = subprocess.run([hadolint, "--no-color", str(dockerfile)], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "")


@pytest.mark.parametrize("published", [False, True], ids=["all", "published"])
def test_compose_understands_the_file(published: bool, tmp_path: Path) -> None:
    """By Docker's own reader, which needs no daemon for it: its second version, or Debian's first, to which `name` is
    unknown."""
    more = ["-f", str(DOCKER / "elasticsearch" / "published.yml")] if published else []
    if _works("docker", "compose", "version"):
        found = _run(["docker", "compose", "-f", str(COMPOSE), *more, "config", "-q"])
    elif _works("docker-compose", "version"):
        nameless = tmp_path / "compose.yml"
        nameless.write_text(yaml.safe_dump({key: value for key, value in compose().items() if key != "name"}))
        where = ["--project-directory", str(DOCKER), "-f", str(nameless), *more]
        found = _run(["docker-compose", *where, "config", "-q"])
    else:
        pytest.skip("needs the package docker-compose")
    assert found.returncode == 0, found.stderr


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _works(*command: str) -> bool:
    return shutil.which(command[0]) is not None and _run(list(command)).returncode == 0
