"""A client of the app API in plain Python 3: `python faxian_client.py http://127.0.0.1:8348 [FILE]` tries it.

Copy it into your application. Nothing but the standard library is needed.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import sys
import time
import urllib.error
import urllib.request
import uuid

PIECE = 256 * 1024


class FaxianError(Exception):
    """The service said no. `text` may be shown to people, `code` is for programs."""

    def __init__(self, problem, retry_after=None):
        super().__init__(problem["detail"])
        self.status = problem["status"]
        self.code = problem["error"]["code"]
        self.text = problem["detail"]
        self.retry_after = retry_after


class Faxian:
    """One conversation of one of your users. Keep `id` and `token` to take it up again."""

    def __init__(self, base, app_key=None, id=None, token=None):
        self.base, self.app_key, self.id, self.token = base.rstrip("/"), app_key, id, token
        self.last_seq = 0

    def open(self):
        """Begin; the greeting's parts."""
        opened = self._json("POST", "/api/v1/conversations")
        self.id, self.token = opened["id"], opened["token"]
        return opened["replies"]

    def say(self, text, message_id=None):
        """Say something; the answer. The same id again is the same message, so a failed call can simply be repeated."""
        body = {"message_id": message_id or str(uuid.uuid4()), "text": text}
        attempt = 0
        while True:
            try:
                return self._json("POST", f"/api/v1/conversations/{self.id}/messages", body)
            except FaxianError as error:
                if error.status not in (429, 503) or attempt == 4:
                    raise
                time.sleep(error.retry_after or 1)
            except urllib.error.URLError:
                if attempt == 4:
                    raise
                time.sleep(2**attempt)
            attempt += 1

    def wait(self, seconds=25):
        """Messages that have come since the last call; waits for one. Call it in a loop to see what people write."""
        found = self._json("GET", f"/api/v1/conversations/{self.id}/messages?after={self.last_seq}&wait={seconds}")
        if found["messages"]:
            self.last_seq = found["messages"][-1]["seq"]
        return found

    def upload(self, name, content, message_id=None):
        """Send a file, going on where it stopped whenever the connection breaks; the number of its message, if any."""
        told = {"filename": name, "message_id": message_id or str(uuid.uuid4())}
        metadata = ", ".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())
        path = f"/api/v1/conversations/{self.id}/uploads"
        begun = self._call("POST", path, headers={"Upload-Length": str(len(content)), "Upload-Metadata": metadata})
        place, offset, failures = begun["Location"], int(begun["Upload-Offset"]), 0
        done = begun
        while offset < len(content):
            headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            try:
                done = self._call("PATCH", place, content[offset : offset + PIECE], headers)
                offset, failures = int(done["Upload-Offset"]), 0
            except (urllib.error.URLError, ConnectionError, FaxianError) as error:
                failures += 1
                if failures > 5 or (isinstance(error, FaxianError) and error.status not in (409, 429, 503)):
                    raise
                time.sleep(getattr(error, "retry_after", None) or failures)
                offset = int(self._call("HEAD", place)["Upload-Offset"])
        return done.get("Faxian-Message-Seq")

    def _json(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        with self._request(method, path, data, {"Content-Type": "application/json"} if data else {}) as answer:
            return json.load(answer)

    def _call(self, method, path, data=None, headers=None):
        with self._request(method, path, data, {"Tus-Resumable": "1.0.0", **(headers or {})}) as answer:
            return answer.headers

    def _request(self, method, path, data, headers):
        headers = dict(headers)
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.app_key:
            headers["Faxian-App"] = self.app_key
        request = urllib.request.Request(self.base + path, data, headers, method=method)
        try:
            return urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as error:
            problem = json.loads(error.read() or b"null") or {"status": error.code, "detail": "", "error": {"code": ""}}
            raise FaxianError(problem, int(error.headers.get("Retry-After") or 0)) from None


def verified(secret, headers, body, now=None):
    """The message of a webhook request, if its signature is right and not old; else None. `body` is the raw bytes."""
    names = {name.lower(): value for name, value in headers.items()}
    try:
        at = int(names["webhook-timestamp"])
        signed = f"{names['webhook-id']}.{at}.".encode() + body
        given = names["webhook-signature"].split()
    except (KeyError, ValueError):
        return None
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    right = sum(hmac.compare_digest(wanted.encode(), one.encode()) for one in given)  # all of them, whichever is right
    return json.loads(body) if right and abs((now or time.time()) - at) <= 300 else None


def main(base, file=None):
    """Talk a little."""
    faxian = Faxian(base)
    print("问候：", faxian.open()[0]["text"])
    answer = faxian.say("老板拖欠我三个月工资")
    for part in answer["replies"]:
        print("回答：", part["text"])
    print("状态：", faxian.say("转人工")["state"])
    content = pathlib.Path(file).read_bytes() if file else b"%PDF-1.7\n" + b"% evidence\n" * 40_000
    print("文件：", faxian.upload("材料.pdf", content))
    print("消息：", [message["seq"] for message in faxian.wait(5)["messages"]])


if __name__ == "__main__":
    main(*sys.argv[1:])
