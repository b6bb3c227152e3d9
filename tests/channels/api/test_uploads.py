"""Files that come in pieces, over connections that break."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError
from hypothesis import given
from hypothesis import strategies as st

from channels.api.uploads import PIECE, metadata
from channels.errors import ApiError
from tests.fakes.client import Client

PDF = b"%PDF-1.7\n" + b"% evidence\n" * 60_000
"""More than one piece."""


def named(**told: str) -> str:
    return ", ".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in told.items())


class Upload:
    """One, as a client keeps it."""

    def __init__(self, client: Client, conversation: str, token: str) -> None:
        self.client, self.conversation = client, conversation
        self.auth = {"Authorization": f"Bearer {token}", "Tus-Resumable": "1.0.0"}
        self.place = ""

    async def begin(self, size: int = len(PDF), name: str = "合同.pdf", message_id: str = "file-1") -> Any:
        response = await self.client.http.post(
            f"/api/v1/conversations/{self.conversation}/uploads",
            headers={
                **self.auth,
                "Upload-Length": str(size),
                "Upload-Metadata": named(filename=name, message_id=message_id),
            },
        )
        self.place = response.headers.get("Location", "")
        return response

    async def send(self, offset: int, content: bytes, **headers: str) -> Any:
        kind = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        return await self.client.http.patch(self.place, data=content, headers={**self.auth, **kind, **headers})

    async def standing(self) -> Any:
        return await self.client.http.head(self.place, headers=self.auth)


@pytest.fixture(params=("sqlite", "postgresql"))
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh store: every test here runs on both databases."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'faxian.db'}"


@pytest.fixture
async def upload(client: Client) -> Upload:
    conversation, token = await client.conversation()
    return Upload(client, conversation, token)


async def transcript(upload: Upload) -> list[dict[str, Any]]:
    response = await upload.client.http.get(
        f"/api/v1/conversations/{upload.conversation}/messages", headers=upload.auth
    )
    found: list[dict[str, Any]] = (await response.json())["messages"]
    return found


async def test_a_file_goes_on_where_it_stopped_and_the_citizen_is_asked_whether_to_keep_it(upload: Upload) -> None:
    begun = await upload.begin()
    assert (begun.status, begun.headers["Upload-Offset"]) == (201, "0")
    half = len(PDF) // 2
    first = await upload.send(0, PDF[:half])
    assert (first.status, first.headers["Upload-Offset"]) == (204, str(half))
    standing = await upload.standing()
    assert (standing.headers["Upload-Offset"], standing.headers["Upload-Length"]) == (str(half), str(len(PDF)))
    again = await upload.send(0, PDF[:half])
    assert (again.status, again.headers["Upload-Offset"]) == (409, str(half))
    last = await upload.send(half, PDF[half:])
    assert (last.status, last.headers["Upload-Offset"]) == (204, str(len(PDF)))
    asked = (await transcript(upload))[-1]
    assert asked["parts"][0]["choices"] == ["存进材料", "不用存"]
    assert (await upload.standing()).headers["Upload-Offset"] == str(len(PDF))


async def test_a_file_for_a_person_is_a_message_with_its_id(upload: Upload) -> None:
    token = upload.auth["Authorization"].removeprefix("Bearer ")
    assert (await (await upload.client.say(upload.conversation, token, "人工")).json())["state"] == "waiting"
    await upload.begin()
    done = await upload.send(0, PDF)
    assert done.status == 204
    message = (await transcript(upload))[-1]
    assert (message["seq"], message["message_id"]) == (int(done.headers["Faxian-Message-Seq"]), "file-1")
    file = message["parts"][0]["data"]["id"]
    given_back = await upload.client.http.get(
        f"/api/v1/conversations/{upload.conversation}/files/{file}", headers=upload.auth
    )
    assert await given_back.read() == PDF


async def test_what_came_before_a_break_stays(upload: Upload) -> None:
    await upload.begin()
    sent = PDF[: PIECE + 1000]

    async def breaks() -> Any:
        yield sent
        async with asyncio.timeout(20):
            while (await upload.standing()).headers["Upload-Offset"] == "0":  # noqa: ASYNC110 - the server's to change
                await asyncio.sleep(0)
        raise ConnectionError("the train enters a tunnel")

    with pytest.raises(ClientError):
        await upload.send(0, breaks())  # type: ignore[arg-type]
    status, kept = 409, 0
    while status == 409:  # the server is still writing down what came before the break
        kept = int((await upload.standing()).headers["Upload-Offset"])
        status = (await upload.send(kept, PDF[kept:])).status
    assert status == 204
    assert PIECE <= kept <= len(sent)


async def test_the_same_message_id_is_the_same_upload(upload: Upload) -> None:
    first, second = await upload.begin(), await upload.begin()
    assert first.headers["Location"] == second.headers["Location"]
    other = await upload.begin(size=7)
    assert (other.status, (await other.json())["error"]["code"]) == (409, "message_id_reused")


async def test_two_who_bring_the_same_piece_bring_it_once(upload: Upload) -> None:
    await upload.begin()
    both = await asyncio.gather(upload.send(0, PDF), upload.send(0, PDF))
    assert 204 in [one.status for one in both]
    assert (await upload.standing()).headers["Upload-Offset"] == str(len(PDF))
    assert len([one for one in await transcript(upload) if one["parts"][0]["choices"][:1] == ["存进材料"]]) == 1


async def test_what_is_no_document_is_refused_and_forgotten(upload: Upload) -> None:
    await upload.begin(size=4, name="x.exe")
    refused = await upload.send(0, b"MZ\x90\x00")
    assert (refused.status, (await refused.json())["error"]["code"]) == (422, "bad_file_kind")
    assert (await upload.standing()).status == 404


async def test_limits_and_the_protocol(upload: Upload) -> None:
    offered = await upload.client.http.options(f"/api/v1/conversations/{upload.conversation}/uploads")
    assert offered.headers["Tus-Max-Size"] == str(10 * 1024 * 1024)
    assert (await upload.begin(size=10 * 1024 * 1024 + 1)).status == 413
    assert (await upload.begin(size=0)).status == 422
    assert (await upload.begin(message_id="a b")).status == 422
    await upload.begin(size=10)
    assert (await upload.send(0, b"x" * 11)).status == 413
    assert (await upload.send(0, b"x", **{"Content-Type": "text/plain"})).status == 415
    assert (await upload.send(0, b"x", **{"Upload-Offset": "-1"})).status == 400
    old = await upload.send(0, b"x", **{"Tus-Resumable": "0.2.2"})
    assert (old.status, old.headers["Tus-Version"]) == (412, "1.0.0")
    assert (await upload.client.http.delete(upload.place, headers=upload.auth)).status == 204
    assert (await upload.standing()).status == 404
    for number in range(5):
        assert (await upload.begin(message_id=f"m{number}")).status == 201
    assert (await (await upload.begin(message_id="m6")).json())["error"]["code"] == "too_many_uploads"


async def test_another_citizens_upload_is_not_there(upload: Upload, client: Client) -> None:
    await upload.begin()
    conversation, token = await client.conversation()
    stranger = Upload(client, conversation, token)
    stranger.place = upload.place.replace(upload.conversation, conversation)
    assert (await stranger.standing()).status == 404
    stranger.place = upload.place
    assert (await stranger.send(0, PDF)).status == 403


@given(st.text(max_size=60))
def test_metadata_is_read_or_refused(raw: str) -> None:
    try:
        assert isinstance(metadata(raw), dict)
    except ApiError as refused:
        assert refused.status == 400  # noqa: PT017 - either is right


@given(st.dictionaries(st.sampled_from(("filename", "message_id", "x")), st.text(max_size=20)))
def test_metadata_comes_as_it_was_sent(told: dict[str, str]) -> None:
    assert metadata(named(**told)) == told
