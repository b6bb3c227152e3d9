"""What citizens are told whose files could not be taken."""

from __future__ import annotations

NOT_HEARD = "抱歉，这段语音我没有听清。麻烦您打字再说一遍，或者换个安静的地方重新录一段。"
VOICE_GONE = "抱歉，这段语音没有取到。麻烦您打字再说一遍。"
FILE_NOT_TAKEN = "抱歉，这份东西没有收下：{why}"
