"""Benchmark files are read as they come, and what is wrong is named with its line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from knowledge_base.measuring.benchmark import BenchmarkError, read_corpus, read_questions

ARTICLE = (
    '{"id": 7, "law": "劳动法", "chapter": "第一章 总则", "article_no": "第三条", "text": "劳动者享有休息的权利。"}\n'
)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_corpus_is_read_plain_and_packed(tmp_path: Path) -> None:
    plain = write(tmp_path / "c.jsonl", ARTICLE + "\n")
    packed = tmp_path / "c.jsonl.gz"
    packed.write_bytes(gzip.compress(ARTICLE.encode()))
    assert read_corpus(plain) == read_corpus(packed)
    (article,) = read_corpus(plain)
    assert (article.id, article.law, article.number) == ("7", "劳动法", "第三条")


def test_questions_get_their_answers(tmp_path: Path) -> None:
    queries = write(tmp_path / "q.jsonl", '{"id": 1, "text": "周末要上班吗"}\n{"id": 2, "text": "没有答案"}\n')
    qrels = write(tmp_path / "r.tsv", "1\t7\t1\t劳动法第三条\n1\t8\t0\t\n1\t9\t1\t\n")
    (question,) = read_questions(queries, qrels)
    assert question.answers == {"7", "9"}
    assert read_questions(queries, write(tmp_path / "t.tsv", "1 0 7 1\n"))[0].answers == {"7"}
    assert read_questions(queries, write(tmp_path / "h.tsv", "query\tarticle\tscore\n1\t7\t1\n"))[0].answers == {"7"}


@pytest.mark.parametrize(
    ("text", "told"),
    [("{", "c.jsonl:1: not JSON"), ("[1]", "c.jsonl:1: expected an object"), ('{"id": 1}', "c.jsonl:1: no law, text"),
     ("", "no articles")],
)  # fmt: skip
def test_a_broken_corpus_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BenchmarkError, match=told):
        read_corpus(write(tmp_path / "c.jsonl", text))


def test_other_broken_files_are_told(tmp_path: Path) -> None:
    queries = write(tmp_path / "q.jsonl", '{"id": 1, "text": "周末要上班吗"}\n')
    with pytest.raises(BenchmarkError, match=r"r\.tsv:2: expected question"):
        read_questions(queries, write(tmp_path / "r.tsv", "1\t7\t1\nabc\n"))
    with pytest.raises(BenchmarkError, match="answers no question"):
        read_questions(queries, write(tmp_path / "r.tsv", "5\t7\t1\n"))
    with pytest.raises(BenchmarkError, match="cannot be read"):
        read_corpus(tmp_path / "absent.jsonl")
    with pytest.raises(BenchmarkError, match=r"q\.jsonl:1: expected id and text"):
        read_questions(write(tmp_path / "q.jsonl", '{"id": 1}\n'), write(tmp_path / "r.tsv", "1\t7\t1\n"))
    truncated = tmp_path / "t.jsonl.gz"
    truncated.write_bytes(gzip.compress(ARTICLE.encode())[:-12])
    with pytest.raises(BenchmarkError, match="cannot be read"):
        read_corpus(truncated)
