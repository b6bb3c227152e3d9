"""Says back what it hears: to try a line out, and to measure one."""

from __future__ import annotations

from voice.media import CallEnded, Frame, MediaSession


async def echo(session: MediaSession) -> None:
    """Until the caller hangs up."""
    try:
        while (heard := await session.receive()) is not None:
            if isinstance(heard, Frame):
                await session.send(heard.pcm)
    except CallEnded:
        return
