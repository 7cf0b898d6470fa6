"""What people do in the stories, and what they see."""

import contextlib
import itertools
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sandbox.house import House
from sandbox.slack.faults import Faults
from sandbox.slack.json_types import JsonObject, as_objects
from sandbox.slack.person import Person
from sandbox.story import calls, figures, has_button, pictured

PETS, STUDIO = "C0PETS", "C0STUDIO"
PHOTOS = sorted((Path("sandbox") / "photos" / "riobugger").glob("*.jpg"))
SECONDS = 60.0
_NAMES = itertools.count(1)


@dataclass(frozen=True)
class Scene:
    """Mira at a house, with a subject of her own for this story."""

    house: House
    mira: Person
    subject: str

    def another(self) -> "Scene":
        """Give the same scene with one more subject."""
        return Scene(self.house, self.mira, f"subject{next(_NAMES)}")

    async def open_thread(self, noun: str = "cat") -> JsonObject:
        """`/train`; gives the card."""
        await self.mira.command(PETS, "/train", f"{self.subject} {noun}")
        return await self.mira.wait_for_message(PETS, self._is_card, within=SECONDS)

    def _is_card(self, message: JsonObject) -> bool:
        return self.subject in str(message["text"]) and has_button(message, "Train")

    async def drop(self, card: JsonObject, count: int = 4) -> JsonObject:
        """Drop good photos in the thread and wait until the card counts them."""
        await self.mira.drop(PETS, *PHOTOS[:count], thread=str(card["ts"]))
        return await self.in_thread(card, lambda m: f"\n{count} " in figures(m))

    async def start_training(self, card: JsonObject, steps: int = 12) -> None:
        """Press Train and submit the modal with a few steps and the licence ticked."""
        view = await self.mira.press(card, "Train", modal_within=SECONDS)
        await accept(self.mira, view, by_block(view, {"max_steps": str(steps), "licence": ["yes"]}))

    async def learn(self) -> JsonObject:
        """All of it: thread, photos, training, in service; gives the card."""
        card = await self.drop(await self.open_thread())
        await self.start_training(card)
        await self.announced(card)
        return card

    async def announced(self, card: JsonObject) -> JsonObject:
        """Wait for the announcement."""
        return await self.in_thread(card, lambda m: "*in service*" in str(m["text"]))

    async def in_thread(
        self, card: JsonObject, fits: Callable[[JsonObject], object], seconds: float = SECONDS
    ) -> JsonObject:
        """Wait for a message in the card's thread."""
        return await self.mira.wait_for_message(PETS, fits, within=seconds, thread=str(card["ts"]))

    async def pictures(self, channel: str, words: str) -> JsonObject:
        """Wait for pictures with these words."""
        return await self.mira.wait_for_message(channel, pictured(words), within=SECONDS)

    async def count(self, channel: str, fits: Callable[[JsonObject], object]) -> int:
        """Count the messages that fit."""
        return sum(bool(fits(message)) for message in await self.mira.messages(channel))

    def made(self, operation: str) -> list[JsonObject]:
        """List what SageMaker carried out for this story's subject."""
        return [call for call in calls(self.house, operation) if self.subject in str(call["request"])]

    async def faults(self, **faults: object) -> None:
        """Give the sandbox's Slack bad habits."""
        await self.mira.faults(**faults)

    def aws_faults(self, **faults: object) -> None:
        """Give the sandbox's AWS bad habits."""
        self.house.aws.sandbox("faults", faults)


@contextlib.asynccontextmanager
async def scene(house: House) -> AsyncGenerator[Scene]:
    """Set a scene at a house, starting what is not running; faults end with the scene."""
    if not house.bot.running:
        await house.start()
    async with house.person() as mira:
        at = Scene(house, mira, f"subject{next(_NAMES)}")
        try:
            yield at
        finally:
            if not house.bot.running:
                await house.start_bot()
            if not house.worker.running:
                await house.start_worker()
            await mira.faults(**NO_SLACK_FAULTS)
            house.aws.sandbox("faults", NO_AWS_FAULTS)
            await mira.wait_for(house.bot_is_up, what="the bot's next connection")


NO_SLACK_FAULTS = Faults().in_force()
NO_AWS_FAULTS: dict[str, object] = {
    "throttle": 0,
    "lost_replies": 0,
    "down": False,
    "fail_training": None,
    "fail_endpoint": None,
    "stuck_endpoint": False,
    "fail_invoke": None,
    "slow_invoke_s": 0,
    "quota": {},
    "denied": [],
    "no_capacity": [],
    "interrupt_spot": 0,
    "deprecated_model": False,
    "moderation": {},
}


async def accept(person: Person, view: JsonObject, answers: Mapping[str, object]) -> None:
    """Submit the modal behind Train; while it comes back with another price than it showed, take that one."""
    errors = await person.submit(view, answers)
    while not errors and (again := await person.views()):
        errors = await person.submit(again[-1])
    assert not errors, errors


def by_block(view: JsonObject, answers: Mapping[str, object]) -> dict[str, object]:
    """Name answers by the blocks in which they are asked for; a block's id is its field, and what it depends on."""
    ids = [str(block["block_id"]) for block in as_objects(view["blocks"]) if block["type"] == "input"]
    return {next(one for one in ids if one.partition(".")[0] == name): given for name, given in answers.items()}


def buttons(message: JsonObject) -> list[str]:
    """List the texts of a message's buttons."""
    rows = [row for row in as_objects(message.get("blocks") or []) if row.get("type") == "actions"]
    return [str(one["text"]["text"]) for row in rows for one in row["elements"] if one["type"] == "button"]
