"""What the ledger comes to, and what may stand behind `/darkroom costs`."""

import contextlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import costs, costs_grammar, months, prices
from core.bills import Bill
from core.cards.costs import costs_card
from core.costs import Sum, add_up
from core.costs_grammar import Wanted
from core.grammar import GrammarError
from core.ledger import Charge
from core.names import DAY
from tests.core.typed import typed
from tests.support.clock import NEW_YEAR_2027
from tests.support.ledger import HOUR, a_charge
from tests.support.records import CHANNEL, MIRA

JANUARY = "2027-01"


@st.composite
def charges(draw: st.DrawFn) -> Charge:
    since = NEW_YEAR_2027 + draw(st.floats(0, 31 * DAY - 1))
    until = since + draw(st.just(0.0) | st.floats(0, 3 * DAY))
    kind = draw(st.sampled_from(["training", "endpoint"]))
    return a_charge(since=since, until=until, seconds=draw(st.floats(0, 5 * DAY)), kind=kind)


@given(st.lists(charges(), max_size=6))
def test_days_of_a_month_make_up_the_month(lines: Sequence[Charge]) -> None:
    inside = [line for line in lines if max(line.until, line.since) < NEW_YEAR_2027 + 31 * DAY]
    days = costs.by_day(inside, JANUARY)
    whole = sum(days, start=Sum())
    assert len(days) == 31
    assert whole.dollars == pytest.approx(add_up(inside).dollars, abs=1e-6)
    assert whole.hours == pytest.approx(add_up(inside).hours, abs=1e-6)


def test_endpoint_over_midnight_is_shared_out_between_two_days() -> None:
    midnight = NEW_YEAR_2027 + DAY
    days = costs.by_day([a_charge(since=midnight - HOUR, until=midnight + 2 * HOUR, seconds=3 * HOUR)], JANUARY)
    assert [round(day.dollars, 6) for day in days[:3]] == [2.0, 4.0, 0.0]
    assert [round(day.hours, 6) for day in days[:3]] == [1.0, 2.0, 0.0]


def test_lines_are_added_up_by_what_they_have_in_common_the_dearest_first() -> None:
    lines = [a_charge(user="U0BEN"), a_charge(kind="training", user="U0LENA", an_hour=3.0), a_charge(user="U0BEN")]
    by_person = costs.by(lines, lambda line: line.user)
    assert by_person == [("U0BEN", Sum(0, 4.0, 2.0)), ("U0LENA", Sum(3.0, 0, 1.0))]
    assert add_up(lines).dollars == 7.0


def test_machine_without_a_known_price_is_named() -> None:
    lines = [a_charge(an_hour=None, instance="ml.x9.large"), a_charge()]
    assert costs.guessed(lines) == ["ml.x9.large"]
    assert add_up(lines).dollars == pytest.approx(2.0 + prices.DEAREST)


def test_month_is_foreseen_by_the_last_seven_days() -> None:
    now = NEW_YEAR_2027 + 10 * DAY
    lines = [
        a_charge(since=NEW_YEAR_2027, until=NEW_YEAR_2027 + DAY, seconds=DAY, an_hour=100.0),
        a_charge(since=now - 7 * DAY, until=now, seconds=7 * DAY, an_hour=1.0),
    ]
    spent = add_up(lines).dollars
    assert costs.foreseen(lines, spent, now) == pytest.approx(spent + 24.0 * 21)


def test_month_of_a_team_that_began_yesterday_is_foreseen_by_its_one_day() -> None:
    now = NEW_YEAR_2027 + DAY
    lines = [a_charge(since=now - DAY, until=now, seconds=DAY, an_hour=1.0)]
    assert costs.foreseen(lines, 24.0, now) == pytest.approx(31 * 24.0)
    assert costs.foreseen([], 0.0, now) == 0.0


def read(text: str, now: float = NEW_YEAR_2027 + DAY) -> Wanted:
    return costs_grammar.read(text, CHANNEL, MIRA, now)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Wanted(JANUARY)),
        ("this month", Wanted(JANUARY)),
        ("Last Month", Wanted("2026-12")),
        ("2026-10", Wanted("2026-10")),
        ("  riobugger ", Wanted(JANUARY, "model", "riobugger")),
        ("riobugger last  month", Wanted("2026-12", "model", "riobugger")),
        ("last month riobugger", Wanted("2026-12", "model", "riobugger")),
        ("the big cat 2026-11", Wanted("2026-11", "model", "the big cat")),
        ("<#C0ART|art>", Wanted(JANUARY, "channel", "C0ART")),
        ("<#C0ART|> 2026-12", Wanted("2026-12", "channel", "C0ART")),
        ("channel", Wanted(JANUARY, "channel", CHANNEL)),
        ("here last month", Wanted("2026-12", "channel", CHANNEL)),
        ("<@U0BEN|ben>", Wanted(JANUARY, "person", "U0BEN")),
        ("me", Wanted(JANUARY, "person", MIRA)),
        ("csv", Wanted(JANUARY, csv=True)),
        ("CSV last month", Wanted("2026-12", csv=True)),
    ],
)
def test_costs_of_a_month_and_of_one_thing_are_understood(text: str, wanted: Wanted) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-13", "There is no month 2026-13"),
        ("0000-01", "There is no month 0000-01"),
        ("2027-02", "February 2027 has not begun"),
        ("2025-10", "13 months"),
        ("#art", "Slack did not tell me"),
        ("@ben last month", "Slack did not tell me"),
        ("csv riobugger", "takes a month and nothing else"),
    ],
)
def test_what_is_not_understood_is_answered_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(GrammarError, match=said):
        read(text)


@given(typed, st.floats(NEW_YEAR_2027, NEW_YEAR_2027 + 400 * DAY))
def test_anything_typed_behind_costs_is_understood_or_answered(text: str, now: float) -> None:
    wanted: Wanted | None = None
    with contextlib.suppress(GrammarError):
        wanted = read(text, now)
    if wanted:
        assert months.named(wanted.month).timestamp() <= now
        assert bool(wanted.named) == bool(wanted.scope)


def a_bill(now: float, lines: Sequence[Charge], before: Sequence[Charge], month: str = JANUARY) -> Bill:
    return Bill(Wanted(month), "Costs", lines, before, (), lines, open=True, now=now)


def test_month_is_compared_with_the_one_before_up_to_the_same_moment_and_in_all() -> None:
    early, late = NEW_YEAR_2027 - 31 * DAY, NEW_YEAR_2027 - 2 * HOUR
    before = [
        a_charge(name="early", since=early, until=early + HOUR),
        a_charge(name="late", since=late, until=late + HOUR, seconds=3 * HOUR),
    ]
    _, blocks = costs_card(a_bill(NEW_YEAR_2027 + DAY, [a_charge()], before))
    assert "December 2026: $8.00, $2.00 of it by this time of the month." in str(blocks)
    _, blocks = costs_card(a_bill(NEW_YEAR_2027 + 40 * DAY, [a_charge()], before))
    assert "December 2026: $8.00." in str(blocks)
    assert "up now" not in str(blocks)


def test_list_names_the_dearest_five_and_adds_up_the_rest() -> None:
    lines = [a_charge(name=f"line{k}", user=f"U{k}", an_hour=float(k)) for k in range(1, 9)]
    _, blocks = costs_card(a_bill(NEW_YEAR_2027 + DAY, lines, []))
    (people,) = [one["text"] for block in blocks for one in block.get("fields", []) if "*People*" in one["text"]]
    assert people.splitlines()[1:] == [
        *(f"<@U{k}> · ${k}.00 · 1.0 instance hours" for k in range(8, 3, -1)),
        "3 more · $6.00",
    ]


def test_saved_is_what_endpoints_had_cost_had_they_stayed_up_and_a_training_saves_nothing() -> None:
    lines = [
        a_charge(until=NEW_YEAR_2027 + HOUR),
        a_charge(since=NEW_YEAR_2027 + 2 * HOUR, until=NEW_YEAR_2027 + 3 * HOUR),
        a_charge(model="model2", since=NEW_YEAR_2027 + 9 * HOUR, until=NEW_YEAR_2027 + 11 * HOUR, seconds=2 * HOUR),
        a_charge(kind="training", model="model3"),
    ]
    assert costs.saved(lines, NEW_YEAR_2027, NEW_YEAR_2027 + 10 * HOUR) == pytest.approx(8 * 2.0)
    assert costs.saved([], NEW_YEAR_2027, NEW_YEAR_2027 + HOUR) == 0
