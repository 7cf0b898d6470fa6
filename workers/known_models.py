"""Models as they were read last: a busy one is painted with many times before it changes."""

from core.records import Model
from core.store import Store


class KnownModels:
    """The models that a worker has read. Whoever goes by one makes its version a condition of what they write."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Model] = {}

    def get(self, team: str, identity: str) -> Model | None:
        """Give a model as it was read last, if it was."""
        return self._known.get((team, identity))

    async def read(self, store: Store, team: str, identity: str) -> Model | None:
        """Give a model as it is now; None: it is gone."""
        model = await store.get(Model, team, identity)
        if model:
            self._known[team, identity] = model
        else:
            self._known.pop((team, identity), None)
        return model
