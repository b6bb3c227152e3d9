"""The telephone as the settings want it."""

from __future__ import annotations

from bot.settings import Settings, SettingsError
from voice.clock import Clock
from voice.telephony.audiosocket.ari import Ari
from voice.telephony.networks import Networks
from voice.telephony.sip.config import SipConfig
from voice.telephony.switchboard import Answer
from voice.telephony.telephone import AudioSocketConfig, Telephone, TelephoneConfig


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
