"""An engine with a small fixed script, for tests of everything around it and for working on the pages."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.dialogue.engine import EngineUnavailable, Handoff, Part, Reply, Turn

ARTICLES: dict[str, Any] = {
    "articles": [
        {
            "law": "中华人民共和国劳动法",
            "number": "第五十条",
            "text": "工资应当以货币形式按月支付给劳动者本人。不得克扣或者无故拖欠劳动者的工资。",
            "version": "2018-12-29",
            "warning": "",
        },
        {
            "law": "中华人民共和国刑法",
            "number": "第三百九十条",
            "text": "（示例文本，仅供界面测试。）",
            "version": "2020-12-26",
            "warning": "本条已被修正案（十二）修改，请以官方公布的文本为准。",
        },
    ]
}

QUESTION = Part("choices", "您是和单位建立了用工关系，还是临时给个人帮工？", ("单位员工", "给个人帮工", "不清楚"))


def opinion(matter: str) -> dict[str, Any]:
    """An opinion with every section filled."""
    wage_law = {
        "law": "中华人民共和国劳动法",
        "number": "第五十条",
        "text": "工资应当以货币形式按月支付给劳动者本人。不得克扣或者无故拖欠劳动者的工资。",
        "version": "2018-12-29",
        "warning": "",
    }
    return {
        "title": "关于拖欠工资的咨询意见书",
        "matter": matter,
        "date": "2026-11-23",
        "topic": "拖欠工资",
        "told": [
            {"label": "用工关系", "value": "单位员工", "said": "我在厂里上班"},
            {"label": "拖欠月数", "value": "3 个月", "said": "三个月没发了"},
            {"label": "月工资", "value": "5,000 元", "said": "一个月五千"},
            {"label": "离职日期", "value": "不清楚", "said": "记不清了"},
        ],
        "findings": [
            {
                "title": "单位应当足额支付工资",
                "text": "单位拖欠您约 15,000 元工资，您有权要求支付。",
                "certainty": "sure",
                "citations": [wage_law],
                "calculation": {
                    "title": "拖欠的工资",
                    "lines": [{"label": "3 个月 × 5,000 元", "expression": "3 × 5000", "amount": "15000.00"}],
                    "total": "15000.00",
                    "basis": "中华人民共和国劳动法第五十条",
                    "note": "按您说的数字计算，以工资条、银行流水为准。",
                },
            },
            {
                "title": "可以向劳动监察部门投诉",
                "text": "劳动行政部门可以责令单位限期支付。",
                "certainty": "likely",
                "citations": [
                    {
                        **wage_law,
                        "number": "第九十一条",
                        "text": "（示例文本，仅供界面测试。）",
                        "warning": "请核对最新文本。",
                    }
                ],
                "calculation": None,
            },
        ],
        "open": ["您什么时候离职还不清楚，这会影响申请仲裁的期限。"],
        "deadlines": [
            {
                "title": "申请劳动仲裁",
                "text": "最迟在 2026 年 12 月 1 日前向劳动人事争议仲裁委员会申请仲裁。",
                "last_day": "2026-12-01",
                "days_left": 8,
                "soon": True,
                "overdue": False,
                "citations": [
                    {
                        "law": "中华人民共和国劳动争议调解仲裁法",
                        "number": "第二十七条",
                        "text": "劳动争议申请仲裁的时效期间为一年。",
                        "version": "2007-12-29",
                        "warning": "",
                    }
                ],
            }
        ],
        "evidence": ["劳动合同、工资条、银行流水", "考勤记录、工作证", "和老板的聊天记录", "同事的证言"],
        "steps": ["先把考勤、工资记录拍照存好。", "向劳动保障监察大队投诉。", "投诉没有结果的，申请劳动仲裁。"],
        "where": [
            {"text": "劳动保障监察大队（拖欠工资可以投诉）", "phone": "12333"},
            {"text": "劳动人事争议仲裁委员会", "phone": ""},
        ],
        "legal_aid": {"text": "请求支付劳动报酬属于法律援助范围，经济困难可以申请。", "citations": []},
        "references": [{"title": "保障农民工工资支付条例", "note": "请以官方文本为准。"}],
        "documents": [
            {
                "id": "labour_arbitration",
                "title": "劳动人事争议仲裁申请书",
                "purpose": "向仲裁委员会要工资时交的申请书。",
                "gaps": 2,
                "blocks": [
                    {"style": "form_title", "text": "劳动人事争议仲裁申请书"},
                    {"style": "form_text", "text": "申请人：【姓名】，联系电话【联系电话】。"},
                    {"rows": [["序号", "证据名称"], ["1", "工资条"]], "widths": [1, 5]},
                    {"page": "new"},
                    {"style": "form_note", "text": "仲裁不收费。"},
                ],
            }
        ],
        "certainty": "以上结论根据您说的情况得出，情况有变结论也会变。",
        "disclaimer": "本意见书由智能助手生成，供您参考，不代替律师的正式意见。",
    }


class FakeEngine:
    """Answers by the words in the message; counts what it was asked; can be told to fail or to wait."""

    def __init__(self, slow: float = 0.0) -> None:
        self.slow = slow
        """Seconds a message with 慢 in it takes."""
        self.turns: list[Turn] = []
        self.asked = asyncio.Event()
        """Set once the first turn has come."""
        self.failing: Exception | None = None
        """Raised instead of an answer while set."""
        self.saying = ""
        """Said instead of an answer while set."""
        self.gate: asyncio.Event | None = None
        """While set and not open, answers wait for it."""

    async def respond(self, turn: Turn) -> Reply:
        """人工 hands off, 危险 urgently, 意见 an opinion, 法条 articles, 选择 choices, else an echo."""
        self.turns.append(turn)
        self.asked.set()
        if self.gate is not None:
            await self.gate.wait()
        if "慢" in turn.text:
            await asyncio.sleep(self.slow)  # what it stands for: a turn that is under way when something happens
        if self.failing is not None:
            raise self.failing
        if self.saying:
            return Reply((Part("text", self.saying),), turn.state)
        count = int(turn.state.get("count", 0)) + 1
        state: dict[str, Any] = {"count": count}
        still_open, question = ({"open": True}, QUESTION) if turn.state.get("open") else ({}, None)
        summary = {
            "topic": "拖欠工资",
            "facts": [{"label": "月工资", "value": "5,000 元", "said": "一个月五千"}],
            "findings": ["单位应当足额支付工资"],
            "deadlines": ["2036-12-01 前申请劳动仲裁"],
        }
        if "崩溃" in turn.text:
            raise EngineUnavailable("scripted failure")
        if "危险" in turn.text:
            said = Part("text", "您现在有危险的话，请马上拨打 110。我已经请值班人员来帮您。")
            danger = Handoff("来访人可能有人身危险", "urgent", "danger")
            return Reply((said,), state | still_open, danger, question=question, summary=summary)
        if "人工" in turn.text:
            said = Part("text", "好的，已经为您转给值班人员，请稍等。")
            wish = Handoff("来访人要求人工", "normal", "asked")
            return Reply((said,), state | still_open, wish, question=question, summary=summary)
        if "意见" in turn.text:
            said = Part("text", "根据您说的情况，我整理了一份意见书。")
            paper = Part("opinion", "关于拖欠工资的咨询意见书：单位应当足额支付工资。", data=opinion(turn.matter))
            return Reply((said, paper), state, topic="unpaid_wages", area="labour", summary=summary)
        if "法条" in turn.text:
            found = Part("articles", "我找到这些可能有关的法条，仅供参考：劳动法第五十条。", data=ARTICLES)
            return Reply((found,), state)
        if "选择" in turn.text or "工资" in turn.text:
            began = (Part("text", "拖欠工资可以依法要回来。"), QUESTION)
            return Reply(began, state | {"open": True}, topic="unpaid_wages", area="labour")
        return Reply((Part("text", f"（第 {count} 句）您说：{turn.text}"),), state)
