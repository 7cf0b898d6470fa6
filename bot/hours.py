"""`/darkroom hours 9-17 weekdays`: the working hours of a channel, in which a model that is used stays awake."""

from bot.desk import Answer, Desk, Payload
from core import hours, idling, outlook, prices, rules, words
from core.grammar import GrammarError
from core.may import is_admin

OFF = "off"


async def show(desk: Desk, ack: Answer, _client: object, command: Payload) -> None:
    """Answer with the hours that hold here, or set others."""
    typed = str(command["text"]).strip().lower()
    try:
        said = await (_set(desk, command, typed) if typed else _stand(desk, command))
    except GrammarError as fault:
        said = str(fault)
    await ack(text=said, response_type="ephemeral")


async def _stand(desk: Desk, command: Payload) -> str:
    written = (await rules.read(desk.store, command["team_id"])).hours.get(command["channel_id"], "")
    stands = hours.kept(written)
    return words.hours.stand(written, stands.days_unused) if stands else words.hours.NONE


async def _set(desk: Desk, command: Payload, typed: str) -> str:
    team, user, channel = command["team_id"], command["user_id"], command["channel_id"]
    if not is_admin(desk.settings, user):
        return words.hours.not_an_admin()
    wanted = None if typed == OFF else hours.read(typed)
    if not await idling.set_hours(desk.store, team, user, channel, wanted.written if wanted else "", desk.now()):
        return words.hours.MANY_AT_ONCE
    if wanted is None:
        return words.hours.OFF
    an_hour = prices.an_hour(desk.settings.inference_instance, await outlook.read(desk.store, team), "hosting")
    return words.hours.kept(wanted.written, prices.of(wanted.seconds, an_hour), wanted.days_unused)
