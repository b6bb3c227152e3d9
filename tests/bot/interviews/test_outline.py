"""The graph of a topic holds everything, and its edges are what conditions name."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.interviews.outline import Edge, outline
from bot.interviews.topic_file import load_topics, read_topic, topic_files
from bot.interviews.topic_search import search_topics

TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.mark.parametrize("path", topic_files(TOPICS), ids=lambda path: path.stem)
def test_everything_of_a_topic_is_in_its_outline(path: Path) -> None:
    topic = read_topic(path)
    whole = outline(topic)
    keys = [node.key for node in whole.nodes]
    assert len(set(keys)) == len(keys)
    wanted = [f"facts.{one.id}" for one in topic.facts] + [f"findings.{one.id}" for one in topic.findings]
    wanted += [f"deadlines.{one.id}" for one in topic.deadlines] + [f"documents.{one.use}" for one in topic.documents]
    assert set(wanted) <= set(keys)
    for edge in whole.edges:
        assert edge.start in keys
        assert edge.end in keys
    for finding in topic.findings:
        starts = {edge.start for edge in whole.edges if (edge.end, edge.how) == (f"findings.{finding.id}", "condition")}
        assert starts == {f"facts.{name}" for name in topic.expression(finding.when).names}


def test_the_edges_say_whether_a_condition_or_only_a_text_needs_the_answer() -> None:
    edges = outline(read_topic(TOPICS / "unpaid_wages.yaml")).edges
    assert Edge("facts.relation", "facts.due_on", "condition") in edges
    assert Edge("facts.complaint", "findings.amount", "text") in edges
    assert Edge("facts.relation", "findings.amount", "condition") in edges


def test_topics_are_found_by_name_question_finding_and_article() -> None:
    topics = load_topics(TOPICS).values()
    assert search_topics(topics, "拖欠工资")[0].topic.id == "unpaid_wages"
    assert "unpaid_wages" in {one.topic.id for one in search_topics(topics, "劳动合同法 第八十五条")}
    places = next(one.places for one in search_topics(topics, "一共欠了您多少工资") if one.topic.id == "unpaid_wages")
    assert places == (("问题", "一共欠了您多少工资？"),)
    assert len(search_topics(topics, " ")) == len(topics)
    assert search_topics(topics, "没有哪个主题会有这串词") == ()
