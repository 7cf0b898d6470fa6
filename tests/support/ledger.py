"""Lines of the ledger as tests want them."""

from typing import Any

from core import ledger
from core.change import Change
from core.ledger import Charge
from core.store import Store
from tests.support.clock import NEW_YEAR_2027
from tests.support.records import CHANNEL, MIRA, TEAM

HOUR = 3_600.0


def a_charge(**different: Any) -> Charge:
    """An hour of an endpoint at two dollars, the first of the year."""
    usual: dict[str, Any] = {
        "kind": "endpoint",
        "name": "darkroom-riobugger-model1-a1",
        "model": "model1",
        "subject": "riobugger",
        "channel": CHANNEL,
        "user": MIRA,
        "instance": "ml.g5.2xlarge",
        "since": NEW_YEAR_2027,
        "until": NEW_YEAR_2027 + HOUR,
        "seconds": HOUR,
        "an_hour": 2.0,
    }
    return Charge(**(usual | different))


async def booked(store: Store, *lines: Charge) -> None:
    """Write lines down; each needs a name of its own."""
    change = Change(TEAM)
    for line in lines:
        ledger.book(change, line)
    assert await store.commit(change)
