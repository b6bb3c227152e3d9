"""Finds decided cases like the one a citizen tells, says in what they are alike and how they ended."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge_base.areas import near
from knowledge_base.citations.law_names import PREFIX
from knowledge_base.document import CASES, Document
from knowledge_base.documents.indexed import article_term
from knowledge_base.documents.searcher import DocumentFilters, DocumentHit, DocumentSearcher
from knowledge_base.text.analysis import normalise

_POOL = 40
_FACTS = 1600
"""Characters of the facts that are compared; the articles follow them in the query."""
_FLOOR = 0.4
"""Least score of a case that is shown: measured on stories of everyday life, below it most cases only share words."""
_RANK = 0.4
"""Share of the engine's ranking, which knows how often words stand and where, in the order of the cases shown."""
_LEAST_WORDS = 2
"""Telling words that story and case have in common at least. In the same area a long one is enough, or any where the
engine finds nothing more alike; where both rest on the same article none is needed. Elsewhere they must have been
said, and one article in common stands for one of them."""
_SAME_ARTICLE, _SAME_AREA, _OTHER_AREA = 0.15, 0.16, -0.2
_GENERAL = re.compile("诉讼法|仲裁法》|解释》|最高人民法院")
"""Procedure says little of a case's likeness."""
_HOLDING = 110
"""Characters of a holding that are quoted in a reason."""
_LEADS = re.compile(r"^[\s0-9一二三四五六七八九十.、．（）()]+")
_BARE = re.compile(
    "他人|造成|约定|期限|支付|单位|公司|行为|责任|应当|要求|赔偿|损害|损失|合同|当事人|法院|规定|情况|关系|权利|义务|承担|起诉|金额|"
    "费用|主张|请求|双方|对方|依法|协议|签订|履行|提供|证据|认定|构成|问题|时间|工作|人员|管理|自己|一方|第三人|进行|事实|及时|足额|"
    "服务|活动|安全|电话|接到|书面|形式|按照|返还|存续|财物|公私|孩子|视频|网上|东西|房子|保护|家庭|人身|网络|手机|微信|朋友|经营|机动车|"
    "劳动|劳动者|用人单位|财产|生活|发生|方式|订立"
)
"""Words found in every other case."""
_NO_ISSUE = re.compile("^[不未没零一二三四五六七八九十百千万两]")


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A decided case like the one told."""

    document: Document
    score: float
    """0 to about 1.3; comparable between searches."""
    reasons: tuple[str, ...]
    """Why it is alike and what was held, in sentences a citizen understands (Simplified Chinese)."""
    outcome: str
    """How it ended; "" where the source does not tell."""


async def similar_cases(
    facts_text: str,
    citations: Iterable[str],
    area: str | Iterable[str],
    searcher: DocumentSearcher,
    limit: int = 3,
) -> list[SimilarCase]:
    """Cases like `facts_text`, the most alike first; none rather than one that only shares words.

    `citations` are those of the opinion, as `format_citation` writes them; `area` one of `AREAS`, several of them
    (`TOPIC_AREAS`), or "" when it is not known. Raises what the searcher raises.
    """
    cited = [*dict.fromkeys(article_term(c) for c in citations)]
    areas = [area] if isinstance(area, str) else [*area]
    query = f"{facts_text[:_FACTS]}\n{'；'.join(cited)}"
    wanted = [a for a in areas if a]
    hits = {hit.document.id: hit for hit in await searcher.find(query, DocumentFilters(kinds=CASES), _POOL)}
    for name in wanted:
        within = await searcher.find(query, DocumentFilters(kinds=CASES, area=name), _POOL // 2)
        hits |= {hit.document.id: hit for hit in within}
    best = max((hit.score for hit in hits.values()), default=0.0) or 1.0
    said = normalise(facts_text)
    found = [case for hit in hits.values() if (case := _compare(hit, hit.score / best, set(cited), wanted, said))]
    found.sort(key=lambda case: (-case.score, case.document.id))
    return _different(found)[:limit]


def _compare(hit: DocumentHit, rank: float, cited: set[str], areas: list[str], said: str) -> SimilarCase | None:
    """The case when it is like enough; `rank` is its score as a share of the best one's, `said` what was told."""
    document = hit.document
    common = [a for c in document.citations if (a := article_term(c)) in cited and not _GENERAL.search(a)]
    common = [*dict.fromkeys(common)]
    words = _issues(hit)
    score = hit.likeness + _SAME_ARTICLE * min(2, len(common))
    fits = bool(document.area) and document.area in areas
    if areas and document.area:
        score += _SAME_AREA if fits else 0.0 if any(near(document.area, a) for a in areas) else _OTHER_AREA
    if fits:
        alike = bool(common) or len(words) >= _LEAST_WORDS or any(rank > 0.99 or len(word) > 2 for word in words)
    else:  # legal terms behind the words told prove nothing where even the area is not sure
        alike = sum(word in said for word in words) >= (1 if common else _LEAST_WORDS)
    ranked = (1 - _RANK) * score + _RANK * rank
    if not alike or min(score, ranked) < _FLOOR:
        return None
    return SimilarCase(document, round(ranked, 4), tuple(_reasons(document, words, common)), document.outcome)


def _issues(hit: DocumentHit) -> list[str]:
    """Words in common that say what the case is about, the most telling first, none inside another."""
    about = f"{_cause(hit.document.title)} {' '.join(hit.document.keywords)} {hit.document.gist}"
    told = [w for w in hit.shared if len(w) > 1 and not _BARE.fullmatch(w) and not _NO_ISSUE.match(w)]
    whole = [w for w in told if not any(w != other and w in other for other in told)]
    return [w for w in whole if w in about] or ([] if hit.document.gist else whole)


def _cause(title: str) -> str:
    """The cause of action in a printed title, without the parties; a title in words of its own is all cause."""
    return re.split("公司|诉|、|等", title)[-1] if title.endswith("案") else title


def _reasons(document: Document, words: list[str], common: list[str]) -> list[str]:
    out = []
    if words:
        out.append(f"同样涉及{'、'.join(words[:3])}。")
    if common:
        out.append(f"同样适用{'、'.join(c.replace(PREFIX, '') for c in common[:2])}。")
    holding = _holding(document.gist)
    if holding:
        out.append(f"{'检察机关指出' if '检察' in document.issuer else '法院认为'}：{holding}")
    return out


def _holding(gist: str) -> str:
    """The first sentences of a gist, whole where they fit."""
    plain = _LEADS.sub("", gist.strip())
    out = ""
    for sentence in re.findall(r"[^。\n]+。?", plain):
        if out and len(out) + len(sentence) > _HOLDING:
            break
        out += sentence.strip()
    if len(out) > 2 * _HOLDING:
        cut = max(out.rfind(mark, 0, _HOLDING) for mark in "，；、")
        out = out[: cut if cut > 0 else _HOLDING] + "……"
    return out if not out or out.endswith(("。", "……")) else out + "。"


def _different(cases: list[SimilarCase]) -> list[SimilarCase]:
    """Without a second report of the same case: the Gazette prints many guiding cases too."""
    out: list[SimilarCase] = []
    for case in cases:
        mark = _mark(case.document)
        if not any(mark == _mark(other.document) for other in out):
            out.append(case)
    return out


def _mark(document: Document) -> str:
    plain = re.sub(r"\W|诉|与|指导案例\d+号", "", document.title)
    return plain[:24]
