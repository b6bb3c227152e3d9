"""What the provider and we know of each other: ids, secrets, addresses."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.settings import Settings, wechat_key


@dataclass(frozen=True, slots=True)
class Account:
    """One official account."""

    appid: str
    token: str = field(repr=False)
    """What callbacks are signed with."""
    secret: str = field(repr=False)
    """What our calls are allowed by."""
    key: bytes | None = field(repr=False)
    """Of messages in safe and compatible mode; None where the account sends them in plain."""
    api: str
    """Address of the provider's API, without a slash at its end."""

    @classmethod
    def of(cls, settings: Settings) -> Account | None:
        """The official account that is set; None where the channel is off."""
        if not (settings.wechat_token and settings.wechat_appid and settings.wechat_secret):
            return None
        key = wechat_key(settings.wechat_aes_key) if settings.wechat_aes_key else None
        api = settings.wechat_api_base.rstrip("/")
        return cls(settings.wechat_appid, settings.wechat_token, settings.wechat_secret, key, api)

    @classmethod
    def of_service(cls, settings: Settings) -> Account | None:
        """The customer-service account (kf) of an enterprise; None where it is off. Its callbacks are always sealed."""
        named = settings.wechat_kf_corpid, settings.wechat_kf_token, settings.wechat_kf_secret
        if not (all(named) and settings.wechat_kf_aes_key):
            return None
        key, api = wechat_key(settings.wechat_kf_aes_key), settings.wechat_kf_api_base.rstrip("/")
        return cls(*named, key, api)
