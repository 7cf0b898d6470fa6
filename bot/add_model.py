"""`/darkroom add ghibli`: choose one of JumpStart's ready-made models, see what it costs, give it a name."""

from collections.abc import Mapping

from bot.desk import Answer, App, Client, Desk, Payload, team_of
from bot.modals import Modals, draw_anew
from core import actions, adding, grammar, looking, outlook, shelf, words
from core.adding import Wish
from core.cards.add_modal import WORDS_MOST, Drawn, Sight, add_modal, answers, drawn, is_behind
from core.cards.answered import under
from core.shelf import Offer


async def show(desk: Desk, ack: Answer, client: Client, command: Payload) -> None:
    """Open the modal with the models that have the words behind `add` in them; have JumpStart asked if that is due."""
    await ack()
    team = str(command["team_id"])
    place = Drawn(command["channel_id"], grammar.plain(command["text"])[:WORDS_MOST])
    modal = add_modal(await _sight(desk, team, place, {}))
    await client.views_open(trigger_id=command["trigger_id"], view=modal)
    await shelf.look(desk.store, team, desk.now())


def register(app: App, desk: Desk) -> None:
    """Listen for what is done in the modal."""

    async def redraw(ack: Answer, body: Payload, client: Modals) -> None:
        await ack()
        view = body["view"]
        await shelf.look(desk.store, team_of(body), desk.now())
        sight = await _sight(desk, team_of(body), drawn(view), answers(view))
        await draw_anew(client, view, add_modal(sight))

    for action in (actions.ADD_SELECT, actions.ADD_MACHINE, actions.ADD_REFRESH):
        app.action(action)(redraw)

    @app.view(actions.ADD_MODAL)
    async def add(ack: Answer, body: Payload, view: Payload) -> None:
        sight = await _sight(desk, team_of(body), drawn(view), answers(view))
        if is_behind(view):
            await ack(response_action="update", view=add_modal(sight))
        elif faults := await _add(desk, sight, str(body["user"]["id"])):
            await ack(response_action="errors", errors=under(view, faults))
        else:
            await ack()


async def _sight(desk: Desk, team: str, place: Drawn, given: Mapping[str, str]) -> Sight:
    listed = await shelf.read(desk.store, team)
    return Sight(
        team=team,
        offers=shelf.offers(listed),
        fault="" if shelf.asking(listed) else listed.fault,
        models=await looking.models(desk.store, team),
        outlook=await outlook.read(desk.store, team),
        idle_seconds=desk.settings.idle_seconds,
        drawn=place,
        given=given,
    )


async def _add(desk: Desk, sight: Sight, user: str) -> dict[str, str]:
    """Add the chosen model, or say under which field something is wrong with it."""
    offer, given = sight.chosen, sight.given
    if offer is None:
        return {"model": words.shelf.GONE}
    if faults := _faults(sight, offer):
        return faults
    try:
        name = adding.usable_name(given["name"], sight.models, desk.settings.word_filter)
    except grammar.GrammarError as fault:
        return {"name": words.text.unmarked(str(fault))}
    instance = sight.machine(offer)
    wish = Wish(sight.team, user, sight.drawn.channel, offer, name, instance, licence=bool(offer.licence))
    added = await adding.add(desk.store, wish, sight.an_hour(instance), sight.idle_seconds, desk.now())
    return {} if added else {"model": words.shelf.CHANGED}


def _faults(sight: Sight, offer: Offer) -> dict[str, str]:
    """Say why a model cannot be added under any name."""
    if there := sight.there(offer):
        return {"model": words.text.unmarked(sight.there_as(there))}
    if "name" not in sight.given:
        return {"model": words.shelf.CHANGED}
    return {"licence": words.shelf.LICENCE_UNREAD} if offer.licence and not sight.given.get("licence") else {}
