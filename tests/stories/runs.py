"""A run as its people see it: on its one card, on AWS's bill, and in what AWS was asked to do."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from core.store import connect
from sandbox.slack.json_types import JsonObject, as_objects
from sandbox.slack.person import Person
from sandbox.story import calls
from tests.stories.acts import PETS, SECONDS, Scene, buttons

LONG = 1_500
"""Steps of a training that lasts until somebody has cancelled it."""
MACHINE = "ml.g4dn.2xlarge"


@dataclass(frozen=True)
class Followed:
    """A run of Mira's, by the message that is its card."""

    at: Scene
    card: JsonObject

    @classmethod
    async def collected(cls, at: Scene) -> "Followed":
        """Open a thread and drop photos enough."""
        return cls(at, await at.drop(await at.open_thread()))

    @classmethod
    async def started(cls, at: Scene, steps: int = 12) -> "Followed":
        """Start a run."""
        run = await cls.collected(at)
        await at.start_training(run.card, steps)
        return run

    async def says(self, *words: str) -> JsonObject:
        """Wait until the card says this; gives the card."""
        return await self.at.in_thread(
            self.card, lambda m: m["ts"] == self.card["ts"] and all(word in said(m) for word in words)
        )

    async def told(self, *words: str) -> JsonObject:
        """Wait for a message under the card that says this."""
        return await self.at.in_thread(
            self.card, lambda m: m["ts"] != self.card["ts"] and all(word in str(m["text"]) for word in words)
        )

    async def press(self, name: str, who: Person | None = None) -> None:
        """Press a button that the card has now."""
        card = await self.at.mira.now(self.card)
        await (who or self.at.mira).press(card, name, modal_within=0)

    async def asked(self, operation: str, times: int = 1) -> list[JsonObject]:
        """Wait until AWS has carried something out for this run so often; gives the requests."""

        async def enough() -> list[JsonObject]:
            made = self.at.made(operation)
            return made if len(made) >= times else []

        made = await self.at.mira.wait_for(enough, SECONDS, f"{times} {operation}")
        return [call["request"] for call in made]

    async def lists_after(self, count: int, operation: str = "ListTrainingJobs") -> list[JsonObject]:
        """Wait until AWS has listed training jobs, or something else, more often than that; gives all those calls."""

        async def enough() -> list[JsonObject]:
            made = calls(self.at.house, operation)
            return made if len(made) > count else []

        return await self.at.mira.wait_for(enough, SECONDS, operation)

    async def cancelled(self) -> JsonObject:
        """Cancel it, and wait until the card says that nothing runs any more."""
        await self.press("Cancel")
        return await self.says("Cancelled by <@U0MIRA>")

    async def announcements(self) -> int:
        """Count how often it was said that the model is in service."""
        thread = await self.at.mira.thread(PETS, self.card["ts"])
        return sum("*in service*" in str(message["text"]) for message in thread)

    def bill(self, *, running: bool = False) -> list[JsonObject]:
        """List the lines of AWS's bill for this run: those that go on, or those that have ended."""
        lines = as_objects(self.at.house.aws.sandbox("meter")["running" if running else "ended"])
        return [line for line in lines if self.at.subject in line["name"]]


def said(message: JsonObject) -> str:
    """Give what a message says to people in all its parts."""
    parts = [part for block in as_objects(message.get("blocks") or []) for part in [block, *block.get("elements", [])]]
    texts = [part["text"] for part in parts if "text" in part]
    return "\n".join(text if isinstance(text, str) else str(text["text"]) for text in texts)


def has_cancel(card: JsonObject) -> bool:
    """Whether a card can be cancelled."""
    return "Cancel" in buttons(card)


async def whispers(who: Person, words: str) -> int:
    """Count the sentences with these words that only this person sees."""
    return sum(bool(m.get("ephemeral_for")) and words in str(m["text"]) for m in await who.messages(PETS))


@asynccontextmanager
async def all_machines_taken(at: Scene) -> AsyncGenerator[None]:
    """Have jobs wait for their machine."""
    at.aws_faults(no_capacity=["training"])
    yield
    at.aws_faults(no_capacity=[])


async def forget_outlook(at: Scene) -> None:
    """Forget what AWS said that it offers, as if it had been asked long ago."""
    redis: Any = connect(at.house.valkey.url)
    try:
        keys = [key async for key in redis.scan_iter("*:outlook:*")]
        if keys:
            await redis.delete(*keys)
    finally:
        await redis.aclose()
