"""What is recorded of one call: all of it, and a message. The caller matters more than the recording."""

from __future__ import annotations

import logging

from voice.recordings import Kind, Recording, Recordings

_LOG = logging.getLogger(__name__)


class Tapes:
    """A disk that is full or gone is logged and costs no call."""

    def __init__(self, recordings: Recordings, call: str, rate: int) -> None:
        self._recordings, self._call, self._rate = recordings, call, rate
        self._whole: Recording | None = None
        self._message: Recording | None = None

    def write(self, pcm: bytes) -> None:
        """A frame of the caller's."""
        try:
            for recording in (self._whole, self._message):
                if recording is not None:
                    recording.add(pcm)
        except OSError as error:
            _LOG.error("the recording of call %s broke off: %s", self._call, error.strerror)
            self._whole = self._message = None

    def record(self, on: bool, forget: bool) -> None:
        """From here, or no more; `forget` deletes what there is."""
        if on:
            if self._whole is None:
                self._whole = self._begin("call")
        elif self._whole is not None:
            if forget:
                self._whole.forget()
            else:
                self._seal(self._whole)
            self._whole = None

    def start_message(self) -> None:
        """What comes now is the message."""
        self._message = self._begin("message")

    def end_message(self) -> str:
        """Name of its recording; "" where there is none."""
        message, self._message = self._message, None
        if message is None:
            return ""
        self._seal(message)
        return message.name

    def _begin(self, kind: Kind) -> Recording | None:
        try:
            return self._recordings.start(self._call, self._rate, kind)
        except OSError as error:
            _LOG.error("call %s is not recorded: %s", self._call, error.strerror)
            return None

    def _seal(self, recording: Recording) -> None:
        try:
            recording.close()
        except OSError as error:
            _LOG.error("the recording of call %s lost its end: %s", self._call, error.strerror)
