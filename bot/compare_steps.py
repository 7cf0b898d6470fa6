"""**Compare steps** on a set's card, the modal behind it, and **Keep this one** on the step sheet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.desk import Answer, App, Client, Desk, Payload, team_of, whisper
from bot.modals import Modals, draw_anew
from bot.ready_set import ready_set
from core import actions, comparing, outlook, recipe, sheet_costs, terms, words
from core.cards.answered import under
from core.cards.compare_modal import Answers, Asks, answers, compare_modal
from core.recipe import Choice, Faults, Terms
from core.records import Comparison, Run


@dataclass(frozen=True)
class _Ready:
    """A set that can be compared, and what its recipe is chosen for."""

    desk: Desk
    run: Run
    about: Terms

    async def modal(self, steps: Sequence[int], given: Mapping[str, str], *, changed: bool = False) -> Payload:
        """Draw the modal, with the price of these steps of the recipe that is chosen."""
        sketch = recipe.sketch(self.run, _with(given, steps), self.about)
        cost, _ = await self._cost(sketch, steps)
        cost = f"{terms.hurdle(sketch, self.about)} {cost}".strip()
        return compare_modal(self.run, Asks(self.about, steps, cost, given, changed))

    async def start(self, steps: Sequence[int], given: Mapping[str, str], user: str) -> Faults:
        """Begin to compare, or say why not."""
        found = recipe.read(self.run, _with(given, steps), self.about)
        if not isinstance(found, Choice):
            return found
        _, dollars = await self._cost(found, steps)
        if fault := await self.desk.no_room(self.run, user, dollars):
            return {"steps": fault}
        started = await comparing.start(self.desk.store, self.run, found, steps, user, self.desk.now())
        return {} if started else {"steps": words.training.STALE_BUTTON}

    async def _cost(self, choice: Choice, steps: Sequence[int]) -> tuple[str, float]:
        hosting = self.desk.settings.inference_instance
        return await sheet_costs.read(self.desk.store, self.run.team, choice, self.about, steps, hosting)


def register(app: App, desk: Desk) -> None:
    """Listen for the buttons and the modal."""

    @app.action(actions.COMPARE_STEPS)
    async def compare(ack: Answer, body: Payload, action: Payload, client: Client, respond: Answer) -> None:
        await ack()
        ready = await _ready(desk, body, action["value"])
        if not isinstance(ready, _Ready):
            await whisper(respond, ready)
            return
        await client.views_open(trigger_id=body["trigger_id"], view=await ready.modal(comparing.STEPS_DEFAULT, {}))
        await outlook.look(desk.store, ready.run.team, desk.now())

    @app.action(actions.COMPARE_PRESET)
    async def redraw(ack: Answer, body: Payload, client: Modals) -> None:
        await ack()
        await _redraw(desk, body, client)

    @app.view(actions.COMPARE_MODAL)
    async def start(ack: Answer, body: Payload, view: Payload) -> None:
        asked = answers(view)
        ready = await _ready(desk, body, asked.run)
        steps = comparing.steps_of(asked.steps)
        errors = _errors(ready, asked, steps)
        if errors or isinstance(steps, str) or not isinstance(ready, _Ready):
            await ack(response_action="errors", errors=errors)
        elif not asked.has_price_of(steps):
            again = await ready.modal(steps, asked.given, changed=True)
            await ack(response_action="update", view=again)
        elif faults := await ready.start(steps, asked.given, body["user"]["id"]):
            await ack(response_action="errors", errors=under(view, faults))
        else:
            await ack()

    @app.action(re.compile(rf"^{actions.KEEP_STEPS}:\d+$"))
    async def keep(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        identity, _, model = str(action["value"]).partition(":")
        comparison = await desk.store.get(Comparison, team_of(body), identity)
        user = str(body["user"]["id"])
        if comparison is None or not await comparing.keep(desk.store, comparison, model, user, desk.now()):
            await whisper(respond, words.training.STALE_BUTTON)


async def _redraw(desk: Desk, body: Payload, client: Modals) -> None:
    """Draw the modal anew with what stands in it; step counts with a fault stay, beside the price of those before."""
    asked = answers(body["view"])
    ready = await _ready(desk, body, asked.run)
    if isinstance(ready, _Ready):  # else pressing Start says why
        steps = comparing.steps_of(asked.steps)
        again = await ready.modal(asked.priced if isinstance(steps, str) else steps, asked.given)
        await draw_anew(client, body["view"], again)


def _errors(ready: _Ready | str, asked: Answers, steps: tuple[int, ...] | str) -> Faults:
    """Say what is wrong, under the field that it is wrong with."""
    fault = ready if isinstance(ready, str) else steps if isinstance(steps, str) else ""
    found = {"steps": fault, "licence": "" if asked.licence else words.training.LICENCE_NEEDED}
    return {name: said for name, said in found.items() if said}


def _with(given: Mapping[str, str], steps: Sequence[int]) -> dict[str, str]:
    """Give the recipe of the longest of a sheet's trainings: machine and limits have to hold for it."""
    return {**given, "max_steps": str(max(steps))}


async def _ready(desk: Desk, body: Payload, identity: str) -> _Ready | str:
    found = await ready_set(desk, body, identity)
    return found if isinstance(found, str) else _Ready(desk, *found)
