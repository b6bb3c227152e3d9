"""A call by microphone, with a sound file as the microphone: what is heard on both sides, keys, and every end."""

from __future__ import annotations

import base64
import re
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from numpy.typing import NDArray
from playwright.sync_api import APIRequestContext, Browser, Page, expect

from tests.channels.browser.conftest import free, launched, serving
from tests.channels.browser.people import Citizen, NewContext, OpenChat
from tests.fakes.kept_calls import BREAK, HANG_UP, SPEAK, STOP, TRANSFER, sweep

RATE = 16000
LISTEN = """
  window.played = [];
  const told = { sounding: 0, silent: 0 };
  const keep = (block, rate) => {
    window.played.push(...block);
    const sounding = block.some((one) => Math.abs(one) > .01);
    told.sounding += sounding ? block.length / rate : 0;
    told.silent = sounding ? 0 : told.silent + block.length / rate;
    // In tenths of a second, where `expect` finds it.
    const page = document.documentElement.dataset;
    for (const [name, seconds] of Object.entries(told)) page[name] = Math.floor(seconds * 10);
  };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode && !(this instanceof ScriptProcessorNode)) {
      const tape = this.context.createScriptProcessor(1024, 1, 1);
      window.playedAt = this.context.sampleRate;
      tape.onaudioprocess = ({ inputBuffer }) => keep(inputBuffer.getChannelData(0), window.playedAt);
      connect.call(this, tape);
      connect.call(tape, to);
    }
    return connect.call(this, to, ...more);
  };
"""
"""Keeps what the page plays."""
Sound = NDArray[np.float64]


def _speech(rate: int) -> Sound:
    """Three seconds of syllables with a wandering pitch: noise suppression must take it for a voice."""
    at = np.arange(3 * rate) / rate
    phase = 2 * np.pi * np.cumsum(150 + 40 * np.sin(2 * np.pi * 0.7 * at) + 30 * at) / rate
    voice = sum(np.sin(k * phase) / k for k in range(1, 20)) * np.clip(np.sin(2 * np.pi * 3.1 * at), 0, 1)
    return np.asarray(voice / np.abs(voice).max() * 12000)


def _agreement(part: Sound, whole: Sound) -> float:
    """How alike `part` is to what of `whole` it is most like: 1 is the same."""
    size = 1 << (len(part) + len(whole)).bit_length()
    together = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size)), size)[: len(whole)]
    energy = np.convolve(whole**2, np.ones(len(part)))[len(part) - 1 :]
    return float((together / np.sqrt(np.maximum(energy[: len(together)], 1e-9) * (part**2).sum())).max())


def _spectra(sound: Sound) -> Sound:
    """How strong which pitch is, every 20 ms."""
    frames = sound[: len(sound) // 320 * 320].reshape(-1, 320) * np.hanning(320)
    return np.abs(np.fft.rfft(frames))[:, 2:60]


def _likeness(part: Sound, whole: Sound) -> float:
    """As `_agreement`, but by how it sounds: what filters echo and noise changes the phase of what it passes."""
    wanted = _spectra(part)
    energy = (wanted**2).sum()
    best = 0.0
    for shift in range(0, 320, 40):
        given = _spectra(whole[shift:])
        for first in range(len(given) - len(wanted) + 1):
            piece = given[first : first + len(wanted)]
            best = max(best, float((wanted * piece).sum() / np.sqrt(energy * max((piece**2).sum(), 1))))
    return best


def _sweep_played(page: Page) -> float:
    """How well the page played `sweep()`: its better pieces, because a machine with other work leaves out some; a wrong
    rate or a wrong coding spoils all."""
    said, played = np.frombuffer(sweep(RATE), "<i2").astype(float), _played(page)
    piece = RATE // 4
    return float(np.quantile([_agreement(said[at : at + piece], played) for at in range(0, len(said), piece)], 0.75))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the service keeps its store and the calls."""
    return tmp_path_factory.mktemp("calls")


@pytest.fixture(scope="module")
def service(data: Path) -> Iterator[str]:
    """One line only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICE_LINES", "1")
        with serving(free(), data) as address:
            yield address


@pytest.fixture(scope="module")
def chromium(data: Path) -> Iterator[Browser]:
    """With a voice at its microphone."""
    with wave.open(str(data / "voice.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes(_speech(48000).astype("<i2").tobytes())
    with launched(f"--use-file-for-fake-audio-capture={data / 'voice.wav'}%noloop") as browser:
        yield browser


@pytest.fixture
def caller(open_chat: OpenChat, new_context: NewContext) -> Citizen:
    """Somebody who has given the microphone; what the page plays is kept."""
    context = new_context(permissions=["microphone"])
    context.add_init_script(LISTEN)
    return open_chat(context)


class Calls:
    """The calls that are over, from now on."""

    def __init__(self, request: APIRequestContext, service: str) -> None:
        self._request, self._address = request, f"{service}/kept-calls"
        self._before = int(request.get(self._address).json())

    def last(self) -> tuple[dict[str, str], Sound]:
        """What is known of the one after those asked for before, and what was heard; waits until it is over."""
        told = self._request.get(f"{self._address}?after={self._before}").json()[0]
        self._before += 1
        return told, np.frombuffer(base64.b64decode(told.pop("heard")), "<i2").astype(float)


@pytest.fixture
def calls(service: str, new_context: NewContext) -> Calls:
    """Those from now on."""
    return Calls(new_context().request, service)


def _call(citizen: Citizen) -> Page:
    citizen.page.locator("#call").click()
    expect(citizen.page.locator("#call-state")).to_have_text("通话中")
    return citizen.page


def _played(page: Page) -> Sound:
    """What the page has played, at the rate of calls."""
    rate, sound = page.evaluate("[window.playedAt, window.played]")
    seconds = np.arange(int(len(sound) / rate * RATE)) / RATE
    return np.interp(seconds, np.arange(len(sound)) / rate, sound)


def _tenths(page: Page, what: str, least: int) -> None:
    """Wait until the page was `sounding`, or has been `silent`, for at least so many tenths of a second."""
    enough = "|".join(str(one) for one in range(least, least + 300))
    expect(page.locator("html")).to_have_attribute(f"data-{what}", re.compile(f"^({enough})$"))


def _talked(page: Page, seconds: int) -> None:
    """Wait until the call has lasted so long."""
    enough = "|".join(f"{one:02}" for one in range(seconds, 60))
    expect(page.locator("#call-time")).to_have_text(re.compile(f"^00:({enough})$"))


def test_both_sides_hear_each_other(caller: Citizen, calls: Calls) -> None:
    page = _call(caller)
    page.get_by_role("button", name="按键").click()
    _talked(page, 3)  # the voice takes its time
    page.get_by_role("button", name=SPEAK, exact=True).click()
    _tenths(page, "sounding", 14)
    page.get_by_role("button", name="0，找人工").click()
    expect(page.locator("#call-pressed")).to_have_text(f"{SPEAK}0")
    page.get_by_role("button", name="挂断").click()
    expect(page.locator("#composer-text")).to_be_visible()
    expect(page.locator("#call")).to_be_focused()
    told, heard = calls.last()
    assert told["keys"] == f"{SPEAK}0"
    assert told["ended"] == "caller"
    assert len(told["reference"]) == 32, "the conversation on the page"
    voice = _speech(RATE)[RATE // 2 : 2 * RATE]
    assert _likeness(voice, heard) > 0.95
    assert _likeness(voice[::-1], heard) < 0.92, "it tells sounds apart"
    assert _sweep_played(page) > 0.95


def test_who_is_interrupted_is_silent_at_once(caller: Citizen, calls: Calls) -> None:
    page = _call(caller)
    page.keyboard.press(SPEAK)
    _tenths(page, "sounding", 2)
    page.keyboard.press(STOP)
    _tenths(page, "silent", 4)
    assert int(page.locator("html").get_attribute("data-sounding") or 0) < 14
    page.get_by_role("button", name="静音").click()
    _talked(page, 1 + int(page.locator("#call-time").inner_text()[-2:]))
    _talked(page, 1 + int(page.locator("#call-time").inner_text()[-2:]))
    page.get_by_role("button", name="挂断").click()
    told, heard = calls.last()
    assert told["keys"] == SPEAK + STOP
    assert np.abs(heard[-RATE // 4 :]).max() < 20, "muted"


def test_the_service_hangs_up_after_its_last_words_and_is_called_again(caller: Citizen, calls: Calls) -> None:
    page = _call(caller)
    page.keyboard.press(HANG_UP)
    expect(page.locator("#call-state")).to_contain_text("通话结束了（00:0")
    assert calls.last()[0]["ended"] == "us"
    assert _sweep_played(page) > 0.95
    assert np.count_nonzero(np.abs(_played(page)) > 0.01) > 1.4 * RATE * 0.9, "to the last word"
    page.get_by_role("button", name="再打一次").click()
    expect(page.locator("#call-state")).to_have_text("通话中")
    page.keyboard.press(TRANSFER)
    expect(page.locator("#call-panel")).to_be_hidden()
    expect(caller.box).to_be_focused()
    caller.say("还在")
    expect(caller.answered("还在")).to_have_count(1)
    _call(caller)
    page.keyboard.press(BREAK)
    expect(page.locator("#call-state")).to_contain_text("通话结束了")


def test_busy_until_the_other_page_is_closed(
    caller: Citizen, calls: Calls, open_chat: OpenChat, new_context: NewContext
) -> None:
    other = open_chat(new_context(permissions=["microphone"]))
    page = _call(caller)
    other.page.locator("#call").click()
    expect(other.page.locator("#call-state")).to_have_text("对方忙，线路都占着。您也可以直接打字。")
    page.close()
    assert calls.last()[0]["ended"] == "caller"
    other.page.get_by_role("button", name="再打一次").click()
    expect(other.page.locator("#call-state")).to_have_text("通话中")
    for _ in range(3):
        other.page.keyboard.press("Escape")
    expect(other.page.locator("#call")).to_have_count(0)


def test_a_network_that_goes_ends_the_call_and_says_so(caller: Citizen, calls: Calls) -> None:
    page = _call(caller)
    page.context.set_offline(True)
    expect(page.locator("#call-state")).to_contain_text("网络断了，通话已经结束")
    page.context.set_offline(False)
    page.get_by_role("button", name="关闭").click()
    expect(page.locator("#composer-text")).to_be_visible()
    calls.last()


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("Object.defineProperty(window, 'isSecureContext', { value: false });", "https"),
        ("delete window.AudioWorkletNode;", "换一个新的浏览器"),
        ("", "没有得到话筒的许可"),
        ("NotFoundError", "没有找到话筒"),
    ],
)
def test_what_stands_in_the_way_is_told(open_chat: OpenChat, new_context: NewContext, script: str, words: str) -> None:
    context = new_context()
    if script.endswith("Error") or not script:
        script = f"""if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = () =>
            Promise.reject(new DOMException("no", "{script or "NotAllowedError"}"));"""
    context.add_init_script(script)
    citizen = open_chat(context)
    citizen.page.locator("#call").click()
    expect(citizen.page.locator("#call-state")).to_contain_text(words)
    expect(citizen.page.locator("#call-end")).to_be_hidden()
    citizen.page.get_by_role("button", name="关闭").click()
    citizen.say("那我打字")
    expect(citizen.answered("那我打字")).to_have_count(1)


@pytest.mark.parametrize(("size", "scheme", "large"), [((390, 844), "dark", True), ((1280, 800), "light", False)])
def test_no_rule_is_broken_in_a_call(
    open_chat: OpenChat, size: tuple[int, int], scheme: str, large: bool, calls: Calls
) -> None:
    citizen = open_chat(size=size, color_scheme=scheme, permissions=["microphone"])
    page = citizen.page
    if large:
        page.get_by_role("button", name="大字").click()
    _call(citizen)
    page.get_by_role("button", name="按键").click()
    for state in ("talking", "over"):
        expect(page.locator("#call-panel")).to_have_attribute("data-state", state)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}})
        assert [one["id"] for one in found.response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.locator("#call-keys").focus()
        page.keyboard.press(BREAK)
    calls.last()


@pytest.mark.parametrize("size", [(320, 568), (844, 390)])
def test_on_the_smallest_screen_one_can_hang_up(open_chat: OpenChat, size: tuple[int, int], calls: Calls) -> None:
    citizen = open_chat(size=size, permissions=["microphone"])
    citizen.page.get_by_role("button", name="大字").click()
    _call(citizen)
    citizen.page.get_by_role("button", name="按键").click()
    end = citizen.page.get_by_role("button", name="挂断")
    box = end.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= size[1]
    end.click()
    calls.last()


def test_another_rate_is_the_same_sound(citizen: Citizen) -> None:
    for source, target in [(48000, 16000), (44100, 16000), (8000, 16000), (16000, 44100)]:
        tone = _resampled(citizen.page, source, target, 1000)
        assert abs(len(tone) - target / 2) < target * 0.02
        middle = tone[target // 8 : target // 8 + target // 4]
        expected = np.sin(2 * np.pi * 1000 * np.arange(target // 2) / target)
        assert _agreement(middle, expected) > 0.999
        assert 0.98 < np.abs(middle).max() < 1.02
        if source > target:
            too_high = _resampled(citizen.page, source, target, 11000)
            assert np.abs(too_high[target // 8 :]).max() < 0.01, "what the slower rate cannot carry is not heard"


def _resampled(page: Page, source: int, target: int, hertz: int) -> Sound:
    """Half a second of a tone, as the page makes it of another rate."""
    script = """async ([source, target, hertz]) => {
        const { Resampler } = await import("/channels/web/static/js/resampler.js");
        const resampler = new Resampler(source, target);
        const tone = Float32Array.from({ length: source / 2 }, (_, at) => Math.sin(2 * Math.PI * hertz * at / source));
        const out = [];
        for (let at = 0; at < tone.length; at += 128) out.push(...resampler.push(tone.subarray(at, at + 128)));
        return out;
    }"""
    return np.asarray(page.evaluate(script, [source, target, hertz]))
