"""What an administrator decides about an account, checked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.desk.queues.place import place_name
from bot.desk.seat import ROLES, TIERS, Role, Seat, Tier
from bot.understanding.language import LANGUAGES

LONGEST_NAME = 64
LONGEST_OFFICE = 80
MOST_HELD = 50
_EXTENSION = re.compile(r"\+?[0-9]{2,20}")


class AccountError(ValueError):
    """The account cannot be made or changed so; the message says why (Simplified Chinese)."""


class UnknownAccount(AccountError):
    """There is none such, as far as the asker may know."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who somebody is at the desk and what they can take."""

    role: Role = "lawyer"
    person: str = ""
    tier: Tier = "general"
    areas: tuple[str, ...] = ()
    regions: tuple[str, ...] = ("",)
    languages: tuple[str, ...] = ("zh",)
    capacity: int = 5
    office: str = ""
    """Law firm or other employer; its people share their conflicts of interest."""
    extension: str = ""
    """Number on which calls are put through to them."""


def checked(profile: Profile, areas: Iterable[str] | None = None) -> Profile:
    """The profile with tidied fields. `areas`: all that there are, None where they are not known.

    Raises AccountError.
    """
    if profile.role not in ROLES or profile.tier not in TIERS:
        raise AccountError("没有这个角色或席位等级。")
    person = unicodedata.normalize("NFKC", profile.person).strip()
    if len(person) > LONGEST_NAME or (person and not person.isprintable()):
        raise AccountError(f"姓名至多 {LONGEST_NAME} 个可见字符。")
    office = " ".join(unicodedata.normalize("NFKC", profile.office).split())
    if len(office) > LONGEST_OFFICE or (office and not office.isprintable()):
        raise AccountError(f"单位名称至多 {LONGEST_OFFICE} 个可见字符。")
    if not 0 <= profile.capacity <= MOST_HELD:
        raise AccountError(f"同时接待数应在 0 至 {MOST_HELD} 之间。")
    known = None if areas is None else set(areas)
    odd = [one for one in profile.areas if not one or len(one) > 32 or (known is not None and one not in known)]
    if odd:
        raise AccountError(f"没有这个领域：{odd[0][:32]}。")
    if not profile.languages or any(one not in LANGUAGES for one in profile.languages):
        raise AccountError("语言至少选一种。")
    return Profile(
        profile.role,
        person,
        profile.tier,
        tuple(dict.fromkeys(profile.areas)),
        _regions(profile.regions),
        tuple(dict.fromkeys(profile.languages)),
        profile.capacity,
        office,
        telephone(profile.extension),
    )


def telephone(raw: str) -> str:
    """An extension or number as the exchange dials it; "" for none. Raises AccountError."""
    number = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", raw))
    if number and not _EXTENSION.fullmatch(number):
        raise AccountError("分机号应当是 2 至 20 位数字。")
    return number


def governs(seat: Seat | None, regions: Iterable[str]) -> bool:
    """Whether an administrator's regions hold all of these; None is the command line."""
    return seat is None or all(any(one.startswith(own) for own in seat.regions) for one in regions)


def account_name(raw: str) -> str:
    """The name as it is kept and compared."""
    return unicodedata.normalize("NFKC", raw).strip()


def _regions(given: tuple[str, ...]) -> tuple[str, ...]:
    """Prefixes of division codes without those that another one covers."""
    tidy = tuple(dict.fromkeys(one.strip() for one in given))
    if not tidy:
        raise AccountError("至少选一个地区；全国填“全国”。")
    for one in tidy:
        full = one.ljust(6, "0")
        if one and not (one.isascii() and one.isdigit() and len(one) in (2, 4, 6) and place_name(full)):
            raise AccountError(f"没有这个地区代码：{one[:12]}。")
    return ("",) if "" in tidy else tuple(
        one for one in tidy if not any(other != one and one.startswith(other) for other in tidy)
    )  # fmt: skip
