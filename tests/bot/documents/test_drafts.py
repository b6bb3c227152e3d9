"""Every template with a topic that uses it: what was told stands in it, what was not is marked, nothing is invented."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.documents.blocks import Line, Table
from bot.documents.docx import render_docx
from bot.documents.draft import EVIDENCE_LIST, blank_form, draft_documents
from bot.documents.drafted import Drafted
from bot.documents.filling import plain
from bot.documents.pdf import render_pdf
from bot.documents.template import Template, load_templates
from bot.interviews.conclude import conclude
from bot.interviews.facts import FactValue
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics
from bot.interviews.topic_parts import Fact
from knowledge_base.text.numerals import article_key
from tests.bot.interviews.citizens import TODAY, ask_all

DATA = Path(__file__).parents[3] / "training_data"
TOPICS = load_topics(DATA / "topics")
TEMPLATES = load_templates(DATA / "documents")
USED = {use: topic for topic in TOPICS.values() for use in (EVIDENCE_LIST, *(draft.use for draft in topic.documents))}
GAP = re.compile(r"【[^【】]*】")


def drafts(topic: Topic, facts: dict[str, FactValue]) -> dict[str, Drafted]:
    return {one.id: one for one in draft_documents(topic, facts, conclude(topic, facts, TODAY), TEMPLATES, TODAY)}


def words(drafted: Drafted) -> list[str]:
    found: list[str] = []
    for block in drafted.blocks:
        found += [block.text] if isinstance(block, Line) else []
        found += [cell for row in block.rows for cell in row] if isinstance(block, Table) else []
    return found


def squeeze(text: str) -> str:
    return "".join(text.replace("\x00", "").split())


def some_case(template: str) -> Drafted:
    """The template as drafted for the first simulated citizen for whom it is drafted."""
    topic = USED[template]
    for seed in range(2000):
        facts: dict[str, FactValue] = {}
        ask_all(topic, facts, random.Random(f"{template} {seed}"))
        if (found := drafts(topic, facts).get(template)) is not None:
            return found
    # Facts that are never asked, only mentioned, may decide: then draw any.
    for seed in range(20_000):
        draw = random.Random(f"{template} {seed}")
        found = drafts(topic, {one.id: FactValue(_any(one, draw)) for one in topic.facts}).get(template)
        if found is not None:
            return found
    raise AssertionError(f"{topic.id} never drafts {template}")


def _any(fact: Fact, draw: random.Random) -> str | float | bool:
    match fact.type:
        case "choice":
            return draw.choice(fact.options).value
        case "yes_no":
            return draw.random() < 0.5
        case "date":
            return f"{draw.randint(2023, 2026)}-0{draw.randint(1, 9)}-15"
        case "place" | "text":
            return "武汉"
        case _:
            return float(draw.randint(int(fact.min or 0), int(min(fact.max or 100, (fact.min or 0) + 100))))


@pytest.mark.parametrize("template", sorted(USED))
def test_every_template_reads_back_from_word_and_pdf(template: str) -> None:
    drafted = some_case(template)
    everything = [squeeze(one) for one in words(drafted)]
    document = docx.Document(BytesIO(render_docx(drafted.paper())))
    paragraphs = [*document.paragraphs]
    paragraphs += [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    written = squeeze("".join(p.text for p in paragraphs))
    pages = PdfReader(BytesIO(render_pdf(drafted.paper()))).pages
    pdf = "".join(re.sub(r"第\d+页$", "", squeeze(page.extract_text())) for page in pages)
    assert document.paragraphs[0].text == drafted.title
    for one in everything:
        assert one in written
    for one in everything:
        assert one in pdf
    for text in (written, pdf):
        assert "{" not in text
        assert "}" not in text
        assert "待核实" not in text
    marked = "".join(
        run.text for p in paragraphs for run in p.runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    )
    assert sorted(GAP.findall(marked)) == sorted(GAP.findall("".join(words(drafted))))
    assert len(GAP.findall(marked)) == drafted.gaps
    assert Drafted.from_dict(drafted.to_dict()) == drafted


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_no_party_is_invented(template: str) -> None:
    """Everything that is told of a party is a gap."""
    read: Template = TEMPLATES[template]
    if template not in USED:
        assert read.alone
        return
    told = words(some_case(template))
    for party in read.parties:
        line = next(one for one in told if one.startswith(f"{party.role}："))
        left = GAP.sub("", line.removeprefix(f"{party.role}："))
        assert not re.search(r"\d", left)
        assert line.count("【") >= 2


def test_a_wage_claim_reads_as_a_lawyer_would_write_it() -> None:
    facts = {
        "relation": FactValue("employee"),
        "owed": FactValue(15000.0),
        "still_employed": FactValue(False),
        "why_left": FactValue("unpaid"),
        "service_months": FactValue(26.0),
        "monthly_wage": FactValue(None, unknown=True),
        "left_on": FactValue("2026-09-01"),
    }
    found = drafts(TOPICS["unpaid_wages"], facts)
    assert list(found) == ["labour_arbitration", "complaint_letter", EVIDENCE_LIST]
    told = words(found["labour_arbitration"])
    assert "1．裁决被申请人支付拖欠的工资15,000元。" in told
    assert "2．裁决被申请人支付经济补偿【待填：金额】。" in told
    story = next(one for one in told if "拖欠申请人工资" in one)
    assert "工作2年2个月，每月工资【待填：每月工资】" in story
    assert "于2026年9月1日离开" in story
    assert not any("劳动行政部门已经责令" in one for one in told)
    basis = next(one for one in told if one.startswith("以上请求"))
    assert "《中华人民共和国劳动合同法》第三十条" in basis
    assert "刑法" not in basis
    numbers = [int(article_key(one)) for one in re.findall("第[一二三四五六七八九十百]+条", basis.split("《")[1])]
    assert len(numbers) > 1
    assert numbers == sorted(numbers)


def test_a_letter_that_asks_for_no_money_does_not_speak_as_if_it_did() -> None:
    """Who wants to see the books of the company is not owed anything; 公司法 57 asks for a written request."""
    told = words(drafts(TOPICS["shareholder_dispute"], {"issue": FactValue("books")})["demand_letter"])
    assert told[0] == "催告函"
    assert any("查阅会计账簿" in one for one in told)
    assert not any("付清" in GAP.sub("", one) for one in told)


def test_a_claim_of_a_finding_that_was_not_concluded_is_left_out() -> None:
    found = drafts(TOPICS["unpaid_wages"], {"relation": FactValue("employee"), "owed": FactValue(9000.0)})
    assert not any(
        "经济补偿" in one for one in words(found["labour_arbitration"]) if one.startswith(("1．", "2．", "裁决"))
    )


def test_citations_that_were_not_verified_are_left_out() -> None:
    topic, facts = TOPICS["unpaid_wages"], {"relation": FactValue("employee"), "owed": FactValue(9000.0)}
    conclusions = conclude(topic, facts, TODAY)
    drafted = draft_documents(topic, facts, conclusions, TEMPLATES, TODAY, lambda _: False)
    for one in drafted:
        assert not any("《中华人民共和国" in text for text in words(one))
        assert not any("仲裁不收费" in text for text in words(one))


def test_evidence_is_listed_without_the_advice() -> None:
    facts = {"relation": FactValue("employee"), "owed": FactValue(9000.0)}
    drafted = drafts(TOPICS["unpaid_wages"], facts)[EVIDENCE_LIST]
    table = next(block for block in drafted.blocks if isinstance(block, Table))
    assert table.rows[0] == ("序号", "证据名称", "证明什么", "原件或复印件", "页数")
    assert table.rows[1][:3] == ("1", "劳动合同、工牌、工作服、社保记录、工作群截图", "在那里干活")
    assert not any("您" in cell for row in table.rows for cell in row)


def test_what_was_told_stands_even_where_it_was_not_asked() -> None:
    facts = {
        "relation": FactValue("employee"),
        "owed": FactValue(15000.0),
        "still_employed": FactValue(True),
        "monthly_wage": FactValue(5000.0),
    }
    told = words(drafts(TOPICS["unpaid_wages"], facts)["labour_arbitration"])
    assert any("每月工资5,000元" in one for one in told)


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_a_form_that_nothing_fills_tells_nothing(template: str) -> None:
    form = blank_form(TEMPLATES[template])
    assert form.gaps > 2
    assert not re.search(r"\d", re.sub(r"(?m)^\d．", "", GAP.sub("", form.text)))
    assert TEMPLATES[template].hand_in.say not in form.text


def test_the_form_of_an_agreement_holds_what_both_must_say() -> None:
    assert "男女双方自愿离婚。" in blank_form(TEMPLATES["divorce_agreement"]).text
    assert "待填：您的请求" not in blank_form(TEMPLATES["iou"]).text


def test_an_instruction_in_a_claim_is_a_gap() -> None:
    facts = {"need": FactValue("cannot_pay"), "hardship": FactValue("just_poor")}
    told = words(drafts(TOPICS["court_costs_help"], facts)["fee_relief"])
    assert "请求准予【待填：缓交、减交、免交，选写一种】诉讼费用。" in told


@pytest.mark.parametrize("template", ["labour_arbitration", "divorce_agreement", "protection_order"])
def test_no_name_stands_on_a_page_without_a_line_of_the_text(template: str) -> None:
    drafted = some_case(template)
    for extra in range(0, 26, 3):
        blocks = list(drafted.blocks)
        at, block = next((at, one) for at, one in enumerate(blocks) if isinstance(one, Line) and at > 2)
        blocks[at] = Line(block.style, block.text + "另有情况说明如下，" * 9 * extra)
        longer = tuple(blocks)
        pages = PdfReader(BytesIO(render_pdf(replace(drafted, blocks=longer).paper()))).pages
        for page in pages:
            lines = [squeeze(one) for one in page.extract_text().splitlines() if squeeze(one)]
            assert lines[0] != "此致", (template, extra)
            assert not lines[0].endswith("＿＿日"), (template, extra)
            assert "：＿＿＿＿＿＿＿＿" not in lines[0], (template, extra)


@pytest.mark.parametrize("template", ["labour_arbitration", "divorce_agreement"])
def test_word_keeps_the_closing_with_the_text_before_it(template: str) -> None:
    paragraphs = docx.Document(BytesIO(render_docx(some_case(template).paper()))).paragraphs
    first = next(at for at, one in enumerate(paragraphs) if one.text == "此致" or one.text.startswith("男方（签名"))
    last = next(at for at, one in enumerate(paragraphs) if one.text.endswith("＿＿日"))
    assert last - first >= 2
    assert all(one.paragraph_format.keep_with_next for one in paragraphs[first - 1 : last])
    assert not paragraphs[last].paragraph_format.keep_with_next


def test_the_words_of_a_citizen_never_look_like_a_field_or_a_gap() -> None:
    assert plain("【我】{owed}") == "〔我〕（owed）"


def test_what_a_topic_leaves_to_the_citizen_is_a_gap() -> None:
    facts = {"status": FactValue("registered"), "agree": FactValue("refuses")}
    told = words(drafts(TOPICS["divorce"], facts)["civil_complaint"])
    assert any("【待填：写明由谁抚养" in one for one in told)


def test_a_range_is_not_claimed_but_left_to_decide() -> None:
    facts = {
        "need": FactValue("support"),
        "together": FactValue("never_wed"),
        "age": FactValue(5.0),
        "income": FactValue(8000.0),
        "children": FactValue(1.0),
    }
    told = words(drafts(TOPICS["custody"], facts)["civil_complaint"])
    assert any("每月支付抚养费【待填：具体金额，参考1,600元至2,400元】" in one for one in told)


def _values(fact: Fact) -> st.SearchStrategy[FactValue | None]:
    known: st.SearchStrategy[str | float | bool]
    match fact.type:
        case "choice":
            known = st.sampled_from([option.value for option in fact.options])
        case "yes_no":
            known = st.booleans()
        case "date":
            known = st.dates(TODAY.replace(year=2020), TODAY).map(lambda day: day.isoformat())
        case "place" | "text":
            known = st.text(max_size=20)
        case _:
            known = st.floats(fact.min or 0, fact.max or 1e6, allow_nan=False).map(lambda one: round(one, 2))
    return st.one_of(st.none(), st.just(FactValue(None, unknown=True)), known.map(FactValue))


@pytest.mark.parametrize("topic_id", sorted(TOPICS))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_facts_draft_without_a_fault(topic_id: str, data: st.DataObject) -> None:
    topic = TOPICS[topic_id]
    drawn = {fact.id: data.draw(_values(fact), label=fact.id) for fact in topic.facts}
    facts = {name: told for name, told in drawn.items() if told is not None}
    for drafted in drafts(topic, facts).values():
        text = "\n".join(words(drafted))
        assert "{" not in text
        assert "}" not in text
        assert "待核实" not in text
        assert "待核算" not in text
        assert drafted.gaps == len(GAP.findall(text)) > 0
        assert Drafted.from_dict(drafted.to_dict()) == drafted


def _complaint(topic: str, told: Mapping[str, Any]) -> list[str]:
    facts = {name: FactValue(value) for name, value in told.items()}
    return words(drafts(TOPICS[topic], facts)["civil_complaint"])


def test_a_company_that_is_sued_is_described_as_one() -> None:
    sued = {"stage": "preparing", "matter": "money", "amount": 50_000.0}
    company = "".join(_complaint("how_to_sue", {**sued, "defendant_known": "company"}))
    assert "被告：【单位全称】，统一社会信用代码【统一社会信用代码】" in company
    assert "法定代表人" in company
    person = "".join(_complaint("how_to_sue", {**sued, "defendant_known": "full"}))
    assert "被告：【姓名或单位全称】" in person


def test_a_firm_that_sues_is_described_signs_and_attaches_as_one() -> None:
    told = {"issue": "partners", "agreement": True}
    firm = _complaint("small_business", {**told, "form": "partnership"})
    assert any(one.startswith("原告：【单位全称】") for one in firm)
    assert any("起诉人（盖章" in one for one in firm)
    assert any("营业执照" in one for one in firm)
    owner = _complaint("small_business", {**told, "form": "individual"})
    assert any(one.startswith("原告：【姓名】") for one in owner)
    assert any("起诉人（签名）" in one for one in owner)
    assert any(one.endswith("原告身份证复印件") for one in owner)


def test_who_may_be_either_is_described_so_that_both_can_fill_it_in() -> None:
    paper = _complaint("contract_breach", {"problem": "defective"})
    assert any(one.startswith("原告：【姓名或单位全称】") for one in paper)
    assert any("起诉人（个人签名，单位盖章）" in one for one in paper)


def test_what_may_be_claimed_in_several_ways_is_left_to_choose() -> None:
    paper = "".join(_complaint("contract_breach", {"problem": "defective"}))
    assert "判令被告【待填：退货、减价、修理、重作，选写一样】，赔偿损失。" in paper
    invalid = "".join(_complaint("shareholder_dispute", {"issue": "decision", "wrong": "unlawful"}))
    assert "决议无效" in invalid
    assert "不成立" not in invalid


_UNTOLD = re.compile(
    r"经.{0,5}催|催要后|多次(?:要求|催)|没有谈成|协商.{0,4}没有结果|要求.{0,4}处理，没有解决|要求.{0,6}，双方"
)
"""What only who tells it can assert: that it was asked for, or talked about in vain."""


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_no_paper_asserts_that_it_was_asked_for_where_nobody_told_so(topic: str) -> None:
    lines = [line for draft in TOPICS[topic].documents for line in draft.story]
    untold = [line.say for line in lines if line.when == "true" and _UNTOLD.search(line.say)]
    assert untold == []


def test_a_loan_without_a_day_is_not_said_to_have_been_asked_back() -> None:
    told = {"role": "lender", "principal": 30_000.0, "proof": "iou", "due": "open_date"}
    paper = "".join(_complaint("private_loan", told))
    assert "原告催要后" not in paper
    assert "【待填：写明哪天、怎么要过；没要过的删去】" in paper
