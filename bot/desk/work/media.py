"""What kind of file some bytes are, told by the bytes alone: names are whatever their sender likes."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

MOST_ENTRIES = 2000
"""Parts a Word document may have; the directory of a bomb has more."""
LONGEST_NAME = 100
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MP4_BRANDS = (b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"MSNV", b"M4V ")
_MP3_FRAME = (0xFA, 0xFB, 0xF2, 0xF3)


@dataclass(frozen=True, slots=True)
class Media:
    """A kind of file that is taken."""

    type: str
    suffix: str


_PDF = Media("application/pdf", ".pdf")
_PNG = Media("image/png", ".png")
_JPEG = Media("image/jpeg", ".jpg")
_WORD = Media(_DOCX, ".docx")
_AMR = Media("audio/amr", ".amr")
_MP3 = Media("audio/mpeg", ".mp3")
_SILK = Media("audio/silk", ".silk")
_WAV = Media("audio/wav", ".wav")
_OGG = Media("audio/ogg", ".ogg")
_WEBM = Media("video/webm", ".webm")
_MP4 = Media("video/mp4", ".mp4")
_TEXT = Media("text/plain", ".txt")
TAKEN = "PDF、Word（docx）、图片（png、jpg）、文本（txt）、录音（amr、mp3、wav、ogg、silk）和视频（mp4、webm）"
"""The kinds, as people are told."""


def sniff(content: bytes) -> Media | None:
    """The kind of `content`; None for what is not taken, macros included."""
    if content.startswith(b"%PDF-"):
        return _PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return _PNG
    if content.startswith(b"\xff\xd8\xff"):
        return _JPEG
    if content.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return _AMR
    if content.startswith(b"ID3") or (len(content) > 1 and content[0] == 0xFF and content[1] in _MP3_FRAME):
        return _MP3
    if content.startswith((b"\x02#!SILK", b"#!SILK")):
        return _SILK
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return _WAV
    if content.startswith(b"OggS\x00"):
        return _OGG
    if content.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in content[:64]:
        return _WEBM
    if content[4:8] == b"ftyp" and content[8:12].strip().isalnum():
        return _MP4
    if content[4:8] == b"ftyp" and content[8:12] in _MP4_BRANDS:
        return _MP4
    if content.startswith(b"PK\x03\x04"):
        return _WORD if _is_word(content) else None
    return _TEXT if _is_text(content) else None


def named(raw: str, media: Media) -> str:
    """A name to keep: no path, nothing a file system or a reader could be misled by, and the suffix of its kind."""
    name = _UNSAFE.sub("", unicodedata.normalize("NFC", re.split(r"[/\\]", raw)[-1])).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if dot and 1 <= len(suffix) <= 5 and suffix.isascii() and suffix.isalnum():
        name = stem.strip(" .")
    return f"{name[:LONGEST_NAME] or '文件'}{media.suffix}"


def _is_word(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {entry.filename for entry in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False  # no archive that can be read is no Word file: whoever sends it is told so
    needed = {"[Content_Types].xml", "word/document.xml"} <= names
    return needed and len(names) <= MOST_ENTRIES and not any(name.lower().endswith("vbaproject.bin") for name in names)


def _is_text(content: bytes) -> bool:
    """UTF-8 or GB 18030 without control characters. It is only ever served as plain text to be saved."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return bool(content.strip()) and not _BINARY.search(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return False
