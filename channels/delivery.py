"""Why a message did not arrive, and what that means for the next try."""

from __future__ import annotations


class DeliveryFailed(Exception):
    """The provider did not take the message; the text says why, without what the message says, as people of the desk
    read it (Simplified Chinese).

    `retry_after` seconds is when the provider wants to be asked again: a limit, that uses up no try. `final`: trying
    again is of no use. `until_contact`: it takes nothing before the citizen writes next.
    """

    def __init__(
        self, text: str, retry_after: float | None = None, final: bool = False, until_contact: bool = False
    ) -> None:
        super().__init__(text)
        self.retry_after = retry_after
        self.final = final
        self.until_contact = until_contact
