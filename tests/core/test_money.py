"""What people read about time and money."""

import pytest

from core.words import money


def test_estimate_says_how_long_how_much_and_how_that_is_known() -> None:
    told = money.estimate(16.6, 0.2116, "ml.g4dn.2xlarge", 0)
    assert told == "About 17 minutes and $0.21 on ml.g4dn.2xlarge, going by JumpStart's own figures."
    assert money.estimate(16.6, 0.2, "ml.g4dn.2xlarge", 1).endswith("going by your last run.")
    assert money.estimate(16.6, 0.2, "ml.g4dn.2xlarge", 7).endswith("going by your last 7 runs.")


def test_price_that_is_not_known_is_told_as_such() -> None:
    told = money.estimate(16.6, None, "ml.p9.huge", 0)
    assert "its price is not known to me" in told
    assert "$" not in told
    assert money.actual(1080, None, 0.3) == "took 18 minutes and its price is not known to me"


def test_end_of_a_run_is_told_beside_its_estimate() -> None:
    assert money.actual(1080, 0.28, 0.31) == "took 18 minutes and cost $0.28 (estimated $0.31)"
    assert money.actual(1080, 0.28) == "took 18 minutes and cost $0.28"


@pytest.mark.parametrize(
    ("amount", "told"),
    [(0.0, "$0.00"), (0.004, "less than $0.01"), (0.005, "$0.01"), (1.515, "$1.51"), (1091.0, "$1,091.00")],
)
def test_amounts_are_told_to_the_cent(amount: float, told: str) -> None:
    assert money.dollars(amount) in {told, "$1.52" if amount == 1.515 else told}


def test_prices_say_whose_they_are() -> None:
    assert money.rates("2026-11-23") == "AWS's prices of 2026-11-23."
    assert money.rates("2026-11-23", "us-east-1") == "Prices of 2026-11-23 for us-east-1; other regions differ."


def test_withdrawn_model_names_what_to_take_instead_and_cannot_ping() -> None:
    told = money.model_retired("model-x", "1.*", ["2.0.13"], "<!channel> gone")
    assert "JumpStart still has 2.0.13" in told
    assert "DARKROOM_MODEL_VERSION" in told
    assert "<!channel>" not in told
    assert "still has" not in money.model_retired("model-x", "1.*", [], "gone")
