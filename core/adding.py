"""Adding one of JumpStart's ready-made models to a team's own: what it is called, and the record that it becomes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core import audit, choose, grammar, holds, manifests, outbox, words
from core.change import Change
from core.grammar import SUBJECT_MOST, GrammarError
from core.names import record_id
from core.records import Model
from core.shelf import Offer
from core.store import Store
from core.word_filter import WordFilter

NOUN = "ready-made model"
"""What stands for the class that a model of one's own has learnt."""
ATTEMPTS = "attempts"
"""The table of the attempt from which each ready-made model that was deleted goes on if it is added again, by id."""


@dataclass(frozen=True)
class Wish:
    """Which model somebody adds, for which machine, and where they do it; `licence`: whether they accepted its own."""

    team: str
    user: str
    channel: str
    offer: Offer
    name: str
    instance: str
    licence: bool = False
    thread_ts: str = ""
    """Slash commands are typed in channels only."""


def model_id(team: str, jumpstart_id: str) -> str:
    """Give the id of a ready-made model's record: a team has each once."""
    return record_id("ready-made", team, jumpstart_id)


def name_for(offer: Offer, models: Sequence[Model]) -> str:
    """Suggest a name: the model's own at its makers' if its id ends so, else its id without the maker's name.

    Cut to what a name may have, between its words; with a number where it is taken.
    """
    own = _plain(offer.url.rpartition("/")[2])
    label = _plain(offer.label)
    name = own if own and label.endswith(own) else label.partition("-")[2] or label
    name = _cut(name, SUBJECT_MOST)
    numbered = [name, *(f"{_cut(name, SUBJECT_MOST - 3)}-{number}" for number in range(2, 100))]
    return next((one for one in numbered if not choose.called(one, models)), name)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")


def _cut(name: str, most: int) -> str:
    while len(name) > most:
        name = name.rpartition("-")[0] or name[:most]
    return name


def usable_name(typed: str, models: Sequence[Model], unwanted: WordFilter) -> str:
    """Read a name as it was typed.

    Raises:
        GrammarError: when it cannot stand in a prompt, is not wanted here, or another model has it.
    """
    learn = grammar.named(typed, NOUN)
    unwanted.check_subject(learn)
    name = learn.subject
    if choose.called(name, models):
        raise GrammarError(words.models.name_taken(name), "subject")
    return name


async def add(store: Store, wish: Wish, price: float | None, idle_seconds: float, now: float) -> bool:
    """Add a model, asleep, and tell whoever did. False: the team has it already."""
    attempt = int(await store.entry(wish.team, ATTEMPTS, model_id(wish.team, wish.offer.id)) or 0)
    model = _model(wish, attempt, now)
    change = Change(wish.team).put(model).name("catalogue", model.id, model.subject)
    manifests.remember(change, model, now)
    text = words.shelf.added(model.title, model.instance_prompt, model.instance, price, idle_seconds)
    said = outbox.ephemeral(wish, f"added:{model.id}:{int(now)}", text, now)
    audit.note(change, now, wish.user, "added", model, model.instance)
    return await store.commit(change.once(said))


def _model(wish: Wish, attempt: int, now: float) -> Model:
    return Model(
        team=wish.team,
        id=model_id(wish.team, wish.offer.id),
        state="asleep",
        run="",
        channel=wish.channel,
        thread_ts="",
        owner=wish.user,
        subject=wish.name,
        noun=NOUN,
        instance_prompt=words.shelf.example(wish.name),
        artifact="",
        jumpstart_id=wish.offer.id,
        jumpstart_version=wish.offer.version,
        trained_at=now,
        attempt=attempt,
        instance=wish.instance,
        licence_accepted_by=wish.user if wish.licence else "",
        licence_accepted_at=now if wish.licence else 0,
    )


def forget(change: Change, model: Model) -> Change:
    """Add to a change by which a model is forgotten from which attempt it goes on if it is added again.

    Its id will be the same, and its endpoints, their bills and what is told of them are known by id and attempt: none
    may come twice. Its present attempt is taken even if it was never woken: it may have been told of not being deleted.
    """
    if not model.ready_made:
        return change
    return change.name(ATTEMPTS, model.id, str(model.attempt + 1), holds.KEPT_SECONDS)
