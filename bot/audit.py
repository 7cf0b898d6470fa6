"""`/darkroom audit [riobugger|@person|30]`: who did what, for admins."""

import re

from bot.desk import Answer, Desk, Payload
from core import audit, choose, words
from core.cards.audit import audit_card
from core.gallery import PERSON
from core.grammar import plain
from core.may import is_admin
from core.names import DAY

DAYS = re.compile(r"[0-9]{1,4}", re.ASCII)


async def show(desk: Desk, ack: Answer, _client: object, command: Payload) -> None:
    """Answer with the list, or say who can see it."""
    if not is_admin(desk.settings, command["user_id"]):
        await ack(text=words.audit.not_an_admin(desk.settings.admins), response_type="ephemeral")
        return
    asked = await _asked(desk, command["team_id"], command["text"])
    if asked is None:
        await ack(text=words.audit.USAGE, response_type="ephemeral")
        return
    blocks = audit_card(await audit.read(desk.store, command["team_id"], asked))
    await ack(text=words.audit.TITLE, blocks=blocks, response_type="ephemeral")


async def _asked(desk: Desk, team: str, typed: str) -> audit.Asked | None:
    """Read what was typed: a model, a person, a number of days, in any order, each once. None: something else."""
    people = PERSON.findall(typed)
    words_left = plain(PERSON.sub(" ", typed)).split()
    days = [word for word in words_left if DAYS.fullmatch(word)]
    models = [word for word in words_left if word not in days]
    if max(len(people), len(days), len(models)) > 1 or any(word.startswith("@") for word in models):
        return None
    model = models[0] if models else ""
    named = choose.called(model, await desk.catalogue.models(team)) if model else []
    since = desk.now() - int(days[0]) * DAY if days else 0.0
    return audit.Asked(model, frozenset(one.id for one in named), people[0] if people else "", since)
