"""Every setting of the service, typed, read once from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from bot.desk.seat import ROLES, Role


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
    identity_key: str = ""
    """Secret under which identity numbers of parties are hashed; empty for one made in `data_dir`. Several machines on
    one store need the same."""
    staff_totp_roles: str = "administrator,supervisor,auditor"
    """Roles, separated by commas, that must set up a second factor before they can do anything else; "none" for no
    role."""
    public_url: str = ""
    """Address at which browsers reach the service, as https://faxian.example.org; needed for OIDC."""
    oidc_issuer: str = ""
    """OpenID Connect provider by which staff may sign in too; empty for passwords alone. Only accounts that an
    administrator has linked come in."""
    oidc_client_id: str = ""
    """What the provider calls us."""
    oidc_client_secret: str = ""
    """What proves it; empty for a public client."""
    staff_cookie_secure: bool = False
    """Send the staff cookie over HTTPS only; switch on behind TLS."""
    voice_lines: int = 20
    """Calls at a time, however they come; the next one hears that we are busy."""
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

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Settings with what `env` overrides.

        Raises SettingsError for a value that does not fit its field.
        """
        chosen: dict[str, object] = {}
        for item in fields(cls):
            raw = env.get(item.name.upper(), "").strip()
            if raw:
                chosen[item.name] = _parse(item.name, str(item.type), raw)
        made = cls(**chosen)  # type: ignore[arg-type]
        _ = made.totp_roles  # tells at once when it names no role
        _ = made.rtp_range
        if made.oidc_issuer:
            made.check_oidc()
        return made

    def check_oidc(self) -> None:
        """Raises SettingsError where sign-in by the provider cannot work, or somebody could listen."""
        if not self.oidc_client_id or not self.public_url:
            raise SettingsError("OIDC_ISSUER needs OIDC_CLIENT_ID and PUBLIC_URL beside it; set them, or unset it")
        if not safe_address(self.oidc_issuer):
            raise SettingsError("OIDC_ISSUER is not usable: expected an https:// address; correct or unset it")

    @property
    def totp_roles(self) -> frozenset[Role]:
        """`staff_totp_roles`, read. Raises SettingsError."""
        named = {one.strip() for one in self.staff_totp_roles.split(",")} - {"", "none"}
        if odd := sorted(named - set(ROLES)):
            raise SettingsError(f"STAFF_TOTP_ROLES names {odd[0]!r}: expected some of {', '.join(ROLES)}, or none")
        return frozenset(role for role in ROLES if role in named)

    @property
    def rtp_range(self) -> tuple[int, int]:
        """`rtp_ports`, read. Raises SettingsError."""
        first, _, last = self.rtp_ports.partition("-")
        if not (first.strip().isdecimal() and last.strip().isdecimal() and 0 < int(first) < int(last) < 65536):
            raise SettingsError(f"RTP_PORTS={self.rtp_ports!r} is not usable: expected two ports, as 10000-10999")
        return int(first), int(last)

    @property
    def store_url(self) -> str:
        """`database_url`, or the SQLite file in `data_dir`."""
        return self.database_url or f"sqlite:///{self.data_dir / 'faxian.db'}"


def safe_address(address: str) -> bool:
    """Whether nobody can listen on the way: TLS, or this machine."""
    parts = urlsplit(address)
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    return here or (parts.scheme == "https" and bool(parts.hostname))


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
