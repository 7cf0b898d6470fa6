"""The lifecycles: which changes there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.records import KINDS
from core.states import LIFECYCLES, IllegalChangeError, check, diagram
from tests.support.records import a_run

changes = st.sampled_from(
    [(kind, before, after) for kind, table in LIFECYCLES.items() for before in table for after in table]
)


@given(changes)
def test_change_is_let_pass_just_when_the_table_has_it(change: tuple[str, str, str]) -> None:
    kind, before, after = change
    allowed = after == before or after in LIFECYCLES[kind][before]
    try:
        check(kind, before, after)
    except IllegalChangeError:
        assert not allowed
    else:
        assert allowed


@pytest.mark.parametrize("kind", LIFECYCLES)
def test_every_state_can_be_reached_from_the_first(kind: str) -> None:
    table = LIFECYCLES[kind]
    reached, ahead = set[str](), [next(iter(table))]
    while ahead:
        state = ahead.pop()
        if state not in reached:
            reached.add(state)
            ahead += table[state]
    assert reached == table.keys()


def test_every_kind_of_record_has_a_lifecycle() -> None:
    assert KINDS.keys() == LIFECYCLES.keys()


def test_record_that_gets_on_starts_its_tries_again() -> None:
    assert a_run(state="queued", tries=7).to("preparing").tries == 0


def test_record_does_not_skip_a_state() -> None:
    with pytest.raises(IllegalChangeError, match="a run does not go from collecting to trained"):
        a_run().to("trained")


def test_diagram_shows_every_change_and_every_end() -> None:
    drawn = diagram({"open": frozenset({"shut", "lost"}), "shut": frozenset({"open"}), "lost": frozenset()})
    assert drawn.splitlines() == [
        "stateDiagram-v2",
        "    [*] --> open",
        "    open --> lost",
        "    open --> shut",
        "    shut --> open",
        "    lost --> [*]",
    ]
