"""How long a call waits for what, in seconds; a region can set its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Defaults as people on the hotline would wait."""

    silence: float = 8.0
    """Of the caller, until asked whether they are there."""
    pondering: float = 15.0
    """Of who was told not to hurry."""
    hold: float = 60.0
    """Of who has asked us to wait."""
    key: float = 3.0
    """After the last key, until the number is taken as complete."""
    thinking: float = 2.0
    """Of the engine, until the caller is told to wait."""
    hearing: float = 1.5
    """Of the recogniser without a sign of life, until it counts as dead."""
    engine: float = 12.0
    """Of the engine, until it counts as lost."""
    place: float = 20.0
    """Between two announcements of the caller's place."""
    queue: float = 300.0
    """For a person, until a message is offered."""
    briefing: float = 3.0
    """For the summary to show; a person matters more than it."""
    ringing: float = 45.0
    """For the seat to pick up."""
    pause: float = 5.0
    """Of the caller in a message, until it counts as complete."""
    message: float = 120.0
    """A message at most."""
    alone: float = 120.0
    """After nobody could come to somebody in danger, until people are looked for again because the engine wants one."""
    rating: float = 6.0
    """For the key."""
    speaking: float = 60.0
    """For one sentence to be spoken, until the voice counts as lost and the call goes on."""
