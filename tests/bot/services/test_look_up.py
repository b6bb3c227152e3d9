"""What a service looks up of a country is told in the language the country was named in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.interviews.facts import FactValue
from bot.interviews.topic_file import read_topic
from bot.services.look_up import look_up

TOPIC = read_topic(Path(__file__).resolve().parents[3] / "training_data" / "topics" / "services" / "belt_road.yaml")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("越南", "以下是越南的情况"),
        ("是在阿联酋的迪拜", "以下是阿拉伯联合酋长国的情况"),
        ("Vietnam", "What we know of Vietnam"),
        ("in Oman", "What we know of Oman"),
        ("尼日利亚", TOPIC.look_up[0].none),
        ("Nigeria", TOPIC.look_up[0].none),
    ],
)
async def test_a_country(said: str, told: str) -> None:
    facts = {"country": FactValue(said, False, said)}
    assert told in await look_up(TOPIC, TOPIC.look_up[0], facts, None)
