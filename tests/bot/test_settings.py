"""Settings come from the environment, typed, and bad ones are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = Settings.from_env({})
    assert (settings.host, settings.port, settings.data_dir) == ("127.0.0.1", 8348, Path("var"))
    assert settings.store_url == "sqlite:///var/faxian.db"


def test_each_type_is_read() -> None:
    settings = Settings.from_env(
        {"HOST": "0.0.0.0", "PORT": "80", "DATA_DIR": "/srv", "STAFF_COOKIE_SECURE": "true", "TURN_TIMEOUT": "2.5"}
    )
    assert (settings.host, settings.port, settings.staff_cookie_secure, settings.turn_timeout) == (
        "0.0.0.0",
        80,
        True,
        2.5,
    )
    assert Settings.from_env({"DATABASE_URL": "postgresql://db/faxian"}).store_url == "postgresql://db/faxian"


@pytest.mark.parametrize(("name", "value"), [("PORT", "http"), ("PORT", "-1"), ("STAFF_COOKIE_SECURE", "maybe")])
def test_a_bad_value_is_named_with_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENS", "30"),
        ("CLOSES", "9"),
        ("PORT", "70000"),
        ("WORKERS", "0"),
        ("MAX_TEXT", "0"),
        ("PUBLIC_URL", "www.example.org"),
        ("DATABASE_URL", "mysql://faxian:geheim@db/faxian"),
        ("REDIS_URL", "cache:6379"),
        ("ELASTICSEARCH_URL", "search"),
    ],
)
def test_what_nothing_could_work_with_is_told_before_anything_starts(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as refused:
        Settings.from_env({name: value})
    assert "geheim" not in str(refused.value)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("postgresql://db/faxian\n", encoding="utf-8")
    named = {"DATABASE_URL_FILE": str(tmp_path / "secret")}
    assert Settings.from_env(named).store_url == "postgresql://db/faxian"
    assert Settings.from_env(named | {"DATABASE_URL": "postgresql://other/faxian"}).store_url.endswith("other/faxian")
    with pytest.raises(SettingsError, match="DATABASE_URL_FILE"):
        Settings.from_env({"DATABASE_URL_FILE": str(tmp_path / "nowhere")})


def test_sites_that_may_frame_the_chat_are_origins_and_nothing_else() -> None:
    named = Settings.from_env({"WEB_ORIGINS": "https://www.example.gov.cn, http://127.0.0.1:8080"})
    assert named.embedders == ("https://www.example.gov.cn", "http://127.0.0.1:8080")
    assert Settings.from_env({}).embedders == ()
    for odd in ("*", "www.example.gov.cn", "https://example.gov.cn/", "https://a.cn;script-src", "https://a.cn 'self'"):
        with pytest.raises(SettingsError, match="WEB_ORIGINS"):
            Settings.from_env({"WEB_ORIGINS": odd})


def test_the_way_out_leads_to_a_page_of_the_web() -> None:
    assert Settings.from_env({"LEAVE_TO": "https://www.example.cn/"}).leave_to == "https://www.example.cn/"
    with pytest.raises(SettingsError, match="LEAVE_TO"):
        Settings.from_env({"LEAVE_TO": "javascript:alert(1)"})
