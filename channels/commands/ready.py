"""What `faxian serve` says once it is ready."""

from __future__ import annotations

from bot.settings import Settings
from channels.voice.wiring import takes_browsers
from channels.wechat.account import Account
from channels.weibo.account import Account as Weibo


def ready_block(
    settings: Settings, here: str, topics: int, articles: int, staff: int, seconds: float, *, hears: bool
) -> str:
    """What is ready, what is off, and how to switch it on; `hears`: whether a model recognises speech."""
    ready = [
        f"web chat    {here}/",
        f"staff desk  {here}/desk",
        f"app API     {here}/api/v1/openapi.json",
        f"dialogue    {topics} topics, {settings.workers} workers",
        f"law index   {articles} articles, "
        + ("Elasticsearch, embedded when it does not answer" if settings.elasticsearch_url else "embedded"),
    ]
    if takes_browsers(settings):
        ready.append("voice call  by microphone on the web chat's page")
    ready += [f"telephone   {way}" for way in _telephone(settings)]
    off = []
    if Account.of(settings) is not None:
        ready.append(f"WeChat      {here}/channels/wechat ({'safe' if settings.wechat_aes_key else 'plain'} mode)")
    else:
        off.append(
            "no WeChat: set WECHAT_TOKEN, WECHAT_APPID and WECHAT_SECRET (`faxian wechat simulate` tries it here)"
        )
    if Account.of_service(settings) is not None:
        ready.append(f"WeChat kf   {here}/channels/wechat/kf")
    if Weibo.of(settings) is not None:
        ready.append(f"Weibo       {here}/channels/weibo")
    else:
        off.append("no Weibo: set WEIBO_APP_KEY, WEIBO_SECRET and WEIBO_TOKEN")
    if not _telephone(settings):
        off.append("no telephone: set SIP_PORT=5060, AUDIOSOCKET_PORT or VOICE_STREAM_PASSWORD")
    if not hears:
        off.append(
            "speech is not understood, so the page has no voice call and the telephone takes keys and messages only: "
            "`.venv/bin/faxian voice fetch`"
        )
    if not settings.elasticsearch_url:
        off.append("no Elasticsearch cluster: set ELASTICSEARCH_URL (`make elasticsearch` starts a node)")
    if not staff:
        off.append(
            "nobody can sign in at the desk: create an account with "
            "`.venv/bin/faxian staff add NAME --role administrator`"
        )
    if settings.host in ("127.0.0.1", "localhost", "::1"):
        off.append("other machines cannot connect: set HOST=0.0.0.0, behind a reverse proxy with TLS")
    if not settings.staff_cookie_secure:
        off.append("the staff cookie also travels over plain HTTP: set STAFF_COOKIE_SECURE=true behind TLS")
    lines = [f"法线 Faxian is ready ({seconds:.1f} s)", *(f"  on   {line}" for line in ready)]
    lines += [f"  off  {line}" for line in off]
    return "\n".join([*lines, "Ctrl-C stops it."])


def _telephone(settings: Settings) -> list[str]:
    """The ways by which calls come in."""
    ways = []
    if settings.sip_port:
        ways.append(f"SIP {settings.sip_host}:{settings.sip_port}, UDP and TCP")
    if settings.audiosocket_port:
        ways.append(f"AudioSocket {settings.sip_host}:{settings.audiosocket_port}")
    if settings.voice_stream_password:
        ways.append("media WebSocket /channels/voice/stream")
    return ways
