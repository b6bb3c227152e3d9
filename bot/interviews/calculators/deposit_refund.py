"""What a landlord has to pay back when a tenancy ends."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents
from bot.interviews.calculators.calculator import Yuan, calculator


@calculator("民法典 第五百七十七条")
def deposit_refund(
    deposit: Yuan, *, agreed_deductions: Yuan = Decimal(0), prepaid_rent: Yuan = Decimal(0)
) -> Calculation | None:
    """Deposit and rent for time not used, less what the tenant accepts; never below zero."""
    lines = [Line("押金", "", cents(deposit))]
    if prepaid_rent > 0:
        lines.append(Line("没住满的预付租金", "", cents(prepaid_rent)))
    if agreed_deductions > 0:
        lines.append(Line("减去您认可应扣的钱", "", -cents(agreed_deductions)))
    total = max(sum((line.amount for line in lines), Decimal(0)), Decimal(0))
    return Calculation("应当退还的钱", tuple(lines), total, note="房东要扣钱，应当说清扣什么、扣多少，并拿出凭据。")
