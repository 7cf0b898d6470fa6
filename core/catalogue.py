"""A team's models, remembered for a moment: a busy channel asks for them many times a second."""

import time

from core.records import Model
from core.store import Store

SECONDS = 1.0
"""A model's state may be this old; a prompt that was lined up by it is put right by the step that takes it up."""


class Catalogue:
    """The models of each team, as they were a moment ago."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[float, list[Model]]] = {}

    async def models(self, team: str) -> list[Model]:
        """Give a team's models."""
        read_at, models = self._known.get(team, (-SECONDS, []))
        return models if time.monotonic() - read_at < SECONDS else await self.fresh(team)

    async def fresh(self, team: str) -> list[Model]:
        """Give a team's models as they are now."""
        table = await self._store.table(team, "catalogue")
        models = await self._store.get_all(Model, team, list(table))
        self._known[team] = (time.monotonic(), models)
        return models
