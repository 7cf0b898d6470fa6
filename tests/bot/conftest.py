"""A person at the front, for every test of the bot."""

from collections.abc import AsyncGenerator

import pytest

from core.store import Store
from tests.bot.person import Person, at_the_front
from tests.support.site import Site, a_site
from tests.support.workshop import settings


@pytest.fixture
async def slack() -> AsyncGenerator[Site]:
    """The site on which the bot calls Slack."""
    async with a_site() as site:
        yield site


@pytest.fixture
async def mira(store: Store, slack: Site) -> AsyncGenerator[Person]:
    """Mira, whose Slack sends signed requests."""
    async with at_the_front(settings(SLACK_API_URL=f"{slack.url}/api/"), store, slack) as person:
        yield person
