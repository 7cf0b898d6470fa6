"""The machine of a model's endpoint, and what it costs."""

from core import outlook, prices
from core.records import Model
from core.settings import Settings
from core.store import Store


def machine(told: Settings, model: Model) -> str:
    """Name the machine of a model's endpoint: its own, or the deployment's."""
    return model.instance or told.inference_instance


async def an_hour(store: Store, told: Settings, model: Model) -> float | None:
    """Give what a model's endpoint costs by the hour; None when nobody has said."""
    return prices.an_hour(machine(told, model), await outlook.read(store, model.team), "hosting")
