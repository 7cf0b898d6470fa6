"""What somebody sees of the ledger: a month's lines that count for what they asked about, and what may be named."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from core import choose, costs_grammar, ledger, looking, may, months, outlook, prices, words
from core.asking import Asked
from core.costs_grammar import Wanted
from core.grammar import GrammarError
from core.ledger import Charge
from core.records import Model
from core.settings import Settings
from core.store import Store

Counts = Callable[[Charge], bool]


@dataclass(frozen=True)
class Bill:
    """Lines of a month, booked and running, of the month before, and of what is up now (which has no seconds there).

    `titled`: what they are of; `seen`: those of `lines` that may be broken down for who asked, a model without a name
    where that is not for them; `open`: everybody where it was asked may see the sums.
    """

    wanted: Wanted
    titled: str
    lines: Sequence[Charge]
    before: Sequence[Charge]
    up: Sequence[Charge]
    seen: Sequence[Charge]
    open: bool
    now: float

    @property
    def begins(self) -> float:
        """When the month began, in Unix seconds."""
        return months.named(self.wanted.month).timestamp()

    @property
    def begins_before(self) -> float:
        """When the month before began."""
        return months.named(costs_grammar.before(self.wanted.month)).timestamp()

    @property
    def is_over(self) -> bool:
        """Whether the month is."""
        return months.month_of(self.now) != self.wanted.month


async def lines_of(store: Store, team: str, models: Iterable[Model], month: str, now: float) -> list[Charge]:
    """Read a month's lines, with what runs now.

    `models` were read before: what came down meanwhile is in both, and counts as it was booked.
    """
    booked = await ledger.of_month(store, team, month)
    return list({line.name: line for line in [*ledger.running(models, month, now), *booked]}.values())


async def read(store: Store, told: Settings, asked: Asked, wanted: Wanted, now: float) -> Bill:
    """Read what somebody wants to see.

    Raises:
        GrammarError: when there is no such model for them, or it is another channel's or person's and they no admin.
    """
    models = await looking.models(store, asked.team)
    month, earlier = wanted.month, costs_grammar.before(wanted.month)
    lines, before = [await lines_of(store, asked.team, models, one, now) for one in (month, earlier)]
    viewer = _Viewer(told, asked, {model.id: model for model in models})
    counts, is_open = viewer.scope(wanted, [*lines, *before])
    counted = list(filter(counts, lines))
    return Bill(
        wanted,
        words.costs.title(viewer.named(wanted), months.named(month).timestamp()),
        counted,
        list(filter(counts, before)),
        list(filter(counts, await up_now(store, asked.team, models, now))),
        viewer.sees(counted),
        is_open,
        now,
    )


@dataclass(frozen=True)
class _Viewer:
    told: Settings
    asked: Asked
    models: Mapping[str, Model]

    @property
    def is_admin(self) -> bool:
        return may.is_admin(self.told, self.asked.user)

    def named(self, wanted: Wanted) -> str:
        """Name what the costs are of, without Slack's marks: empty where it is all."""
        if wanted.scope == "channel":
            return words.costs.THIS_CHANNEL if wanted.named == self.asked.channel else words.costs.ONE_CHANNEL
        if wanted.scope == "person":
            return words.costs.YOU if wanted.named == self.asked.user else words.costs.ONE_PERSON
        return wanted.named

    def scope(self, wanted: Wanted, lines: Sequence[Charge]) -> tuple[Counts, bool]:
        """Tell which lines count, and whether the sums are for everybody where they were asked for."""
        if wanted.scope == "model":
            return self._of_model(wanted.named, lines)
        if wanted.scope == "channel":
            here = wanted.named == self.asked.channel
            self._let(words.costs.OTHER_CHANNEL, passes=here)
            return lambda line: line.channel == wanted.named, here
        if wanted.scope == "person":
            self._let(words.costs.OTHER_PERSON, passes=wanted.named == self.asked.user)
            return lambda line: line.user == wanted.named, False
        return lambda _: True, True

    def _let(self, otherwise: str, *, passes: bool) -> None:
        if not passes and not self.is_admin:
            raise GrammarError(otherwise)

    def _of_model(self, name: str, lines: Sequence[Charge]) -> tuple[Counts, bool]:
        """Take the models of this name, with trainings of it that made none; for admins those too that are gone."""
        there = [model for model in self.models.values() if self._sees(model)]
        ids = {model.id for model in choose.called(name, there)}
        others = [one for one in lines if one.subject.lower() == name.lower() and one.model not in self.models]
        beside = {one.name for one in others if self.is_admin or (ids and not one.model)}
        if not ids and not beside:
            meant = get_close_matches(name, [model.title for model in there], 1)
            raise GrammarError(words.costs.no_such_model(name, meant[0] if meant else ""))
        may_all = all(may.may_use(self.models[one], "", self.asked.channel) for one in ids)
        is_open = bool(ids) and may_all and not any(one.model for one in others)
        return lambda line: line.model in ids or line.name in beside, is_open

    def sees(self, lines: Sequence[Charge]) -> list[Charge]:
        """Give the lines that are broken down for who asked: all for admins, else their own and this channel's."""
        mine = [line for line in lines if self.is_admin or self._concerns(line)]
        return [line if self._may_name(line) else replace(line, model="", subject="") for line in mine]

    def _concerns(self, line: Charge) -> bool:
        return line.user == self.asked.user or line.channel == self.asked.channel

    def _may_name(self, line: Charge) -> bool:
        """Tell whether a line's model may be named; of one that is gone nobody knows any more for whom it was."""
        model = self.models.get(line.model)
        if model is None:
            return self.is_admin or not line.model or line.user == self.asked.user
        return self._sees(model)

    def _sees(self, model: Model) -> bool:
        return may.may_see(self.told, model, self.asked.user, self.asked.channel)


async def up_now(store: Store, team: str, models: Iterable[Model], now: float) -> list[Charge]:
    """List what runs: endpoints, and trainings by today's prices."""
    known = await outlook.read(store, team)
    runs = [run for run in await looking.runs(store, team) if run.state == "training" and run.job_created]
    just_now = [(model, max(now, model.up_since + 1)) for model in models if model.up_since]
    lines = [line for model, until in just_now for line in list(ledger.of_endpoint(model, until))[-1:]]
    rated = [replace(run, an_hour=prices.an_hour(run.instance, known)) for run in runs]
    trainings = [ledger.of_run(replace(run, billed_seconds=0, ended_at=now)) for run in rated]
    return [*(replace(line, seconds=0.0) for line in lines), *trainings]
