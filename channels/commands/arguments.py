"""The arguments of these commands, apart from what runs them: `faxian --help` should not load a database."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args

from bot.desk.chain import as_known
from bot.desk.seat import Role, Tier

BROKEN = 3
"""Exit status when the chain does not hold; 1 is for a store that cannot be opened."""
DIFFERENT = 3
"""Exit status when our calls and the exchange's differ."""


def add_staff_parser(commands: Any) -> None:
    """The arguments of `faxian staff`."""
    staff = commands.add_parser("staff", help="staff accounts").add_subparsers(dest="what", required=True)
    staff.add_parser("list", help="all accounts")
    adding = staff.add_parser("add", help="create an account")
    adding.add_argument("name")
    adding.add_argument("--role", choices=get_args(Role), default="lawyer")
    adding.add_argument("--person", default="", help="the name that citizens are told")
    adding.add_argument("--tier", choices=get_args(Tier), default="general")
    adding.add_argument("--areas", default="", help="areas of law, by commas; all if not given")
    adding.add_argument("--regions", default="", help="prefixes of division codes, by commas; the country if not given")
    adding.add_argument("--languages", default="zh", help="by commas: zh, yue, en")
    adding.add_argument("--capacity", type=int, default=5, help="conversations held at once")
    adding.add_argument("--office", default="", help="law firm: its people share their conflicts of interest")
    adding.add_argument("--extension", default="", help="telephone on which calls are put through; without it none are")
    for name, doing in (
        ("disable", "nobody signs in with it any more, and open sessions end"),
        ("enable", "undo that"),
        ("password", "set another password, for who has forgotten theirs"),
    ):
        staff.add_parser(name, help=doing).add_argument("name")
    role = staff.add_parser("role", help="give another role")
    role.add_argument("name")
    role.add_argument("role", choices=get_args(Role))


def add_audit_parser(commands: Any) -> None:
    """The arguments of `faxian audit`."""
    audit = commands.add_parser("audit", help="the audit trail").add_subparsers(dest="what", required=True)
    verify = audit.add_parser("verify", help=f"prove the chain; exit status {BROKEN} when it is broken")
    explained = "a row and its hash as an earlier run printed them: nothing up to it was written anew"
    verify.add_argument("--known", type=as_known, metavar="NUMBER:HASH", help=explained)
    export = audit.add_parser("export", help="rows as lines of JSON")
    export.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DAY", help="first day, 2026-11-23")
    export.add_argument("--to", dest="until", type=date.fromisoformat, metavar="DAY", help="last day")


def add_calls_parser(commands: Any) -> None:
    """The arguments of `faxian calls`."""
    calls = commands.add_parser("calls", help="telephone calls").add_subparsers(dest="what", required=True)
    listing = calls.add_parser("list", help="calls as CSV; of today if not said otherwise")
    listing.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DAY", help="first day, 2026-11-23")
    listing.add_argument("--to", dest="until", type=date.fromisoformat, metavar="DAY", help="last day")
    explained = (
        f"compare with the exchange's call records; exit status {DIFFERENT} when a call is missing on either side"
    )
    comparing = calls.add_parser("reconcile", help=explained)
    comparing.add_argument("file", type=Path, help="CSV whose first line names the columns")
    comparing.add_argument("--within", type=int, default=60, metavar="SECONDS", help="clocks may differ by so much")
    comparing.add_argument("--encoding", default="utf-8-sig", help="of the file, as gb18030")


def add_app_parser(commands: Any) -> None:
    """The arguments of `faxian app`."""
    app = commands.add_parser("app", help="apps that use the API").add_subparsers(dest="what", required=True)
    app.add_parser("list", help="all apps")
    adding = app.add_parser("add", help="register one; prints its key and secret, once")
    adding.add_argument("name", help="small letters, digits and hyphens")
    adding.add_argument(
        "--webhook", default="", metavar="URL", help="where it is told of messages; it asks if not given"
    )
    pointing = app.add_parser("webhook", help="tell it somewhere else")
    pointing.add_argument("name")
    pointing.add_argument("url", help='"" to tell it no more')
    for name, doing in (
        ("secret", "sign with another secret; the old one counts for a day"),
        ("key", "give it another key; the old one opens nothing any more"),
        ("disable", "it is let in no more, and told of nothing"),
        ("enable", "undo that"),
    ):
        app.add_parser(name, help=doing).add_argument("name")


def add_wechat_parser(commands: Any) -> None:
    """The arguments of `faxian wechat`."""
    wechat = commands.add_parser("wechat", help="the WeChat official account").add_subparsers(
        dest="what", required=True
    )
    menu = wechat.add_parser("menu", help="set the menu below the conversation")
    menu.add_argument("--file", type=Path, help="training_data/wechat_menu.yaml if not given")
    menu.add_argument("--show", action="store_true", help="check it and print what would be sent")
    code = wechat.add_parser("qrcode", help="a QR code that takes up a matter, for thirty days")
    code.add_argument("number", help="of the matter")
    code.add_argument("--with-code", action="store_true", help="whoever scans it opens the matter without its code")
    code.add_argument("--out", type=Path, help="picture to write, .png or .svg")
    wechat.add_parser("simulate", help="serve, and chat with it from this terminal as if by WeChat")


def add_voice_parser(commands: Any) -> None:
    """The arguments of `faxian voice`."""
    voice = commands.add_parser("voice", help="models by which the telephone hears").add_subparsers(
        dest="what", required=True
    )
    fetching = voice.add_parser("fetch", help="fetch one into VOICE_MODELS; goes on where it was broken off")
    explained = "small: 42 MB; large: 1.3 GB, hears better; whisper: 140 MB, for recorded voice and as fall-back"
    fetching.add_argument("model", choices=("small", "large", "whisper"), nargs="?", default="small", help=explained)
    fetching.add_argument("--url", default="", help="another address than its maker's that has the same file names")
    fetching.add_argument("--sha256", default="", metavar="SUM", help="of a model whose sum is not known to us")
