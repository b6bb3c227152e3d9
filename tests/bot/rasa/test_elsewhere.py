"""What an office decides is sent there; what has a topic or a law of its own is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.cited_law import CitedLaw
from bot.rasa.elsewhere import find_elsewhere, matters, refused
from knowledge_base.opening import open_searcher

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("公积金能不能提出来", "公积金"),
        ("我能不能领失业金", "人社"),
        ("农村医保报销比例", "医疗保障"),
        ("签证被拒了怎么办", "出入境"),
        ("驾照被扣12分怎么办", "交管"),
        ("我想改名字", "派出所"),
        ("孩子上学划片不公平", "教育"),
        ("学校收补课费合法吗", "教育"),
        ("飞机晚点赔多少", "民航"),
        ("公司偷税怎么举报", "税务"),
        ("饭店不让自带酒水合法吗", "市场监管"),
        ("火化证丢了去哪补", "民政"),
        ("劳动仲裁在哪里办", "仲裁委"),
        ("开个无犯罪证明去哪", "公安"),
        ("老赖坐飞机咋举报", "法院"),
        ("股票亏了能找证券公司吗", "证券"),
    ],
)
def test_the_office_is_named(said: str, who: str) -> None:
    matter = find_elsewhere(said)
    assert matter is not None
    assert who in matter.who


@pytest.mark.parametrize(
    "said",
    [
        "单位不给交公积金怎么办",
        "低保怎么申请",
        "我家低保被取消了",
        "移民外国的户口会注销吗",
        "离婚公积金怎么分",
        "公司不交社保",
        "孩子没出生证明上不了户口",
        "出嫁了户口迁走了还有地吗",
        "中介收了签证钱不退",
        "喝酒被扣了12分",
        "有人拉群炒股骗了我十万",
        "培训机构不退补课费",
        "身份证丢了被人拿去贷款",
        "我哥借我身份证办了张信用卡 银行找我",
        "老板扣了我的护照",
        "房东不退押金",
        "彩票中奖老公要分一半吗",
        "墓地退钱老板不退",
        "墓地到期要续费吗",
        "这帮王八蛋把我爸骨灰弄丢了",
        "我住在低保户隔壁，他家天天半夜吵，还往我家门口倒垃圾，我去说了两回他骂我还要打我，物业也不管，派出所来过一次也没用了",
    ],
)
def test_what_the_law_answers_stays(said: str) -> None:
    assert find_elsewhere(said) is None


async def test_every_article_binds(law_index: Path) -> None:
    cited = [text for one in matters() for text in one.cite] + list(refused().cite)
    assert (await CitedLaw.of(cited, open_searcher(law_index, lambda: DAY), DAY)).holds
