"""Direct messages: what is written to the bot alone needs neither a slash nor a mention."""

from bot.desk import Desk, Payload
from bot.learn import WISH, asked_in, tell
from bot.mention import grant
from core import words


async def said(desk: Desk, team: str, event: Payload) -> None:
    """Do what somebody wrote, or say how to ask; in threads people may talk about anything."""
    wish = WISH.match(str(event.get("text", "")))
    if wish:
        await grant(desk, team, event, wish)
    elif not event.get("thread_ts"):
        await tell(desk, asked_in(team, event), words.asking.DIRECT_HELP)
