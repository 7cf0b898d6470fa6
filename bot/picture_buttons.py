"""**Again**, **Vary**, **Edit**, **Details** and **Delete** below pictures."""

from bot.desk import Answer, App, Client, Desk, Listener, Payload, show, team_of, whisper
from core import actions, answering, asking, editing, words
from core.asking import Asked
from core.cards.asked import asked as expected
from core.cards.edit_modal import answers, edit_modal
from core.grammar import GrammarError
from core.imagine_grammar import Imagine
from core.may import MayNotError


def register(app: App, desk: Desk) -> None:
    """Listen for the buttons and the modal."""
    app.action(actions.AGAIN)(_paint_again(desk, near=False))
    app.action(actions.VARY)(_paint_again(desk, near=True))

    @app.action(actions.EDIT)
    async def edit(ack: Answer, body: Payload, action: Payload, client: Client, respond: Answer) -> None:
        await ack()
        team = team_of(body)
        shown = await answering.standing(desk.store, team, action["value"])
        models = asking.usable(await desk.catalogue.models(team), _pressed(body))
        if isinstance(shown, str) or not models:
            await whisper(respond, shown if isinstance(shown, str) else words.asking.NO_MODELS)
        else:
            await client.views_open(trigger_id=body["trigger_id"], view=edit_modal(shown, models))

    @app.view(actions.EDIT_MODAL)
    async def edited(ack: Answer, body: Payload, view: Payload) -> None:
        given = answers(view)
        wish = editing.read(given.typed)
        faults = {} if isinstance(wish, Imagine) else wish
        if not given.model:
            faults = faults | {"model": words.answer.MODEL_NEEDED}
        if isinstance(wish, Imagine) and not faults:
            asked = Asked(team_of(body), body["user"]["id"], given.channel, given.thread_ts, f"edit:{view['id']}")
            faults = await _ask(desk, asked, wish, given.model)
        await (ack(response_action="errors", errors=faults) if faults else ack())

    @app.action(actions.DETAILS)
    async def details(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        await whisper(respond, await answering.details(desk.store, team_of(body), action["value"]))

    @app.action(actions.DELETE_PICTURES)
    async def delete(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        refusal = await answering.delete(desk.store, desk.settings, _pressed(body), action["value"], desk.now())
        if refusal:
            await whisper(respond, refusal)


def _paint_again(desk: Desk, *, near: bool) -> Listener:
    async def paint_again(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        try:
            pressed, identity = _pressed(body), action["value"]
            said = await answering.paint_again(desk.store, pressed, identity, desk.now(), desk.bounds, near=near)
        except GrammarError as fault:
            said = str(fault)
        if isinstance(said, str):
            await whisper(respond, said)
        else:
            await show(respond, *expected(said))

    return paint_again


async def _ask(desk: Desk, asked: Asked, wish: Imagine, model: str) -> editing.Faults:
    """Ask for what was edited; give what stands against it, by field."""
    try:
        await editing.ask(desk.store, asked, wish, model, desk.now(), desk.bounds)
    except GrammarError as fault:
        return {"model" if isinstance(fault, MayNotError) else "prompt": words.text.unmarked(str(fault))}
    return {}


def _pressed(body: Payload) -> Asked:
    """Say who pressed; the key is the same when Slack delivers the press again."""
    key = f"pressed:{body['trigger_id']}"
    return Asked(team_of(body), str(body["user"]["id"]), str(body["channel"]["id"]), "", key)
