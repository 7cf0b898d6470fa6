"""A star as a reaction to pictures puts them first in the gallery."""

from typing import Any

from slack_bolt import BoltResponse

from bot.desk import App, Desk, Payload, team_of
from core import starring
from core.starring import EMOJI, Star

YOUNG_SECONDS = 120.0
"""How old a message of ours may be that is not known to hold pictures: until then it may become known."""
_AGAIN = 503


def register(app: App, desk: Desk) -> None:
    """Listen for reactions."""

    async def reacted(body: Payload, event: Payload, context: Any) -> BoltResponse | None:  # noqa: ANN401 - Bolt's
        item: Payload = event["item"]
        ours = event.get("item_user", context.bot_user_id) == context.bot_user_id
        if event["reaction"] not in EMOJI or item.get("type") != "message" or not ours:
            return None
        added, at = event["type"] == "reaction_added", float(event["event_ts"])
        star = Star(team_of(body), item["channel"], item["ts"], event["user"], event["reaction"], at, added)
        if await starring.put(desk.store, star) or desk.now() - float(star.ts) > YOUNG_SECONDS:
            return None
        # Slack tells where pictures stand some seconds after people see them. It delivers again what is not taken.
        return BoltResponse(status=_AGAIN)

    for kind in ("reaction_added", "reaction_removed"):
        app.event(kind)(reacted)
