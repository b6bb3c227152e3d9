"""Reads the printed text of a case: what it decides, what happened, why, and how it ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MAX_OUTCOME = 170
_SHORT = 120
"""Characters that facts have at least."""
_CUT_AT = (3000,)
_PARTY = re.compile(
    r"^\s*(?:原审|再审|一审|二审|附带民事诉讼)?(?:原告|被告|被告人|上诉人|被上诉人|申请人|被申请人|申诉人|第三人|自诉人|公诉机关|抗诉机关|法定代表人|法定代理人"
    r"|负责人|诉讼代表人|委托代理人|委托诉讼代理人|诉讼代理人|辩护人|执行人|申请执行人|被执行人|复议机关|赔偿请求人|赔偿义务机关)"
    r"[^，。：:\n称认为述求供举出交答诉论]{0,12}[：:][^\n]*$",
    re.MULTILINE,
)
_HEAD = re.compile(
    r"^(关键词|裁判要点|裁判要旨|要旨|基本案情|案例要旨|裁判结果|裁判理由|相关法条)[ 　]*",
    re.MULTILINE,
)
_SUMMARY = re.compile(r"【(?:裁判摘要|案例要旨|要旨)】\s*(.+)", re.DOTALL)
_THINKS = re.compile(r"^[^\n。]{0,60}(?:院|庭)[^\n。，；“]{0,16}认为(?=[：:，,])", re.MULTILINE)
_DECIDES = re.compile(
    r"(?:判决|裁定|决定|调解书|调解协议)(?:如下)?[：:]\s*|(?:判决书|裁定书|决定书)[：:]\s*"
    r"|(?:判决|裁定|决定)(?:书)?[，,]\s*(?=[判驳撤维准变确认责以承终裁])|达成(?:如下)?(?:调解)?协议[：:]\s*"
)
_UNTIL = re.compile(
    r"(?:一审|第一审|原审|二审)?(?:判决|裁定)?(?:宣判后|宣告后|送达后)|不服|提起上诉|提出上诉|提出抗诉"
    r"|(?<![本自])(?:判决|裁定|裁判)(?:现)?已经?(?:发生法律效力|生效)|[^。；\n]{2,25}(?:法院|检察院)于\s*\d{4}\s*年"
    r"|(?:本判决|本裁定)为终审"
)
_SENTENCE = re.compile(
    r"(?:法院|检察院|检察机关|该院)[^。\n]{0,80}?((?:判处|改判|驳回|维持原|撤销原|决定不|依法作出不)[^。\n]{4,})"
)
_COMMENT = re.compile("(?:裁定|判决)?[，,]?(?:认定|适用法律|事实清楚|正确|并无不当|符合)")
"""What a court says of a decision, which is no decision."""
_STAGE = (("再审", "再审"), ("终字", "二审"), ("民终", "二审"), ("刑终", "二审"), ("行终", "二审"), ("上诉", "二审"))
_CAUSE = re.compile(r"(?:发生|关于|因)([^，。；、（）\n]{2,20}(?:纠纷|争议))")
_CHARGED = re.compile("提起公诉|被告人|不起诉人|罪犯")
_ISSUED = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(?:公布|发布)")
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_NUMBER = re.compile(
    r"[（(〔﹝\[](?:19|20)\d{2}[）)〕﹞\]][\u4e00-\u9fff0-9]{1,18}?第?\s*[0-9\-、]+(?:之[一二三四五六七八九十])?号"
)
_RESULT_HEADS = re.compile(
    r"^(?:[（(【]?[一二三四五六七八九]?[）)、]?)(?:裁判结果|监督结果|处理结果|诉讼结果|诉讼过程|办理结果|案件结果|再审结果|判决结果)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class CaseText:
    """The parts of a case that is printed as one text; any may be empty."""

    gist: str
    facts: str
    reasons: str
    result: str


def split_case(text: str) -> CaseText:
    """The parts of a text such as the Gazette prints. Lists of parties are left out: they only name people."""
    plain = re.sub(r"^#+[^\n]*\n", "", text.strip())
    if "基本案情" in plain and "裁判理由" in plain:
        return _by_headings(plain)
    plain = _squeeze(plain)
    first_party = _PARTY.search(plain)
    start = first_party.start() if first_party else 0
    summary = _SUMMARY.search(plain[:start])
    gist = summary[1].strip() if summary else ""
    body = _squeeze(_PARTY.sub("", plain[start:]))
    cut = _where_reasons_begin(body)
    return CaseText(gist, body[:cut].strip(), body[cut:].strip(), body[cut:].strip() or body)


def _by_headings(text: str) -> CaseText:
    parts: dict[str, str] = {}
    marks = [*_HEAD.finditer(text)]
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        parts.setdefault(mark[1].strip("【】"), _squeeze(text[mark.end() : after.start() if after else None]))
    gist = parts.get("裁判要点") or parts.get("裁判要旨") or parts.get("要旨") or ""
    result = parts.get("裁判结果", "")
    return CaseText(gist, _squeeze(_PARTY.sub("", parts.get("基本案情", ""))), parts.get("裁判理由", ""), result)


def _where_reasons_begin(body: str) -> int:
    """Where the court begins to reason; the whole text is facts when it never does, or at once."""
    thinks = _THINKS.search(body, _SHORT)
    return thinks.start() if thinks else len(body)


def is_cut(text: str) -> bool:
    """Whether a compiler cut the text off: it stops within a sentence or at the length that is known for it."""
    return len(text) in _CUT_AT or not text.rstrip().endswith(("。", "）", ")", "”", "！", "？", "；", "】"))


def outcome_of(*parts: str, whole: bool = True) -> str:
    """How the case ended, at most 170 characters, from the part that says so; "" when none does.

    Given in order of trust: the result, the reasons, the facts. Every instance that decided is told, the last one first
    to be kept when room is short. Not `whole`: the text was cut off, and only a decision in due form counts.
    """
    for part in parts:
        heads = [*_RESULT_HEADS.finditer(part)]
        told = _decisions(part[heads[-1].end() :] if heads else part, whole) or _decisions(part, whole)
        if told:
            return told
    return ""


def _decisions(text: str, loose: bool) -> str:
    found: list[str] = []
    for mark in _DECIDES.finditer(text):
        rest = text[mark.end() : mark.end() + 400]
        stop = _UNTIL.search(rest, 2)
        what = _trim(_whole(rest, stop.start() if stop else len(rest)))
        if len(what) < 6 or _COMMENT.match(what):
            continue
        before = text[max(0, mark.start() - 60) : mark.start()] + what[:12]
        stage = next((name for sign, name in _STAGE if sign in before), "")
        found.append((f"{stage}：" if stage and found else "") + what)
    if not found:
        plain = [m[1] for m in _SENTENCE.finditer(text) if loose and not _COMMENT.match(m[1])]
        return _clip(plain[-1], _MAX_OUTCOME) + "。" if plain else ""
    out = found[-1]
    if len(found) > 1 and (len(out) < 40 or "维持" in out):
        out = f"一审：{_clip(found[0], _MAX_OUTCOME - min(len(out), 90) - 6)}；{_clip(out, 90)}"
    return _clip(out, _MAX_OUTCOME).rstrip("。；，") + "。"


def _whole(text: str, end: int) -> str:
    """`text` up to `end`, without the beginning of a sentence that is not told to its end."""
    full = text.rfind("。", 0, end)
    return text[: full + 1] if full > 0 else text[:end]


def _trim(text: str) -> str:
    flat = re.sub(r"\s+", "", text).strip("：:，,。；;")
    return _clip(flat, _MAX_OUTCOME)


def _clip(text: str, most: int) -> str:
    """Cut at the last full clause within `most` characters."""
    if len(text) <= most:
        return text
    cut = max(text.rfind(mark, 0, most) for mark in "。；，")
    return text[: cut if cut > most // 2 else most - 1].rstrip("。；，") + "…"


def cause_of(facts: str) -> str:
    """The cause of action as the opening sentence names it, e.g. 股权转让纠纷; "" when it does not."""
    opening = facts[:300]
    found = _CAUSE.search(opening)
    return found[1] if found else "公诉" if _CHARGED.search(opening) else ""


def published_on(text: str) -> date | None:
    """The day the text says it was published; None when it does not say or the day does not exist."""
    found = _ISSUED.search(text)
    return _day(found) if found else None


def decided_on(text: str) -> date | None:
    """The last day named in the result: that of the decision in force."""
    days = [day for m in _DAY.finditer(text) if (day := _day(m))]
    return max(days, default=None)


def case_number(text: str) -> str:
    """The last court file number in the text, e.g. （2013）川民终字第100号; "" when there is none."""
    numbers = _NUMBER.findall(text)
    return str(numbers[-1]) if numbers else ""


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _squeeze(text: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", text).strip()
