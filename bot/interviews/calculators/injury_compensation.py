"""What may be claimed for a personal injury: costs, lost income and compensation for a disability."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Count, Percent, Yuan, calculator

# 人身损害赔偿解释 12: twenty years; above sixty one less for each year of age; five from seventy-five on.
FULL_YEARS = 20
LESS_ABOVE_AGE = 60
OLD_AGE, OLD_AGE_YEARS = 75, 5
# Practice of the courts: grade 1 is 100 %, each further one 10 % less. 人身损害赔偿解释 12 only says "by the grade".
GRADES = 10
PERCENT_PER_GRADE = Decimal(10)


@calculator(
    "民法典 第一千一百七十九条",
    refers=(
        (
            "最高人民法院《关于审理人身损害赔偿案件适用法律若干问题的解释》第六条至第十二条、第十六条至第十八条、第二十二条、第二十三条",
            "各项费用怎么算；残疾赔偿金按受诉法院所在地上一年度城镇居民人均可支配收入算二十年，六十周岁以上逐年减少，七十五周岁以上算五年；"
            "住所地标准更高的可以按住所地算；靠伤者养的未成年人、丧失劳动能力又没有收入的家人，生活费加进残疾赔偿金；精神损害抚慰金另外算",
        ),
        (
            "各伤残等级的赔偿比例（一级100%，每低一级少10%，十级10%）",
            "这是各地法院的通行做法，司法解释只说按伤残等级，没有写比例；有几处伤残的，各地加算的办法不同",
        ),
    ),
)
def injury_compensation(
    *,
    medical: Yuan = Decimal(0),
    lost_income: Yuan = Decimal(0),
    nursing: Yuan = Decimal(0),
    transport: Yuan = Decimal(0),
    hospital_meals: Yuan = Decimal(0),
    nutrition: Yuan = Decimal(0),
    other: Yuan = Decimal(0),
    disability_grade: Count | None = None,
    age: Count | None = None,
    yearly_income: Yuan | None = None,
    their_share: Percent = Decimal(100),
) -> Calculation | None:
    """Sum of the items, times the other side's share; `yearly_income` is the local one of urban residents a head."""
    items = (
        ("医疗费", medical),
        ("误工费", lost_income),
        ("护理费", nursing),
        ("交通费", transport),
        ("住院伙食补助费", hospital_meals),
        ("营养费", nutrition),
        ("其他损失", other),
    )
    lines = [Line(label, "", cents(amount)) for label, amount in items if cents(amount) > 0]
    notes = ["这是按您说的数额加起来的，要有发票、病历、收入证明等材料。"]
    if _percent(disability_grade) is None:
        notes.append("构成伤残的，还可以要求残疾赔偿金，要等伤残鉴定后再算。")
    elif yearly_income is None or yearly_income <= 0:
        notes.append("残疾赔偿金没有算进去：要用当地上一年度城镇居民人均可支配收入来算，请在当地统计局网站查。")
    else:
        lines.append(_disability(disability_grade, age, yearly_income, notes))
    if not lines:
        return None
    notes.append("需要假肢等辅助器具的费用、精神损害赔偿另外算。")
    total = sum((line.amount for line in lines), Decimal(0))
    if 0 <= their_share < 100:
        share = cents(total * their_share / 100)
        lines.append(Line("对方按责任分担", f"{plain_number(total)} × {plain_number(their_share)}%", share))
        notes.append("双方各担多少责任，最后由法院认定。")
        total = share
    return Calculation("可以要求赔偿的损失", tuple(lines), total, note="".join(notes))


def disability_years(age: Decimal | None) -> int:
    """For how many years a disability is compensated; an unknown age counts as below sixty."""
    whole = 0 if age is None else int(age)
    if whole >= OLD_AGE:
        return OLD_AGE_YEARS
    return FULL_YEARS - max(whole - LESS_ABOVE_AGE, 0)


def _percent(grade: Decimal | None) -> Decimal | None:
    if grade is None or grade != int(grade) or not 1 <= grade <= GRADES:
        return None
    return 100 - (grade - 1) * PERCENT_PER_GRADE


def _disability(grade: Decimal | None, age: Decimal | None, income: Decimal, notes: list[str]) -> Line:
    percent = _percent(grade) or Decimal(0)
    years = disability_years(age)
    if age is None:
        notes.append("残疾赔偿金按未满六十周岁算二十年；年纪更大的，六十周岁以上每大一岁少一年，七十五周岁以上算五年。")
    notes.append("残疾赔偿金按上一年度城镇居民人均可支配收入算，等级对应的比例是法院通行的做法，最后以判决为准。")
    # 人身损害赔偿解释 16, 17: what dependants need to live is added to the compensation for a disability.
    notes.append("有未成年的孩子，或者丧失劳动能力又没有收入的家人靠伤者养的，还可以要求加上被扶养人生活费。")
    expression = f"{plain_number(income)} × {years}年 × {plain_number(percent)}%"
    return Line("残疾赔偿金", expression, cents(income * years * percent / 100))
