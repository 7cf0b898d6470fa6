"""The modal behind `/darkroom add`: JumpStart's ready-made models to choose from, with what the chosen one costs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core import actions, adding, outlook, prices, shelf, words
from core.cards.answered import stated
from core.cards.blocks import Block, button, context, modal, section
from core.cards.blocks import actions as row
from core.cards.fields import field as ask
from core.cards.fields import option, searched, select, tick, typed
from core.records import Model, Outlook
from core.shelf import Offer

WORDS_MOST = 200
"""Characters of a search that are carried with the modal."""


@dataclass(frozen=True)
class Drawn:
    """What a view says of itself: where it was asked for, what was searched, and the choice whose price it shows."""

    channel: str
    words: str = ""
    model: str = ""
    machine: str = ""


@dataclass(frozen=True)
class Sight:
    """What the modal is drawn from: all that is listed or why nothing is, the team's models, and the answers so far."""

    team: str
    offers: Sequence[Offer]
    fault: str
    models: Sequence[Model]
    outlook: Outlook
    idle_seconds: float
    drawn: Drawn
    given: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def found(self) -> shelf.Found:
        """What the search came to."""
        return shelf.search(self.offers, self.drawn.words)

    @property
    def chosen(self) -> Offer | None:
        """The model that is chosen: by the person, or by a search that came to just one."""
        found = self.found
        if found.exact and len(found.offers) == 1:
            return found.offers[0]
        return next((one for one in self.offers if self.id_of(one) == self.given.get("model")), None)

    def id_of(self, offer: Offer) -> str:
        """Give the id that a model has in this team, once it is added."""
        return adding.model_id(self.team, offer.id)

    def there(self, offer: Offer) -> Model | None:
        """Give the team's model that this is already, if it is."""
        return next((model for model in self.models if model.id == self.id_of(offer)), None)

    def there_as(self, there: Model) -> str:
        """Say how the team has a model already."""
        if there.deleted_by:
            return words.models.being_deleted(there.title, there.deleted_by)
        return words.shelf.here_already(there.title)

    def machine(self, offer: Offer) -> str:
        """Give the machine that is chosen for a model; the one that JumpStart advises, before any is."""
        chosen = self.given.get("machine", "")
        return chosen if chosen in offer.instances else offer.instances[0]

    def an_hour(self, instance: str) -> float | None:
        """Give what a machine costs by the hour; None when that is not known."""
        return prices.an_hour(instance, self.outlook, "hosting")


def add_modal(sight: Sight) -> Block:
    """Draw the modal."""
    if not sight.offers:
        return _without_list(sight)
    found, chosen = sight.found, sight.chosen
    shown = sight.id_of(chosen) if chosen else ""
    blocks = [
        context(_count(sight, found)),
        ask("model", words.shelf.MODEL, _select(sight, found.offers, shown), dispatch=True),
        *(_details(sight, chosen) if chosen else []),
    ]
    machine = sight.machine(chosen) if chosen else ""
    told = _metadata(sight.drawn, shown, machine)
    return modal(actions.ADD_MODAL, words.shelf.ADD_TITLE, words.shelf.ADD_SUBMIT, told, blocks)


def _without_list(sight: Sight) -> Block:
    """Say that there is no list yet; a worker that gets one cannot fill in a modal that it does not know of."""
    said = words.shelf.no_list(sight.fault) if sight.fault else words.shelf.ASKING
    blocks = [section(said), row(button(words.shelf.REFRESH, actions.ADD_REFRESH, "refresh"))]
    made = modal(actions.ADD_MODAL, words.shelf.ADD_TITLE, "", _metadata(sight.drawn), blocks)
    return {name: value for name, value in made.items() if name != "submit"}


def _metadata(drawn: Drawn, model: str = "", machine: str = "") -> str:
    told = {"channel": drawn.channel, "words": drawn.words, "model": model, "machine": machine}
    return json.dumps(told, ensure_ascii=False)


def _count(sight: Sight, found: shelf.Found) -> str:
    total, searched_for = len(sight.offers), sight.drawn.words
    if not searched_for:
        return words.shelf.listed(total)
    if found.exact:
        return words.shelf.matching(len(found.offers), total, searched_for)
    return words.shelf.none_matching(total, searched_for, near=len(found.offers) < total)


def _select(sight: Sight, offers: Sequence[Offer], chosen: str) -> Block:
    options = [option(one.label, sight.id_of(one), _line(sight, one)) for one in offers]
    return searched(actions.ADD_SELECT, options, chosen, words.shelf.MODEL_PLACEHOLDER)


def _line(sight: Sight, offer: Offer) -> str:
    there = sight.there(offer)
    return words.shelf.there(there.title) if there else _priced(sight, offer.instances[0])


def _priced(sight: Sight, instance: str) -> str:
    return words.shelf.machine(instance, sight.an_hour(instance))


def _details(sight: Sight, offer: Offer) -> list[Block]:
    """Say what the chosen model costs, before it is added; or that the team has it."""
    about = section(words.shelf.about(offer.label, offer.version, offer.url))
    if there := sight.there(offer):
        return [about, section(sight.there_as(there))]
    instance, identity = sight.machine(offer), sight.id_of(offer)
    hurdle = outlook.endpoint_hurdle(sight.outlook, instance)
    basis = outlook.basis(sight.outlook, instance)
    name = sight.given.get("name") or adding.name_for(offer, sight.models)
    return [
        about,
        section(words.shelf.awake(instance, sight.an_hour(instance), sight.idle_seconds)),
        *([section(hurdle)] if hurdle else []),
        *([context(basis)] if basis else []),
        *_machines(sight, offer, identity),
        ask(f"name.{identity}", words.shelf.NAME, typed("name", name), words.shelf.NAME_HINT),
        *_licence(offer, identity),
    ]


def _machines(sight: Sight, offer: Offer, identity: str) -> list[Block]:
    if len(offer.instances) == 1:
        return []
    options = [option(_priced(sight, instance), instance) for instance in offer.instances]
    chosen = select(actions.ADD_MACHINE, options, sight.machine(offer))
    return [ask(f"machine.{identity}", words.shelf.MACHINE, chosen, dispatch=True)]


def _licence(offer: Offer, identity: str) -> list[Block]:
    if not offer.licence:
        return []
    accept = tick("licence", option(words.shelf.LICENCE_TICK, "yes"))
    asked = ask(f"licence.{identity}", words.shelf.LICENCE, accept)
    return [context(words.shelf.licence(offer.licence)), asked]


def drawn(view: Mapping[str, Any]) -> Drawn:
    """Read how a view was drawn."""
    return Drawn(**json.loads(view["private_metadata"]))


def is_behind(view: Mapping[str, Any]) -> bool:
    """Tell whether a view shows the price of another model or machine than is chosen in it."""
    told, given = drawn(view), stated(view)
    machine = given.get("machine") or told.machine
    return (given.get("model"), machine) != (told.model, told.machine)


def answers(view: Mapping[str, Any]) -> dict[str, str]:
    """Read what stands in a view: field → text. What was answered about another model than is chosen is left out."""
    given = stated(view)
    return given if given.get("model") == drawn(view).model else {"model": given.get("model", "")}
