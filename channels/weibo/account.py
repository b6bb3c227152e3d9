"""What Weibo and we know of each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Account:
    """One account with the fan service."""

    app_key: str
    secret: str = field(repr=False)
    """What callbacks are signed with."""
    token: str = field(repr=False)
    """What our calls are allowed by; Weibo gives one for a year, where the application is entered."""
    api: str
    uploads: str
    """Where files are."""

    @classmethod
    def of(cls, settings: Settings) -> Account | None:
        """The account that is set; None where the channel is off."""
        named = settings.weibo_app_key, settings.weibo_secret, settings.weibo_token
        if not all(named):
            return None
        return cls(*named, settings.weibo_api_base.rstrip("/"), settings.weibo_upload_base.rstrip("/"))
