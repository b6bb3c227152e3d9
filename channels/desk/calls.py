"""The desk's side of a telephone call: who called, and what was recorded."""

from __future__ import annotations

import asyncio
import io
import wave

from aiohttp import web

from bot.calls.call import ENDS, Kept
from bot.desk.refused import Refused
from channels.body import json_answer, read_object, text_field
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.errors import ApiError
from channels.services import services
from voice.recordings import RecordingDamaged, Recordings

KINDS = {"call": "通话录音", "message": "留言录音", "disputed": "通话录音（争议保留）"}
LONGEST_REASON = 200


async def one(request: web.Request) -> web.Response:
    """GET /desk/api/conversations/{id}/call"""
    call = await _call(request)
    names = services(request).recordings.of(call.id)
    return json_answer(
        {
            "transport": call.transport,
            "caller": call.caller,
            "called": call.called,
            "reference": call.reference,
            "started": call.started.isoformat(timespec="seconds"),
            "ended": call.ended.isoformat(timespec="seconds") if call.ended is not None else None,
            "outcome": ENDS.get(call.outcome, call.outcome),
            "recordings": [{"name": name, "kind": KINDS.get(name.rpartition(".")[2], "录音")} for name in names],
        }
    )


async def listen(request: web.Request) -> web.Response:
    """GET /desk/api/conversations/{id}/recordings/{name}: as a WAV file; who listened is noted."""
    session, parts = signed(request), services(request)
    call, name = await _call(request), request.match_info["name"]
    if name not in parts.recordings.of(call.id):
        raise ApiError(410, "no_recording", "没有这段录音，或者已经按规定删除。")
    try:
        sound = await asyncio.to_thread(_wav, parts.recordings, name)
    except FileNotFoundError:
        raise ApiError(410, "no_recording", "这段录音已经按规定删除。") from None
    except RecordingDamaged:
        raise ApiError(500, "damaged_recording", "这段录音打不开：文件损坏，或者服务的密钥换过。") from None
    await parts.calls.noted(call, session.seat, "recording_heard", recording=name)
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=sound, content_type="audio/wav", headers=headers)


async def decide(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/recordings/delete|keep with {"reason"}

    Delete when the citizen asks for it; keep while a complaint or review refers to them.
    """
    session, parts = signed(request), services(request)
    call, body = await _call(request), await read_object(request)
    reason = text_field(body, "reason").strip()[:LONGEST_REASON]
    if not reason:
        raise ApiError(400, "no_reason", "请写理由。")
    names = parts.recordings.of(call.id)
    if request.match_info["action"] == "delete":
        await asyncio.to_thread(parts.recordings.delete, call.id)
        await parts.calls.noted(call, session.seat, "recording_deleted", reason=reason, recordings=len(names))
    else:
        for name in names:
            if name.endswith((".call", ".message")):
                await asyncio.to_thread(parts.recordings.keep_as, name, "disputed")
        await parts.calls.noted(call, session.seat, "recording_kept", reason=reason, recordings=len(names))
    return json_answer({"recordings": len(parts.recordings.of(call.id))})


async def _call(request: web.Request) -> Kept:
    try:
        return await services(request).calls.of(request.match_info["id"], signed(request).seat)
    except Refused as error:
        raise refused(error) from None


def _wav(recordings: Recordings, name: str) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(recordings.rate(name))
        for pcm in recordings.read(name):
            made.writeframes(pcm)
    return file.getvalue()
