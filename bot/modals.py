"""Modals that are drawn anew while somebody fills them in."""

import logging
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError

from bot.desk import Client, Payload

log = logging.getLogger(__name__)


class Modals(Client, Protocol):
    """Slack's client, as far as modals need it."""

    async def views_update(self, *, view_id: str, view: Payload) -> object:
        """Draw an open modal anew; what stands in blocks that keep their id stays."""
        ...


async def draw_anew(client: Modals, view: Payload, again: Payload) -> None:
    """Draw a modal anew, if its person has not closed it."""
    try:
        await client.views_update(view_id=view["id"], view=again)
    except SlackApiError as error:
        answer: Any = error.response
        log.info("a modal was not drawn anew: %s", answer.get("error"))
