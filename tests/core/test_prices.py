"""What a machine costs: AWS's answer before the table, and "not known" before a guess."""

from typing import Any

import pytest

from core import prices
from core.records import Outlook


def an_outlook(**machines: dict[str, Any]) -> Outlook:
    named = {name.replace("_", ".", 1).replace("_", "."): told for name, told in machines.items()}
    return Outlook(team="T0PETS", id="outlook1", state="known", machines=named)


def test_machines_of_the_article_have_the_prices_of_the_manual() -> None:
    assert prices.an_hour("ml.g4dn.2xlarge") == 0.94
    assert prices.an_hour("ml.g5.2xlarge") == 1.515


def test_answer_of_aws_comes_before_the_table() -> None:
    told = an_outlook(ml_g4dn_2xlarge={"dollars": 1.05, "hosting_dollars": 1.1})
    assert prices.an_hour("ml.g4dn.2xlarge", told) == 1.05
    assert prices.an_hour("ml.g4dn.2xlarge", told, "hosting") == 1.1
    assert prices.from_aws("ml.g4dn.2xlarge", told)


@pytest.mark.parametrize("machine", [{}, {"dollars": None}, {"dollars": 0.0}, {"quota": 1}])
def test_table_holds_where_aws_gave_no_price(machine: dict[str, Any]) -> None:
    told = an_outlook(ml_g4dn_2xlarge=machine)
    assert prices.an_hour("ml.g4dn.2xlarge", told) == 0.94
    assert not prices.from_aws("ml.g4dn.2xlarge", told)


def test_price_that_nobody_knows_is_not_a_zero() -> None:
    assert prices.an_hour("ml.p9.huge") is None
    assert prices.an_hour("ml.p9.huge", an_outlook(ml_p9_huge={"dollars": None})) is None
    assert prices.of(1200, None) is None


def test_bigger_machine_of_a_family_with_one_card_costs_more() -> None:
    for family in ("ml.g4dn", "ml.g5", "ml.g6"):
        one_card = [prices.an_hour(f"{family}.{size}xlarge") or 0 for size in ("", "2", "4", "8", "16")]
        assert one_card == sorted(one_card)
        assert one_card[0] > 0


def test_time_on_a_machine_is_paid_by_the_second() -> None:
    assert prices.of(1800, 0.94) == pytest.approx(0.47)
    assert prices.of(1800, None) is None
