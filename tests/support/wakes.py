"""A waker that only remembers who was to be woken."""

from typing import TYPE_CHECKING, Any, cast

from core.store import Store, connect

if TYPE_CHECKING:
    from core.wake import Waker


class FakeWaker:
    """`rung` holds (team, member, version, due), in order."""

    def __init__(self) -> None:
        self.rung: list[tuple[str, str, int, float]] = []

    def ring(self, team: str, wakes: list[tuple[str, int, float]]) -> None:
        self.rung += [(team, *wake) for wake in wakes]

    def take(self) -> list[tuple[str, str, int, float]]:
        """Give what was rung since the last look."""
        taken, self.rung = self.rung, []
        return taken


def quiet_store(redis_url: str, deployment: str, waker: FakeWaker) -> tuple[Any, Store]:
    """Make a store without a queue; gives its connection, to be closed, and the store."""
    redis = connect(redis_url)
    return redis, Store(redis, deployment, cast("Waker", waker))
