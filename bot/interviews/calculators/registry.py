"""Every calculator by the name topics use."""

from __future__ import annotations

from bot.interviews.calculators.annual_leave_pay import annual_leave_pay
from bot.interviews.calculators.calculator import Calculator
from bot.interviews.calculators.child_support import child_support
from bot.interviews.calculators.contract_penalty import contract_penalty
from bot.interviews.calculators.court_costs import court_costs
from bot.interviews.calculators.deposit_refund import deposit_refund
from bot.interviews.calculators.detention_compensation import detention_compensation
from bot.interviews.calculators.double_damages import double_damages
from bot.interviews.calculators.double_wage import double_wage
from bot.interviews.calculators.earnest_double import earnest_double
from bot.interviews.calculators.economic_compensation import economic_compensation
from bot.interviews.calculators.inheritance_shares import inheritance_shares
from bot.interviews.calculators.injury_compensation import injury_compensation
from bot.interviews.calculators.late_payment_interest import late_payment_interest
from bot.interviews.calculators.loan_interest import loan_interest
from bot.interviews.calculators.notice_pay import notice_pay
from bot.interviews.calculators.overtime_pay import overtime_pay
from bot.interviews.calculators.prepaid_refund import prepaid_refund
from bot.interviews.calculators.probation_damages import probation_damages
from bot.interviews.calculators.punitive_consumer import punitive_consumer
from bot.interviews.calculators.punitive_food import punitive_food
from bot.interviews.calculators.traffic_loss import traffic_loss
from bot.interviews.calculators.unpaid_wages import unpaid_wages
from bot.interviews.calculators.work_injury_death import work_injury_death
from bot.interviews.calculators.work_injury_disability import work_injury_disability

CALCULATORS: dict[str, Calculator] = {
    one.name: one
    for one in (
        annual_leave_pay,
        child_support,
        contract_penalty,
        court_costs,
        deposit_refund,
        detention_compensation,
        double_damages,
        double_wage,
        earnest_double,
        economic_compensation,
        inheritance_shares,
        injury_compensation,
        late_payment_interest,
        loan_interest,
        notice_pay,
        overtime_pay,
        prepaid_refund,
        probation_damages,
        punitive_consumer,
        punitive_food,
        traffic_loss,
        unpaid_wages,
        work_injury_death,
        work_injury_disability,
    )
}
