"""Whose turn it is: one of everybody's, then the next of everybody's, whatever anybody has asked for in between."""

from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from core.line import Ticket, read_ticket, ticket, turns
from tests.support.records import a_generation

PEOPLE = ("U1", "U2", "U3", "")

tickets = st.lists(
    st.builds(Ticket, st.uuids().map(str), st.sampled_from(PEOPLE), st.just(50.0), st.integers(0, 9).map(float)),
    unique_by=lambda one: one.id,
    max_size=30,
)
served = st.dictionaries(st.sampled_from(PEOPLE), st.integers(0, 9).map(float))


@given(tickets, served, st.randoms())
def test_order_is_the_same_however_the_line_is_read(
    waiting: list[Ticket], last: dict[str, float], chance: Random
) -> None:
    ordered = turns(waiting, last)
    shuffled = list(waiting)
    chance.shuffle(shuffled)
    assert turns(shuffled, last) == ordered
    assert sorted(ordered, key=lambda one: one.id) == sorted(waiting, key=lambda one: one.id)


@given(tickets, served)
def test_everybody_has_a_turn_before_anybody_has_a_second(waiting: list[Ticket], last: dict[str, float]) -> None:
    had: Counter[str] = Counter()
    rounds = list[int]()
    for one in turns(waiting, last):
        if one.user:
            had[one.user] += 1
            rounds.append(had[one.user])
    assert rounds == sorted(rounds)


@given(tickets, served)
def test_a_persons_prompts_are_painted_in_the_order_in_which_they_were_asked(
    waiting: list[Ticket], last: dict[str, float]
) -> None:
    for person in PEOPLE:
        own = [(one.since, one.id) for one in turns(waiting, last) if one.user == person]
        assert own == sorted(own)


@given(tickets, served)
def test_what_nobody_asked_for_comes_last(waiting: list[Ticket], last: dict[str, float]) -> None:
    asked_for = [bool(one.user) for one in turns(waiting, last)]
    assert asked_for == sorted(asked_for, reverse=True)


@dataclass
class Endpoint:
    """Paints so many at once; `overtaken`: who else had a turn while a prompt was the next of its asker's."""

    at_once: int
    now: float = 0.0
    waiting: list[Ticket] = field(default_factory=list[Ticket])
    painting: list[Ticket] = field(default_factory=list[Ticket])
    served: dict[str, float] = field(default_factory=dict[str, float])
    overtaken: dict[str, Counter[str]] = field(default_factory=dict[str, Counter[str]])

    def ask(self, user: str) -> None:
        """Let somebody ask for one more."""
        self.now += 1
        identity = f"p{self.now:05.0f}"
        self.waiting.append(Ticket(identity, user, 50, self.now))
        self.overtaken[identity] = Counter()
        self.fill()

    def finish(self, place: int) -> None:
        """Let one that is painted be done, and the next begin."""
        self.now += 1
        if self.painting:
            self.painting.pop(place % len(self.painting))
        self.fill()

    def fill(self) -> None:
        """Let as many begin as there is room for."""
        while self.waiting and len(self.painting) < self.at_once:
            self.now += 1
            first = turns(self.waiting, self.served)[0]
            self.waiting.remove(first)
            self.painting.append(first)
            self.served[first.user] = self.now
            for person in {one.user for one in self.waiting} - {first.user}:
                head = next(one for one in self.waiting if one.user == person)
                self.overtaken[head.id][first.user] += 1


steps = st.lists(st.one_of(st.sampled_from(PEOPLE[:3]), st.integers(0, 3)), min_size=1, max_size=80)


@given(st.integers(1, 4), steps)
def test_nobody_waits_for_more_than_one_round_whoever_asks_for_how_much(at_once: int, taken: list[str | int]) -> None:
    endpoint = Endpoint(at_once)
    for step in taken:
        endpoint.ask(step) if isinstance(step, str) else endpoint.finish(step)
    assert all(turn <= 1 for each in endpoint.overtaken.values() for turn in each.values())


@given(st.integers(1, 4), steps)
def test_every_prompt_is_painted_in_the_end(at_once: int, taken: list[str | int]) -> None:
    endpoint = Endpoint(at_once)
    for step in taken:
        endpoint.ask(step) if isinstance(step, str) else endpoint.finish(step)
    for _ in range(len(endpoint.waiting) + len(endpoint.painting)):
        endpoint.finish(0)
    assert (endpoint.waiting, endpoint.painting) == ([], [])


def test_one_prompt_behind_fifty_of_somebody_else_comes_after_one_of_them() -> None:
    endpoint = Endpoint(1)
    for _ in range(50):
        endpoint.ask("U1")
    endpoint.ask("U2")
    painted = list[str]()
    for _ in range(4):
        endpoint.finish(0)
        painted.append(endpoint.painting[0].user)
    assert painted == ["U1", "U2", "U1", "U1"]


def test_newcomers_do_not_keep_whoever_waits_from_their_turn() -> None:
    endpoint = Endpoint(1, served={"U1": 0.0})
    endpoint.ask("U2")
    endpoint.ask("U1")
    for person in ("U3", "U4", "U5"):
        endpoint.ask(person)
    endpoint.finish(0)
    assert [one.user for one in endpoint.painting] == ["U1"]


def test_ticket_says_what_it_says_when_it_is_read() -> None:
    asked = a_generation(count=4, steps=30, width=768, asked_at=5.0)
    assert ticket(asked) == Ticket("generation1", asked.user, 180.0, 5.0)
    for one in (asked, replace(asked, user="", steps=37, width=520, height=296)):
        assert read_ticket(ticket(one).member, 5.0).member == ticket(one).member


def test_prompt_of_an_older_version_was_asked_now() -> None:
    assert ticket(a_generation(asked_at=0), 7.0).since == 7.0
