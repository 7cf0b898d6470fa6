"""**Compare steps** on a set's card, the modal behind it, and **Keep this one** on the step sheet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.desk import Answer, App, Client, Desk, Payload, team_of, whisper
from bot.ready_set import ready_set
from core import actions, comparing, outlook, recipe, sheet_costs, terms, words
from core.cards.compare_modal import Answers, answers, compare_modal
from core.recipe import Choice, Faults, Terms
from core.records import Comparison, Run


@dataclass(frozen=True)
class _Ready:
    """A set that can be compared, and what its recipe is chosen for."""

    desk: Desk
    run: Run
    about: Terms

    def choice(self, steps: Sequence[int]) -> Choice | Faults:
        """Give the set's usual recipe, its licence accepted; or what is wrong with it."""
        return recipe.read(self.run, {"max_steps": str(max(steps)), "licence": "yes"}, self.about)

    async def modal(self, steps: Sequence[int], *, licence: bool = False, note: str = "") -> Payload:
        """Draw the modal, with the price of these steps."""
        sketch = recipe.sketch(self.run, {"max_steps": str(max(steps))}, self.about)
        hosting = self.desk.settings.inference_instance
        cost = await sheet_costs.read(self.desk.store, self.run.team, sketch, self.about, steps, hosting)
        cost = f"{terms.hurdle(sketch, self.about)} {cost}".strip()
        return compare_modal(self.run, steps, cost, licence=licence, note=note)


def register(app: App, desk: Desk) -> None:
    """Listen for the buttons and the modal."""

    @app.action(actions.COMPARE_STEPS)
    async def compare(ack: Answer, body: Payload, action: Payload, client: Client, respond: Answer) -> None:
        await ack()
        ready = await _ready(desk, team_of(body), action["value"])
        if not isinstance(ready, _Ready):
            await whisper(respond, ready)
            return
        await client.views_open(trigger_id=body["trigger_id"], view=await ready.modal(comparing.STEPS_DEFAULT))
        await outlook.look(desk.store, ready.run.team, desk.now())

    @app.view(actions.COMPARE_MODAL)
    async def start(ack: Answer, body: Payload, view: Payload) -> None:
        given = answers(view)
        ready = await _ready(desk, team_of(body), given.run)
        steps = comparing.steps_of(given.steps)
        errors = _errors(ready, given, steps)
        if errors or isinstance(steps, str) or not isinstance(ready, _Ready):
            await ack(response_action="errors", errors=errors)
        elif steps != given.priced:
            again = await ready.modal(steps, licence=True, note=words.comparing.PRICE_CHANGED)
            await ack(response_action="update", view=again)
        elif fault := await _start(ready, steps, body["user"]["id"]):
            await ack(response_action="errors", errors={"steps": fault})
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


def _errors(ready: _Ready | str, given: Answers, steps: tuple[int, ...] | str) -> dict[str, str]:
    """Say what is wrong, under the field that it is wrong with."""
    fault = ready if isinstance(ready, str) else steps if isinstance(steps, str) else ""
    found = {"steps": fault, "licence": "" if given.licence else words.training.LICENCE_NEEDED}
    return {name: said for name, said in found.items() if said}


async def _start(ready: _Ready, steps: Sequence[int], user: str) -> str:
    """Begin to compare, or say why not."""
    choice = ready.choice(steps)
    if not isinstance(choice, Choice):
        return " ".join(choice.values())
    desk = ready.desk
    started = await comparing.start(desk.store, ready.run, choice, steps, user, desk.now())
    return "" if started else words.training.STALE_BUTTON


async def _ready(desk: Desk, team: str, identity: str) -> _Ready | str:
    found = await ready_set(desk, team, identity)
    return found if isinstance(found, str) else _Ready(desk, *found)
