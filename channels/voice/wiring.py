"""The telephone as the settings want it, and who answers it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.settings import Settings, SettingsError
from channels.services import Services
from channels.voice.conversations import CallConversations
from voice.clock import Clock
from voice.conversations import Presence
from voice.phone import Phone, as_heard
from voice.recognizer import Heard, Recognizer
from voice.sentences import Sentences
from voice.speaking.cache import CachedVoice
from voice.speaking.espeak import EspeakVoice
from voice.speaking.fallback import FallbackVoice
from voice.speaking.lead_in import Sound
from voice.speaking.neural import NeuralVoice
from voice.synthesizer import SpeechFailed, Synthesizer, Voice
from voice.telephony.audiosocket.ari import Ari
from voice.telephony.networks import Networks
from voice.telephony.sip.config import SipConfig
from voice.telephony.switchboard import Answer
from voice.telephony.telephone import AudioSocketConfig, Telephone, TelephoneConfig
from voice.turns.attention import Attention

_LOADS = 3
"""Times that the voice is loaded before the telephone does without: a machine that just starts is slow."""

_UNDISTURBED = 20.0
"""Seconds after a call in which nothing is prepared: the next one may come."""


def telephone(settings: Settings, answer: Answer, clock: Clock) -> Telephone:
    """Every call goes to `answer`; nothing listens yet. Raises SettingsError."""
    try:
        networks = Networks.decode(settings.voice_allow)
    except ValueError as error:
        raise SettingsError(f"VOICE_ALLOW is not usable: {error}") from None
    if bool(settings.sip_user) != bool(settings.sip_password):
        raise SettingsError("SIP_USER and SIP_PASSWORD belong together: set both, or neither")
    sip = audiosocket = None
    if settings.sip_port:
        users = {settings.sip_user: settings.sip_password} if settings.sip_user else {}
        sip = SipConfig(settings.sip_host, settings.sip_port, settings.sip_address, networks, users, settings.rtp_range)
    if settings.audiosocket_port:
        ari = Ari(settings.ari_url, settings.ari_user, settings.ari_password) if settings.ari_url else None
        audiosocket = AudioSocketConfig(settings.sip_host, settings.audiosocket_port, networks, ari)
    return Telephone(TelephoneConfig(settings.voice_lines, sip, audiosocket), answer, clock)


def rates(settings: Settings) -> list[int]:
    """The rates of sound at which calls come in; the voice is made ready for each when the service starts."""
    lines = settings.sip_port or settings.audiosocket_port or settings.voice_stream_password
    return [rate for rate, taken in ((8000, lines), (16000, takes_browsers(settings))) if taken]


def takes_browsers(settings: Settings) -> bool:
    """Whether the chat page offers calls by microphone."""
    return bool(settings.voice_browser and settings.voice_lines)


class Voices:
    """What the telephone speaks with: the neural voice with its prompts kept, and espeak-ng where that fails."""

    def __init__(self, folder: Path, sentences: Sentences) -> None:
        self._neural = NeuralVoice()
        self._own, self._lead_in = sentences.fixed, sentences.say("lead_in")
        self._cached = CachedVoice(self._neural, folder, self._own)
        self.voice: Synthesizer = FallbackVoice([self._cached, EspeakVoice()])

    async def prepare(self, rates: Sequence[int]) -> None:
        """Load the model and render the prompts that are missing, at each rate. Raises SpeechFailed."""
        for left in reversed(range(_LOADS)):
            try:
                await self._neural.warm()
                break
            except SpeechFailed:
                if not left:
                    raise
        await self._cached.render([Voice(rate) for rate in rates], self._own)

    async def lead_in(self, voice: Voice) -> Sequence[bytes]:
        """See `Sound`."""
        return await self._cached.kept(self._lead_in, voice)

    def keep(self, prompts: Sequence[str]) -> None:
        """These are kept too, once said: they are the same for every caller."""
        self._cached.keep(prompts)

    async def render(
        self, prompts: Sequence[str], rates: Sequence[int], busy: Callable[[], bool], clock: Clock
    ) -> None:
        """Make what is missing while nobody calls, at half the power of a core. Raises SpeechFailed."""
        for text, voice in itertools.product(prompts, [Voice(rate) for rate in rates]):
            if not self._cached.missing(text, voice):
                continue
            while busy():
                await clock.sleep(_UNDISTURBED)
            began = clock.monotonic()
            await self._cached.render([voice], [text])
            await clock.sleep(2 * (clock.monotonic() - began))

    def close(self) -> None:
        """End the process that speaks."""
        self._neural.close()


def answering(
    parts: Services,
    voice: Synthesizer,
    recognizers: Sequence[Recognizer] = (),
    presence: Callable[[int], Presence] = Attention,
    sentences: Sentences | None = None,
    repair: Callable[[Heard], str] = as_heard,
    lead_in: Sound | None = None,
) -> Phone:
    """Who answers every call. Without a recogniser callers are told so: keys, a message and people are left.

    `repair`: what was most likely said, of what was heard. `lead_in`: see `Phone`.
    """
    said = sentences or Sentences()
    conversations = CallConversations(
        parts.calls,
        parts.call_queue,
        parts.call_chat,
        parts.call_keeper,
        parts.inbox,
        parts.hub,
        parts.recordings,
        parts.clock,
        greeting=said.say("notice") + said.say("question"),
        no_promise=said.say("default_promise"),
        nobody=lambda by: said.say("nobody_now", promise=by),
    )
    return Phone(
        parts.clock, conversations, voice, recognizers, parts.recordings, presence, said, repair=repair, lead_in=lead_in
    )
