"""The card's buttons: **Train** opens the modal, **Start training** queues the run, **Try again** queues it anew.

**Change and try again** opens the modal of a run that failed, with what was chosen then.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.desk import Answer, App, Client, Desk, Listener, Payload, team_of, whisper
from bot.modals import Modals, draw_anew
from bot.ready_set import ready_set
from core import actions, estimating, outlook, recipe, starting, terms, words
from core.cards.answered import under
from core.cards.train_modal import Asks, answers, carried, drawn, is_behind, stays_open, train_modal
from core.recipe import Choice, Faults, Terms
from core.records import Run

REFILLING = (
    actions.TRAIN_PRESET,
    actions.TRAIN_STEPS,
    actions.TRAIN_PRIOR,
    actions.TRAIN_INSTANCE,
    actions.TRAIN_SPOT,
)
"""Answers after which other fields, or the estimate, are not what they were."""


@dataclass(frozen=True)
class _Ready:
    """A run that can be started, and what its recipe is chosen for."""

    desk: Desk
    run: Run
    about: Terms

    @property
    def is_again(self) -> bool:
        """It failed: what it was started with is to be changed."""
        return starting.has_failed(self.run)

    async def opened(self) -> Payload:
        """Draw the modal as it opens; that of a run that failed with what was chosen then, all of it in view."""
        given = recipe.chosen_then(self.run) if self.is_again else {}
        return await self.modal(given, advanced=self.is_again)

    async def modal(
        self, given: Mapping[str, str], *, advanced: bool, note: str = "", changed: bool = False
    ) -> Payload:
        """Draw the modal with these answers; `changed`: their price was not shown when Start was pressed."""
        sketch = recipe.sketch(self.run, given, self.about)
        guess = await terms.estimate(self.desk.store, self.run, sketch, self.about)
        cost = terms.cost(sketch, guess, self.about)
        return train_modal(self.run, Asks(self.about, cost, advanced, given, note, guess.dollars, changed))

    async def submitted(self, view: Payload, user: str) -> Payload:
        """Answer the modal: with what is wrong, with a price that it did not show, or, once the run is queued, not."""
        found = recipe.read(self.run, answers(view), self.about)
        if is_behind(view):
            return await self._shown_again(view)
        if not isinstance(found, Choice):
            return _errors(under(view, found))
        guess = await terms.estimate(self.desk.store, self.run, found, self.about)
        if estimating.is_another_price(drawn(view).dollars, guess.dollars):
            return await self._shown_again(view)
        if fault := await self.desk.no_room(self.run, user, guess.dollars or 0.0):
            return _errors({"instance_prompt": fault})
        started = await starting.start(self.desk.store, self.run, found, user, self.desk.now(), guess.dollars)
        return {} if started else _errors({"instance_prompt": words.training.STALE_BUTTON})

    async def _shown_again(self, view: Payload) -> Payload:
        again = await self.modal(carried(view), advanced=drawn(view).advanced, changed=True)
        return {"response_action": "update", "view": again}


def register(app: App, desk: Desk) -> None:
    """Listen for the buttons and the modal."""
    for action in (*REFILLING, actions.TRAIN_ADVANCED):
        app.action(action)(_redraw(desk, switched=action == actions.TRAIN_ADVANCED))

    @app.action(actions.TRAIN)
    async def train(ack: Answer, body: Payload, action: Payload, client: Client, respond: Answer) -> None:
        await ack()
        ready = await _ready(desk, body, action["value"])
        if not isinstance(ready, _Ready):
            await whisper(respond, ready)
            return
        await client.views_open(trigger_id=body["trigger_id"], view=await ready.opened())
        if ready.is_again:
            await outlook.ask_anew(desk.store, ready.run.team, desk.now())
        await outlook.look(desk.store, ready.run.team, desk.now())

    @app.view(actions.TRAIN_MODAL)
    async def start(ack: Answer, body: Payload, view: Payload) -> None:
        ready = await _ready(desk, body, drawn(view).run)
        if isinstance(ready, _Ready):
            await ack(**await ready.submitted(view, body["user"]["id"]))
        else:
            await ack(**_errors({"instance_prompt": ready}))

    @app.action(actions.TRY_AGAIN)
    async def try_again(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        run = await desk.store.get(Run, team_of(body), action["value"])
        failed, user = run is not None and starting.has_failed(run), str(body["user"]["id"])
        if run is None or not failed or not await starting.start_again(desk.store, run, user, desk.now()):
            await whisper(respond, words.training.STALE_BUTTON)


def _errors(by_block: Faults) -> Payload:
    return {"response_action": "errors", "errors": by_block}


def _redraw(desk: Desk, *, switched: bool) -> Listener:
    """Make a listener that draws the modal anew; `switched`: the advanced fields come, or go."""

    async def redraw(ack: Answer, body: Payload, client: Modals) -> None:
        await ack()
        view = body["view"]
        ready = await _ready(desk, body, drawn(view).run)
        if not isinstance(ready, _Ready):
            return  # pressing Start says why
        given, shown = carried(view), drawn(view).advanced
        note = stays_open(ready.run, given, ready.about) if shown and switched else ""
        again = await ready.modal(given, advanced=shown != switched or bool(note), note=note)
        await draw_anew(client, view, again)

    return redraw


async def _ready(desk: Desk, body: Payload, identity: str) -> _Ready | str:
    found = await ready_set(desk, body, identity, again=True)
    return found if isinstance(found, str) else _Ready(desk, *found)
