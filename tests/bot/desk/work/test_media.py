"""Files are told by what they are, and get a name that misleads nobody."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.work.media import LONGEST_NAME, named, sniff


def word(macro: bool = False) -> bytes:
    out = io.BytesIO()
    Document().save(out)
    if macro:
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("word/vbaProject.bin", b"x")
    return out.getvalue()


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, b"x")
    return out.getvalue()


def repr_start(value: object) -> str:
    """A name for a case that is the same in every process: a zip file carries the time."""
    return repr(value)[:24]


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"%PDF-1.7\n", ".pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ".png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", ".jpg"),
        (b"#!AMR\n\x3c", ".amr"),
        (b"#!AMR-WB\n\x3c", ".amr"),
        (b"ID3\x04\x00", ".mp3"),
        (b"\xff\xfb\x90\x00", ".mp3"),
        (word(), ".docx"),
        ("工资条\n三月：5000".encode(), ".txt"),
        ("工资条".encode("gb18030"), ".txt"),
        ("\ufeff工资".encode(), ".txt"),
    ],
    ids=repr_start,
)
def test_what_is_taken(content: bytes, suffix: str) -> None:
    media = sniff(content)
    assert media is not None
    assert media.suffix == suffix


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03", b"\x7fELF\x02\x01", zipped("evil.exe"), zipped("word/document.xml"), word(macro=True),
        b"PK\x03\x04 broken", b"GIF89a\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x00\x01\x02", b"   ",
    ],
    ids=repr_start,
)  # fmt: skip
def test_what_is_not_taken(content: bytes) -> None:
    assert sniff(content) is None


def test_names_are_cleaned_and_end_as_what_they_are() -> None:
    pdf = sniff(b"%PDF-1.7")
    assert pdf is not None
    assert named("工资条.pdf", pdf) == "工资条.pdf"
    assert named("../../etc/passwd", pdf) == "passwd.pdf"
    assert named("C:\\文件\\合同.exe", pdf) == "合同.pdf"
    assert named("合同\u202efdp.exe", pdf) == "合同fdp.pdf"
    assert named("  ..", pdf) == "文件.pdf"


@given(st.text(max_size=300))
def test_any_name_becomes_a_safe_one(raw: str) -> None:
    text = sniff("字".encode())
    assert text is not None
    name = named(raw, text)
    assert name.endswith(".txt")
    assert len(name) <= LONGEST_NAME + 4
    assert not set(name) & set('/\\:*?"<>|\x00\n')
