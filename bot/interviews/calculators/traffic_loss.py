"""Loss after a traffic accident and the other side's share of it."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Percent, Yuan, calculator


@calculator("民法典 第一千一百七十九条", "道路交通安全法 第七十六条")
def traffic_loss(
    *,
    medical: Yuan = Decimal(0),
    lost_income: Yuan = Decimal(0),
    nursing: Yuan = Decimal(0),
    transport: Yuan = Decimal(0),
    nutrition: Yuan = Decimal(0),
    hospital_meals: Yuan = Decimal(0),
    property_damage: Yuan = Decimal(0),
    other: Yuan = Decimal(0),
    their_share: Percent = Decimal(100),
) -> Calculation | None:
    """Sum of the items, times the other side's share of responsibility in per cent."""
    items = (
        ("医疗费", medical),
        ("误工费", lost_income),
        ("护理费", nursing),
        ("交通费", transport),
        ("营养费", nutrition),
        ("住院伙食补助费", hospital_meals),
        ("车辆等财产损失", property_damage),
        ("其他损失", other),
    )
    lines = [Line(label, "", cents(amount)) for label, amount in items if amount > 0]
    if not lines:
        return None
    total = sum((line.amount for line in lines), Decimal(0))
    note = "这是按您说的数额加起来的；伤残赔偿金等要等鉴定后另算。交强险先在限额内赔，不足的部分再按责任分担。"
    if their_share < 100:
        share = cents(total * their_share / 100)
        lines.append(Line("对方按责任分担", f"{plain_number(total)} × {plain_number(their_share)}%", share))
        note += "交强险部分一般不按责任打折，所以实际能拿到的可能比这个数多。"
        total = share
    return Calculation("可以要求赔偿的损失", tuple(lines), total, note=note)
