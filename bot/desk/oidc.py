"""Signing in by an OpenID Connect provider: only whom an administrator has linked to an account comes in."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.desk.accounts import Account, Accounts, LoginRefused, Where, token_hash
from bot.desk.factor import new_token
from bot.desk.id_token import Identity
from bot.desk.seat import Seat, Session

FLOW = timedelta(minutes=10)
"""How long somebody may take at the provider."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What must come back with somebody who went to the provider."""

    nonce: str
    verifier: str


class Provider(Protocol):
    """The provider, over the network."""

    async def address(self, state: str, nonce: str, challenge: str) -> str:
        """Where to send the browser. Raises LoginRefused when the provider does not answer."""
        ...

    async def identity(self, code: str, verifier: str, nonce: str) -> Identity:
        """Whom the code stands for. Raises LoginRefused when that cannot be proved."""
        ...


class FlowRecords(Protocol):
    """The storage behind; changes write the audit trail in the same transaction."""

    async def keep(self, state_hash: str, flow: Flow, now: datetime, expires: datetime) -> None:
        """Remember a flow; expired ones are forgotten."""
        ...

    async def take(self, state_hash: str, now: datetime) -> Flow | None:
        """The flow, this once; None when there is none or it has expired."""
        ...

    async def linked(self, subjects: tuple[str, ...]) -> Account | None:
        """The account linked to the first of these that is linked to any."""
        ...

    async def pin(self, seat: Seat, old: str, subject: str, now: datetime) -> None:
        """From now on it is the provider's subject that counts: an e-mail address can become somebody else's."""
        ...

    async def refused(self, where: Where, now: datetime) -> None:
        """Note that somebody came whom no account is linked to."""
        ...


class OidcSignIn:
    """Authorisation code flow with PKCE (RFC 7636), state and nonce."""

    def __init__(self, provider: Provider, records: FlowRecords, accounts: Accounts, clock: Clock) -> None:
        self._provider = provider
        self._records = records
        self._accounts = accounts
        self._clock = clock

    async def begin(self) -> tuple[str, str]:
        """Where to send the browser, and the state it must bring back in a cookie. Raises LoginRefused."""
        state, flow, now = new_token(), Flow(new_token(), new_token()), self._clock.now()
        address = await self._provider.address(state, flow.nonce, challenge(flow.verifier))
        await self._records.keep(token_hash(state), flow, now, now + FLOW)
        return address, state

    async def finish(self, state: str, expected: str, code: str, where: Where) -> tuple[str, Session]:
        """A new session, as `Accounts.sign_in` gives it. `expected`: the cookie's state. Raises LoginRefused."""
        if not state or not hmac.compare_digest(token_hash(state), token_hash(expected)):
            raise LoginRefused("登录没有完成，请再试一次。")
        flow = await self._records.take(token_hash(state), self._clock.now())
        if flow is None or not code:
            raise LoginRefused("登录没有完成，请再试一次。")
        found = await self._provider.identity(code, flow.verifier, flow.nonce)
        subject, email = f"sub:{found.subject}", f"email:{found.email}" if found.email else ""
        account = await self._records.linked((subject, email) if email else (subject,))
        if account is None or account.disabled:
            await self._records.refused(where, self._clock.now())
            raise LoginRefused("这个统一登录身份没有绑定工作台账号，请联系管理员。")
        if account.subject != subject:
            await self._records.pin(account.seat, account.subject, subject, self._clock.now())
        return await self._accounts.admit(account, "oidc", where, proved=found.several_factors)


def challenge(verifier: str) -> str:
    """Of a verifier, by S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
