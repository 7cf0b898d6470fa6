"""A team's models, remembered for a moment: a busy channel asks for them many times a second."""

import time

from core.pace import PACES
from core.records import Model
from core.store import Store

SECONDS = 1.0
"""A model's state may be this old; a prompt that was lined up by it is put right by the step that takes it up."""
PACE_SECONDS = 10.0
"""How long a model took to paint may be this old."""


class Catalogue:
    """The models of each team, as they were a moment ago."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[float, list[Model]]] = {}
        self._paces: dict[str, tuple[float, dict[str, str]]] = {}

    async def models(self, team: str) -> list[Model]:
        """Give a team's models."""
        read_at, models = self._known.get(team, (-SECONDS, []))
        return models if time.monotonic() - read_at < SECONDS else await self.fresh(team)

    async def paces(self, team: str) -> dict[str, str]:
        """Give the table of how long a team's models take to paint."""
        read_at, paces = self._paces.get(team, (-PACE_SECONDS, {}))
        if time.monotonic() - read_at >= PACE_SECONDS:
            paces = await self._store.table(team, PACES)
            self._paces[team] = (time.monotonic(), paces)
        return paces

    async def fresh(self, team: str) -> list[Model]:
        """Give a team's models as they are now."""
        table = await self._store.table(team, "catalogue")
        models = await self._store.get_all(Model, team, list(table))
        self._known[team] = (time.monotonic(), models)
        return models
