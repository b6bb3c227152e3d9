from __future__ import annotations

from pathlib import Path

from tests.fakes.synthesizer import FakeVoice
from voice.speaking.cache import CachedVoice
from voice.synthesizer import Synthesizer, Voice


async def heard(voice: Synthesizer, text: str, how: Voice = Voice()) -> list[bytes]:
    return [frame async for frame in voice.speak(text, how)]


async def test_a_prompt_is_made_once_and_sounds_the_same(tmp_path: Path) -> None:
    fake = FakeVoice()
    first = await heard(CachedVoice(fake, tmp_path, ["您好"]), "您好")
    assert await heard(CachedVoice(fake, tmp_path, ["您好"]), "您好") == first
    assert len(fake.said) == 1


async def test_pace_rate_and_voice_are_kept_apart(tmp_path: Path) -> None:
    fake = FakeVoice()
    cached = CachedVoice(fake, tmp_path, ["您好"])
    for how in (Voice(), Voice(speed=0.8), Voice(rate=16000)):
        await heard(cached, "您好", how)
    await heard(CachedVoice(FakeVoice("other"), tmp_path, ["您好"]), "您好")
    assert len(list(tmp_path.iterdir())) == 4


async def test_what_a_caller_told_is_not_kept(tmp_path: Path) -> None:
    assert await heard(CachedVoice(FakeVoice(), tmp_path, ["您好"]), "张三欠您五千元")
    assert not list(tmp_path.iterdir())


async def test_an_interrupted_prompt_is_not_kept(tmp_path: Path) -> None:
    speech = CachedVoice(FakeVoice(), tmp_path, ["您好"]).speak("您好", Voice())
    await anext(speech)
    await speech.aclose()  # type: ignore[attr-defined]
    assert not list(tmp_path.iterdir())


async def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    cached = CachedVoice(FakeVoice(), tmp_path, ["您好"])
    first = await heard(cached, "您好")
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-7])
    assert await heard(cached, "您好") == first
    assert kept.stat().st_size == len(b"".join(first))


async def test_a_folder_that_cannot_be_written_silences_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert await heard(CachedVoice(FakeVoice(), tmp_path / "file", ["您好"]), "您好")


async def test_the_folder_stays_small(tmp_path: Path) -> None:
    texts = ["一二三四", "五六七八", "九十百千"]
    ready = await CachedVoice(FakeVoice(), tmp_path, texts, most_bytes=6000).render([Voice()])
    assert ready == 3
    assert len(list(tmp_path.iterdir())) == 2


async def test_prompts_within_a_sentence_are_found_by_themselves(tmp_path: Path) -> None:
    fake = FakeVoice()
    cached = CachedVoice(fake, tmp_path, ["您好。", "请讲。", "我们"])
    await cached.render([Voice()])
    fake.said.clear()
    await heard(cached, "您好。请讲。")
    assert not fake.said
    await heard(cached, "张三欠您钱。我们说。请讲。")
    assert [text for text, _ in fake.said] == ["张三欠您钱。我们说。"]


async def test_more_prompts_can_be_kept_and_made_when_there_is_time(tmp_path: Path) -> None:
    fake = FakeVoice()
    cached = CachedVoice(fake, tmp_path, ["您好"])
    cached.keep(["签合同了吗？"])
    assert cached.missing("签合同了吗？", Voice())
    assert await cached.render([Voice()], ["签合同了吗？"]) == 1
    assert not cached.missing("签合同了吗？", Voice())
    assert cached.missing("您好", Voice())
    await heard(cached, "嗯，三千元。签合同了吗？")
    assert [text for text, _ in fake.said] == ["签合同了吗？", "嗯，三千元。"], "found behind something new, too"


async def test_what_was_made_before_is_told_and_nothing_is_made_for_it(tmp_path: Path) -> None:
    fake = FakeVoice()
    cached = CachedVoice(fake, tmp_path, ["嗯，"])
    assert await cached.kept("嗯，", Voice()) == []
    assert not fake.said
    first = await heard(cached, "嗯，")
    assert await cached.kept("嗯，", Voice()) == first
    assert await cached.kept("嗯，", Voice(speed=0.8)) == []
