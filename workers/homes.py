"""App Homes: published to whoever opens theirs, and again when something has changed that they show."""

import json

from core import budgets, gallery, homes, looking, may, outbox, rules, spending
from core.cards.blocks import Block
from core.cards.budgets import budgets_card
from core.cards.elements import without_refused
from core.cards.home import Home, home
from core.cards.limits import limits_card
from core.change import Change
from core.holds import Payer
from core.names import record_id
from core.records import HOMES, Message, Rules
from core.rules import Bounds
from workers.house import House
from workers.trouble import Trouble
from workers.turns import waits

HOME_SECONDS = 2.0
"""How often one Home is published at most, and all that are looked at are drawn anew."""
PICTURES_LOOKED_AT = 20
"""Somebody's newest prompts that are looked through for pictures: some are deleted by now."""
PUBLISH_SECONDS = 0.6
"""Slack takes about 100 Homes a minute: with many to draw, it takes turns so much longer."""
_REFUSED = {"invalid_arguments", "invalid_blocks"}
"""What Slack answers to a view with a picture that it does not show."""


async def publish(house: House, message: Message) -> str | None:
    """Publish a person's Home unless it shows the same already; gives a digest of it. None: it is not its turn yet."""
    blocks = await _draw(house, message)
    shows = record_id(str(message.since), json.dumps(blocks))
    if shows == message.ts:
        return shows
    if await waits(house, message, f"home:{message.user}", HOME_SECONDS):
        return None
    whole = await _publish(house, message.user, blocks)
    return shows if whole else ""


async def _publish(house: House, user: str, blocks: list[Block]) -> bool:
    """Publish; leave out pictures that Slack refuses: it looks at them still, or somebody has deleted them there.

    False: some were left out, so that the same is tried again with the next change.
    """
    shown = [blocks]
    while True:
        try:
            await house.slack("views.publish", user_id=user, view={"type": "home", "blocks": shown[-1]})
        except Trouble as fault:
            fewer = without_refused(shown[-1], fault.said if len(shown) == 1 else ())
            if fault.code not in _REFUSED or fewer == shown[-1]:
                raise
            shown.append(fewer)
        else:
            return len(shown) == 1


async def _draw(house: House, message: Message) -> list[Block]:
    store, team, user, now = house.store, message.team, message.user, house.now()
    models = await looking.models(store, team)
    seen = Home(
        [model for model in models if may.may_see(house.settings, model, user, "")],
        await looking.runs(store, team),
        await spending.this_month(store, team, now),
        await gallery.pictures(store, gallery.Look(team, user, ""), models, PICTURES_LOOKED_AT),
        now,
        await _settings(house, message) if may.is_admin(house.settings, user) else (),
    )
    return home(seen)


async def _settings(house: House, message: Message) -> list[Block]:
    bounds = Bounds.of(house.settings)
    most = await rules.limits(house.store, message.team, bounds)
    changed = await house.store.get(Rules, message.team, rules.RULES)
    payer = Payer(message.user, "")
    levels = await budgets.levels(house.store, message.team, bounds, payer, house.now())
    return [*limits_card(most, changed, bounds, changes=True), *budgets_card(levels, changes=True)]


async def redraw_all(house: House, message: Message) -> str | None:
    """Have every Home drawn anew that was opened lately. None: it is not the time yet, or nobody has opened one."""
    users = await homes.looked_at(house.store, message.team, house.now())
    nobody = Change(message.team).require_empty(HOMES).forget(message)
    if not users and await house.store.commit(nobody):
        return None
    if await waits(house, message, HOMES, max(HOME_SECONDS, PUBLISH_SECONDS * len(users))):
        return None
    change = Change(message.team)
    for user in users:
        change.redraw(Message, outbox.home_id(user), house.now())
    await house.store.commit(change)
    return ""
