"""Papers that were drafted, as a caller hears of them."""

from __future__ import annotations

from bot.dialogue.engine import Part
from bot.interviews.opinion import HOW_TO_GET
from bot.rasa import wording
from voice.drafts import told_of
from voice.spoken import spoken

DRAFT = "仲裁申请书\n申请人：【姓名】，性别【性别】，住址【住址】，电话【电话】。\n附：\n1. 工资条"


def test_a_draft_is_told_of_and_where_it_is() -> None:
    text = "\n".join([wording.PAPER_GIVEN.format(title="仲裁申请书", gaps=18), DRAFT, HOW_TO_GET])
    told = spoken([Part("text", text)], by_link=True).sentences
    assert told == ("仲裁申请书我按您说的写好了。", "里面有18处要您自己填。", "都在发给您的链接里，打开就能下载。")
    assert spoken([Part("text", text)], by_link=False).sentences[-1] == "报事项编号就可以请工作人员给您。"


def test_a_blank_form_is_told_of_with_what_has_to_be_known() -> None:
    text = "\n".join([wording.PAPER_FORM.format(title="借条"), DRAFT, "", "· 两个人都要签字"])
    told = spoken([Part("text", text)], by_link=True).sentences
    assert told == ("空白的借条我这里有，要您自己填。", "报事项编号就可以请工作人员给您。", "两个人都要签字。")


def test_papers_are_told_by_their_names() -> None:
    lines = "· 仲裁申请书：向仲裁委要工资时交（还有18处要填）\n· 投诉信：向部门投诉（还有3处要填）\n"
    told = told_of(f"{wording.MORE_DOCUMENTS}\n{lines}{HOW_TO_GET}", by_link=True)
    assert told == "我已经为您起草了这些文书，仲裁申请书，投诉信。\n都在发给您的链接里，打开就能下载。"


def test_what_speaks_of_a_gap_is_no_draft() -> None:
    assert told_of("空着的【】要您自己填。", by_link=True) == "空着的【】要您自己填。"
