"""Violence at home, told in so few words that no classifier is sure of them."""

from __future__ import annotations

import re

HOME = "domestic_violence"
"""The topic that comes before whatever else somebody tells who is beaten at home."""

_PARTNER = r"(?:[我俺]家?(?:男人|女人|那口子|当家的)|老公|丈夫|老婆|妻子|媳妇|男朋?友|女朋?友|对象|前[夫妻]|爱人|同居)"
_KIN = rf"(?:{_PARTNER}|公公|婆婆|[爸妈]|父亲|母亲|继[父母]|儿子|女婿)"
_BEATER = (
    rf"(?:{_KIN}|[哥弟姐妹嫂]|女儿|闺女|孙子|孙女|爷爷|奶奶|外公|外婆|姥[姥爷]|小叔子|大伯子|岳[父母]|丈[人母]|家里人)"
)
_FAMILY = re.compile(_KIN)
_OUT_OF_HOME = re.compile(
    r"学校|幼儿园|班上|同学|室友|老师|街上|路上|工地|车间|同事|邻居|监狱|牢里|陌生人|欠(?:人家|别人|他们?)|债主|[讨催要][债账]|堵[^,，。]{0,4}门|"
    r"业主群|小区群|(?:跟|和|与)(?:人家?|别人|对方|客户|工友)[^,，。]{0,4}打|把(?:对方|人家|别人)[^,，。]{0,6}打"
)
"""「儿子在学校被打了」 is no violence at home, nor is what a creditor does to the wife or he does to others."""
_HITS = r"(?:殴打|毒打|打|揍|掐|踹|踢|扇|抽|捶|虐待)"
_HURT = r"(?:(?:[我俺咱]|[爸妈])(?!的?(?:电话|手机|主意|车|钱))|[孩娃崽]|女儿|儿子|闺女|老婆|老人)"
_BEATEN = re.compile(
    rf"{_BEATER}[^,，。;；被]{{0,5}}{_HITS}(?:了|过|得|伤|着|住)*{_HURT}|"
    rf"{_BEATER}[^,，。;；被]{{0,4}}把{_HURT}[^,，。;；]{{0,4}}{_HITS}|"
    rf"被[我俺]?{_BEATER}[^,，。;；]{{0,4}}(?:{_HITS}|家暴)|"
    rf"(?:{_PARTNER}|^[他她])(?:[昨今]|刚|又|总|老|还|经常|天天|一?喝[醉多]?[了酒]*|就|对我|[晚天])*(?:动手|家暴|打人)"
)
_STRANGER = r"(?:别人|人家|外人|路人|一?个人)"
_NOT_US = re.compile(
    rf"(?:没有?|不|从不|没再)(?:再|会)?(?:打|动手|家暴)|打[了伤]*{_STRANGER}|游戏|麻将|官司|打工|如果|要是|怕"
)
_BEAT_STRANGER = re.compile(
    rf"{_BEATER}[^,，。;；被]{{0,6}}(?:把{_STRANGER}[^,，。;；]{{0,4}}打|打[了伤]{{1,2}}{_STRANGER})"
)


def is_at_home(words: str) -> bool:
    """Whether the words speak of the family and of no place out of the home."""
    return bool(_FAMILY.search(words)) and not _OUT_OF_HOME.search(words)


def beaten_at_home(words: str) -> bool:
    """Whether they say that one of the family beats another."""
    return bool(_BEATEN.search(words)) and not (_OUT_OF_HOME.search(words) or _NOT_US.search(words))


def beat_others(words: str) -> bool:
    """Whether one of the family has beaten somebody else."""
    return bool(_BEAT_STRANGER.search(words))
