"""Every setting of the service, typed, read once from the environment."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from bot.desk.seat import ROLES, Role

_BETWEEN = {
    "port": (0, 65535),
    "sip_port": (0, 65535),
    "audiosocket_port": (0, 65535),
    "workers": (1, 256),
    "opens": (0, 23),
    "closes": (1, 24),
    "max_text": (1, 100_000),
    "link_days": (1, 365),
    "daily_hour": (0, 23),
}
"""Least and most of numbers that anything else would make useless or dangerous."""
_SCHEMES = {
    "elasticsearch_url": ("http", "https"),
    "database_url": ("sqlite", "postgresql"),
    "redis_url": ("redis", "rediss", "unix"),
    "public_url": ("http", "https"),
    "leave_to": ("http", "https"),
    "ari_url": ("http", "https"),
}
"""How addresses may begin; a driver may stand behind a plus."""
_ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


class SettingsError(ValueError):
    """A variable of the environment cannot be used; the message names it and what it should be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Defaults suit one machine; each field is set by the variable of the same name in upper case."""

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 8348
    """TCP port; 0 lets the system choose."""
    data_dir: Path = Path("var")
    """Everything the service writes lies below this folder."""
    elasticsearch_url: str = ""
    """Address of an Elasticsearch 8 cluster that searches the law, user and password included if it wants them; empty
    for the embedded index alone, which also answers whenever the cluster does not."""
    database_url: str = ""
    """SQLAlchemy URL of the store; empty for a SQLite file in `data_dir`."""
    redis_url: str = ""
    """Address of a Redis by which several processes on one store tell each other what happens; empty for one process
    alone."""
    workers: int = 2
    """Rasa worker processes."""
    turn_timeout: float = 30.0
    """Seconds after which an unanswered turn counts as failed."""
    engine_patience: float = 75.0
    """Seconds for which a dialogue engine that is not there is waited for, before a person is called; citizens are told
    at once that the answer will come."""
    max_text: int = 4000
    """Characters one message may have."""
    max_body: int = 262144
    """Bytes one request body or socket frame may have."""
    max_file: int = 10485760
    """Bytes one file may have that citizen or seat send."""
    rate_address_per_minute: int = 600
    """Messages a minute from one network address; 0 for no limit."""
    rate_conversation_per_minute: int = 60
    """Messages a minute in one conversation; 0 for no limit."""
    rate_channel_per_minute: int = 24000
    """Messages a minute by one channel, of all its citizens together, as one process sees them; 0 for no limit."""
    rate_app_per_minute: int = 6000
    """Requests a minute of an app that comes with its key, of all its users together, as one process sees them; 0 for
    no limit."""
    trusted_proxies: int = 0
    """Reverse proxies in front whose X-Forwarded-For entry is believed; 0 ignores the header."""
    staff_session_hours: float = 12.0
    """Longest life of a staff session."""
    staff_idle_minutes: float = 60.0
    """A staff session unused for this long ends."""
    high_stakes_yuan: int = 1_000_000
    """A case in which as much is at stake goes to an expert; 0 leaves money out of it."""
    opens: int = 9
    """Hour at which the desk opens on working days of China; times that citizens are promised follow from it."""
    closes: int = 17
    """Hour at which it closes."""
    daily_hour: int = 9
    """Hour, in China, at which the question of the day goes to those who have subscribed to it on WeChat."""
    identity_key: str = ""
    """Secret under which identity numbers of parties are hashed, second factors sealed and download tickets signed;
    empty for one made in `data_dir`. Several machines on one store need the same."""
    staff_totp_roles: str = "administrator,supervisor,auditor"
    """Roles, separated by commas, that must set up a second factor before they can do anything else; "none" for no
    role."""
    public_url: str = ""
    """Address at which browsers reach the service, as https://faxian.example.org; needed for OIDC, and for the links to
    opinions that WeChat, Weibo and texts to telephones carry."""
    web_origins: str = ""
    """Origins of other sites that may show the chat in a frame and whose widgets may connect, separated by spaces or
    commas, as https://www.example.gov.cn; empty for none."""
    leave_to: str = "https://www.weather.com.cn/"
    """Where 快速离开 takes somebody who is being watched: a page that everybody has open now and then."""
    link_days: int = 7
    """Days for which a link to an opinion or file opens it, as sent by channels that can only send words."""
    oidc_issuer: str = ""
    """OpenID Connect provider by which staff may sign in too; empty for passwords alone. Only accounts that an
    administrator has linked come in."""
    oidc_client_id: str = ""
    """What the provider calls us."""
    oidc_client_secret: str = ""
    """What proves it; empty for a public client."""
    wechat_token: str = ""
    """What the WeChat official account signs its callbacks with; the channel is off without this, id and secret."""
    wechat_appid: str = ""
    """Its AppID."""
    wechat_secret: str = ""
    """Its AppSecret."""
    wechat_aes_key: str = ""
    """Its EncodingAESKey, for safe and compatible mode: only sealed messages are then taken; empty for plain mode."""
    wechat_api_base: str = "https://api.weixin.qq.com"
    """Where the provider's API is."""
    wechat_template: str = ""
    """Template of the subscribe message that tells of an answer which WeChat does not let us send; empty for none."""
    wechat_kf_corpid: str = ""
    """Enterprise that has WeChat customer service (微信客服); off without this, token, secret and key."""
    wechat_kf_token: str = ""
    """What its callbacks are signed with."""
    wechat_kf_secret: str = ""
    """Secret of the application that may use customer service."""
    wechat_kf_aes_key: str = ""
    """Its EncodingAESKey."""
    wechat_kf_api_base: str = "https://qyapi.weixin.qq.com"
    """Where its API is."""
    weibo_app_key: str = ""
    """App Key of the Weibo fan service; the channel is off without this, secret and token."""
    weibo_secret: str = ""
    """Its App Secret, which callbacks are signed with."""
    weibo_token: str = ""
    """Access token of the account, by which messages go out."""
    weibo_api_base: str = "https://m.api.weibo.com"
    """Where the provider's API is."""
    weibo_upload_base: str = "https://upload.api.weibo.com"
    """Where it keeps what citizens send."""
    staff_cookie_secure: bool = False
    """Send the staff cookie over HTTPS only; switch on behind TLS."""
    voice_lines: int = 20
    """Calls at a time, however they come; the next one hears that we are busy."""
    voice_browser: int = 5
    """Calls at a time from one network address by the microphone of the web chat's page; 0: none, and no button."""
    voice_allow: str = "127.0.0.0/8, ::1"
    """Networks, separated by commas, that may bring calls without a password."""
    sip_host: str = "127.0.0.1"
    """Address on which calls come in, by SIP, RTP and AudioSocket."""
    sip_port: int = 0
    """Port for SIP, UDP and TCP; 0: no calls by SIP. 5060 is usual."""
    sip_address: str = ""
    """Address by which the other side reaches `sip_host`, where that is another: behind a router, in a container."""
    sip_user: str = ""
    """Name with which callers from other networks prove themselves; empty: they cannot call."""
    sip_password: str = ""
    """Its password."""
    rtp_ports: str = "10000-10999"
    """First and last UDP port for sound; each call takes two."""
    audiosocket_port: int = 0
    """TCP port for calls that Asterisk brings; 0: none. 9092 is usual."""
    ari_url: str = ""
    """Asterisk's REST interface, as http://127.0.0.1:8088/ari: tells who calls and takes transfers; empty: neither."""
    ari_user: str = "faxian"
    """Our name there."""
    ari_password: str = ""
    """Its password."""
    voice_stream_password: str = ""
    """Password, of user "faxian", for media WebSockets of FreeSWITCH and jambonz; empty: none come in."""
    voice_models: str = ""
    """Folder with models that recognise speech; empty: `voice` in `data_dir`."""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Settings with what `env` overrides; NAME_FILE names a file that holds the value, as container secrets do.

        Raises SettingsError for a value that does not fit its field.
        """
        chosen: dict[str, object] = {}
        for item in fields(cls):
            raw = _raw(env, item.name.upper())
            if raw:
                chosen[item.name] = _parse(item.name, str(item.type), raw)
        made = cls(**chosen)  # type: ignore[arg-type]
        _ = made.totp_roles, made.embedders, made.rtp_range  # each tells at once when it cannot be used
        made.check_ranges()
        if made.oidc_issuer:
            made.check_oidc()
        made.check_wechat()
        return made

    def check_ranges(self) -> None:
        """Raises SettingsError for what would be noticed only after minutes of preparation, or by a citizen."""
        for name, (least, most) in _BETWEEN.items():
            if not least <= (number := getattr(self, name)) <= most:
                raise SettingsError(
                    f"{name.upper()}={number} is not usable: expected {least} to {most}; correct or unset it"
                )
        if self.opens >= self.closes:
            raise SettingsError(f"OPENS={self.opens} must be before CLOSES={self.closes}; correct or unset them")
        for name, schemes in _SCHEMES.items():
            scheme, found, _ = (address := getattr(self, name)).partition("://")
            if address and not (found and scheme.split("+")[0] in schemes):  # not told: it may hold a password
                raise SettingsError(
                    f"{name.upper()} is not usable: expected an address that begins with "
                    f"{' or '.join(f'{one}://' for one in schemes)}; correct or unset it"
                )

    def check_oidc(self) -> None:
        """Raises SettingsError where sign-in by the provider cannot work, or somebody could listen."""
        if not self.oidc_client_id or not self.public_url:
            raise SettingsError("OIDC_ISSUER needs OIDC_CLIENT_ID and PUBLIC_URL beside it; set them, or unset it")
        if not safe_address(self.oidc_issuer):
            raise SettingsError("OIDC_ISSUER is not usable: expected an https:// address; correct or unset it")

    def check_wechat(self) -> None:
        """Raises SettingsError where messages of WeChat could not be opened, or our secret could be read on the way."""
        for name, key in (("WECHAT_AES_KEY", self.wechat_aes_key), ("WECHAT_KF_AES_KEY", self.wechat_kf_aes_key)):
            if key:
                try:
                    wechat_key(key)
                except ValueError:
                    raise SettingsError(f"{name} is not usable: expected the 43 letters and digits of WeChat") from None
        for field in ("wechat_api_base", "wechat_kf_api_base", "weibo_api_base", "weibo_upload_base"):
            name = field.upper()
            if not safe_address(getattr(self, field)):
                raise SettingsError(f"{name} is not usable: expected an https:// address; correct or unset it")

    @property
    def totp_roles(self) -> frozenset[Role]:
        """`staff_totp_roles`, read. Raises SettingsError."""
        named = {one.strip() for one in self.staff_totp_roles.split(",")} - {"", "none"}
        if odd := sorted(named - set(ROLES)):
            raise SettingsError(f"STAFF_TOTP_ROLES names {odd[0]!r}: expected some of {', '.join(ROLES)}, or none")
        return frozenset(role for role in ROLES if role in named)

    @property
    def embedders(self) -> tuple[str, ...]:
        """`web_origins`, read. Raises SettingsError for what is no origin: each ends up in a header."""
        named = tuple(self.web_origins.replace(",", " ").split())
        if odd := [one for one in named if not _ORIGIN.fullmatch(one)]:
            raise SettingsError(f"WEB_ORIGINS names {odd[0]!r}: expected origins as https://www.example.gov.cn")
        return named

    @property
    def rtp_range(self) -> tuple[int, int]:
        """`rtp_ports`, read. Raises SettingsError."""
        first, _, last = self.rtp_ports.partition("-")
        if not (first.strip().isdecimal() and last.strip().isdecimal() and 0 < int(first) < int(last) < 65536):
            raise SettingsError(f"RTP_PORTS={self.rtp_ports!r} is not usable: expected two ports, as 10000-10999")
        return int(first), int(last)

    @property
    def voice_folder(self) -> Path:
        """`voice_models`, or `voice` in `data_dir`."""
        return Path(self.voice_models) if self.voice_models else self.data_dir / "voice"

    @property
    def store_url(self) -> str:
        """`database_url`, or the SQLite file in `data_dir`."""
        return self.database_url or f"sqlite:///{self.data_dir / 'faxian.db'}"


def _raw(env: Mapping[str, str], name: str) -> str:
    """What is set; "" for nothing."""
    raw, file = env.get(name, "").strip(), env.get(f"{name}_FILE", "").strip()
    if raw or not file:
        return raw
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{name}_FILE={file!r} cannot be read; correct or unset it") from None


def safe_address(address: str) -> bool:
    """Whether nobody can listen on the way: TLS, or this machine."""
    parts = urlsplit(address)
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    return here or (parts.scheme == "https" and bool(parts.hostname))


def wechat_key(encoded: str) -> bytes:
    """The key that an EncodingAESKey stands for. Raises ValueError."""
    key = base64.b64decode(encoded + "=", validate=True)
    if len(encoded) != 43 or len(key) != 32:
        raise ValueError("not a key of 32 bytes")
    return key


def _parse(name: str, kind: str, raw: str) -> object:
    """`raw` as the type the field declares."""
    try:
        match kind:
            case "int":
                number = int(raw)
                if number < 0:
                    raise ValueError
                return number
            case "float":
                return float(raw)
            case "Path":
                return Path(raw)
            case "bool":
                return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[raw.lower()]
            case _:
                return raw
    except (ValueError, KeyError):
        raise SettingsError(f"{name.upper()}={raw!r} is not usable: expected {kind}; correct or unset it") from None
