"""Adopts what a crash, or somebody's hand in AWS, has left half recorded: by the records' own lifecycles."""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from core import idling, looking, names, outbox, spending, words
from core.change import Change
from core.records import Message, Model, Record
from core.store import Store
from core.sweeping import RECORD, TEAM, Finding, Thing
from workers import things
from workers.aws import Aws

log = logging.getLogger(__name__)

NEGLECTED_SECONDS = 600.0
"""How long nobody must have looked at a record that is due: every wake-up that was lost is made up for before that."""
FAR_SECONDS = 3_600.0
"""How far off a record with something in AWS is due at most: a clock had leapt ahead when it was put off for longer."""


@dataclass(frozen=True)
class Adoption:
    """Sets records right. `dry`: says what it would do, and does nothing."""

    aws: Aws
    store: Store
    deployment: str
    now: Callable[[], float]
    dry: bool = False

    async def look_after(self, owners: Iterable[Record]) -> None:
        """Wake those that have something in AWS and wait for nothing, have been due for long, or are due far too late.

        Their own steps adopt what they made and could not write down.
        """
        for owner in {owner.member: owner for owner in owners}.values():
            if not self.dry and not self._is_looked_at(owner.due):
                log.warning("nobody looks at %s any more, which is %s: it is woken", owner.member, owner.state)
                await self.store.commit(Change(owner.team).touch(type(owner), owner.id, self.now()))

    def _is_looked_at(self, due: float | None) -> bool:
        return due is not None and self.now() - NEGLECTED_SECONDS <= due <= self.now() + FAR_SECONDS

    async def gone(self, listed: Collection[str]) -> list[Finding]:
        """Have the models cleaned up after whose endpoint is in service by the records, and not there; people are told.

        That the others are there is written down: should one go while nobody looks, its bill cannot end before.

        Raises:
            Trouble: when AWS does not say whether one that it has not listed is there.
        """
        found: list[Finding] = []
        for team in await self.store.teams():
            stood = Change(team)
            for model in await looking.models(self.store, team):
                thing = self._endpoint(model)
                if model.state != "in_service":
                    continue
                if thing.name in listed or await things.status(self.aws, thing):
                    stood.index(spending.STOOD, model.id, self.now(), idling.USES_SECONDS)
                elif self.dry or await self._to_rest(model):
                    found.append(Finding(thing, "gone"))
            if stood.operations and not self.dry:
                await self.store.commit(stood)
        return found

    def _endpoint(self, model: Model) -> Thing:
        name = names.resource(self.deployment, model.subject, model.id, model.attempt)
        tags = {TEAM: model.team, RECORD: model.member}
        return Thing("endpoint", name, "", model.up_since or model.in_service_at, tags)

    async def _to_rest(self, model: Model) -> bool:
        """Take down what is left of it, which ends its bill. False: it has gone another way meanwhile."""
        now = self.now()
        change = Change(model.team).put(idling.to_sleep(model, now)).redraw(Message, outbox.card_id(model.run), now)
        if not model.comparison:
            where = (model.channel, model.thread_ts)
            text = words.sweeping.gone(model.title)
            change.once(outbox.post(model.team, f"gone:{model.id}:{model.attempt}", where, text, now))
        return await self.store.commit(change)
