"""What people do with a team's models beside asking them for pictures: each gives a sentence where it cannot be done.

Somebody else, or a worker, may change the model at the same moment; then it is looked at anew.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace

from core import audit, choose, defaults, grammar, looking, manifests, may, outbox, words
from core.cancelling import lain_down
from core.change import Change
from core.holds import Payer
from core.idling import deploy
from core.line import line_of
from core.readers import idle_minutes
from core.records import Message, Model
from core.settings import Settings
from core.store import Store
from core.word_filter import UnwantedError

_TRIES = 5
"""How often something is tried: a model that is on its way changes every few seconds, perhaps at this very moment."""


@dataclass(frozen=True)
class Hand:
    """Somebody at work on a team's models, in a channel; what they do gives an empty text, or why it was not done."""

    store: Store
    told: Settings
    team: str
    user: str
    channel: str
    now: float

    async def own(self, identity: str) -> Model | str:
        """Give a model that this person may change, or say why they may not."""
        model = await self.store.get(Model, self.team, identity)
        fault = _lost(model)
        if model is None or fault:
            return fault
        own = may.may_change(self.told, model, self.user)
        return model if own else words.models.not_yours(model.title, model.owner)

    async def wake(self, identity: str) -> str:
        """Bring a model's endpoint up though nobody has asked it for anything."""

        async def change(model: Model) -> Change | str:
            if model.state not in {"asleep", "failed"}:
                return words.models.moved_on(model.title, model.state)
            return deploy(Change(self.team), model, self.now, Payer(self.user, self.channel))

        return await self._do(identity, self._seen(change))

    async def put_to_sleep(self, identity: str) -> str:
        """Take a model's endpoint down, unless a prompt stands in its line."""

        async def change(model: Model) -> Change | str:
            down = lain_down(model, self.now)
            if down is None:
                return words.models.moved_on(model.title, model.state)
            if await self.store.members(self.team, line_of(model.id)):
                return words.models.is_painting(model.title)
            asleep = Change(self.team).require_empty(line_of(model.id)).put(down)
            asleep.redraw(Message, outbox.card_id(model.run), self.now)
            return self._noted(asleep, "slept", model)

        return await self._do(identity, self._seen(change))

    async def make_default(self, identity: str) -> str:
        """Have prompts in this channel that name no model mean this one."""

        async def change(model: Model) -> Change | str:
            return defaults.make_default(model, self.channel)

        return await self._do(identity, self._seen(change))

    async def drop_default(self, identity: str) -> str:
        """Leave this channel without a model of its own, if it still is this one."""

        async def change(model: Model) -> Change | str:
            if await defaults.default_of(self.store, self.team, self.channel) != model.id:
                return words.models.no_default(model.title)
            return defaults.drop_default(model, self.channel)

        return await self._do(identity, self._seen(change))

    async def rename(self, identity: str, typed: str) -> str:
        """Call a model something else; nothing typed: by the name that it has learnt. What it has learnt stays."""
        try:
            name = self._named(typed) if typed.strip() else ""
        except UnwantedError as fault:
            return str(fault)
        except grammar.GrammarError:
            return words.models.name_unusable(grammar.SUBJECT_MOST)

        async def change(model: Model) -> Change | str:
            renamed = replace(model, name="" if name == model.subject else name)
            if renamed.title == model.title:
                return Change(self.team)
            if name and await self._is_taken(name, model):
                return words.models.name_taken(name)
            told = words.models.renamed(self.user, model.title, renamed.title)
            where = (model.channel, model.thread_ts)
            said = outbox.post(
                self.team, f"renamed:{model.id}:{model.trained_at}:{model.version}", where, told, self.now
            )
            change = Change(self.team).put(renamed).once(said).redraw(Message, outbox.card_id(model.run), self.now)
            return self._noted(change, "renamed", model, words.audit.became(model.title, renamed.title))

        return await self._do(identity, self._own(change))

    def _named(self, typed: str) -> str:
        learn = grammar.named(typed, "thing")
        self.told.word_filter.check_subject(learn)
        return learn.subject

    async def _is_taken(self, name: str, model: Model) -> bool:
        others = [one for one in await looking.models(self.store, self.team) if one.id != model.id]
        return bool(choose.called(name, others))

    async def open_to(self, identity: str, allowed: Iterable[str]) -> str:
        """Say who may use a model beside its owner: people and channels by their ids; nobody named: everybody."""
        ids = tuple(sorted(set(allowed)))

        async def change(model: Model) -> Change | str:
            change = Change(self.team).put(replace(model, allowed=ids))
            return self._noted(change, "opened", model, words.audit.opened(model.allowed, ids))

        return await self._do(identity, self._own(change))

    async def sleep_after(self, identity: str, typed: str) -> str:
        """Say after how many minutes without use a model's endpoint goes; nothing typed: as the deployment says."""
        try:
            minutes = idle_minutes(typed)
        except ValueError as fault:
            return words.limits.must_be(str(fault))

        async def change(model: Model) -> Change | str:
            due = self.now if model.state == "in_service" else model.due
            changed = Change(self.team).put(replace(model, idle_seconds=minutes * 60.0, due=due))
            return self._noted(changed, "idle", model, words.audit.idle(model.idle_seconds / 60, minutes))

        return await self._do(identity, self._own(change))

    async def delete(self, identity: str) -> str:
        """Have a model deleted, with all that was made for it and by it; its endpoint is taken down first."""

        async def change(model: Model) -> Change | str:
            going = _going(model, self.now)
            gone = replace(going, deleted_by=self.user, waits=0, waits_until=0, reason="")
            change = Change(self.team).put(gone).redraw(Message, outbox.card_id(model.run), self.now)
            return self._noted(change, "deleted", model)

        return await self._do(identity, self._own(change))

    def _noted(self, change: Change, what: str, model: Model, detail: str = "") -> Change:
        return audit.note(change, self.now, self.user, what, model, detail, self.channel)

    def _seen(self, change: "Changes") -> "Changes":
        """Let those change a model who may use it, and admins."""

        async def checked(model: Model) -> Change | str:
            seen = may.may_see(self.told, model, self.user, self.channel)
            return await change(model) if seen else words.models.private(model.title, model.owner)

        return checked

    def _own(self, change: "Changes") -> "Changes":
        """Let those change a model whose it is, and admins."""

        async def checked(model: Model) -> Change | str:
            if not may.may_change(self.told, model, self.user):
                return words.models.not_yours(model.title, model.owner)
            wanted = await change(model)
            return wanted if isinstance(wanted, str) else manifests.remember(wanted, model, self.now)

        return checked

    async def _do(self, identity: str, change: "Changes") -> str:
        for _ in range(_TRIES):
            model = await self.store.get(Model, self.team, identity)
            fault = _lost(model)
            if model is None or fault:
                return fault
            wanted = await change(model)
            if isinstance(wanted, str):
                return wanted
            if await self.store.commit(wanted):
                return ""
        return words.models.MOVING


Changes = Callable[[Model], Awaitable[Change | str]]
"""Gives what becomes of a model, or why nothing does."""


def _lost(model: Model | None) -> str:
    """Say why nothing can be done with a model any more."""
    if model is None or model.comparison:
        return words.asking.model_gone()
    return words.models.being_deleted(model.title, model.deleted_by) if model.deleted_by else ""


def _going(model: Model, now: float) -> Model:
    """Give a model on the way to its end: past its endpoint, if it has one."""
    if model.state in {"asleep", "failed"}:
        return model.to("deleting", due=now)
    return replace(lain_down(model, now) or model, then="deleting")
