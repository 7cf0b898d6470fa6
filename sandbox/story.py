"""The whole story with no person: from photos in a thread to pictures, to sleep, and awake again."""

import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from sandbox.album import Album
from sandbox.house import House, Plan
from sandbox.service import ServiceError
from sandbox.slack.json_types import JsonObject, as_object, as_objects
from sandbox.slack.person import Person
from sandbox.timeline import Timeline, expect

CHANNEL, STUDIO = "C0PETS", "C0STUDIO"
PHOTOS = Path(__file__).parent / "photos" / "riobugger"
SETTINGS = {
    "DARKROOM_IDLE_SECONDS": "12",
    "DARKROOM_WARN_SECONDS": "6",
    "DARKROOM_KEEP_SECONDS": "12",
    "DARKROOM_POLL_SECONDS": "0.3",
}
TRAINING_SECONDS, PAINTING_SECONDS, IDLE_SECONDS = 150.0, 60.0, 60.0
"""How long the story waits before it says that something broke: on two busy cores with room to spare."""


@dataclass
class Telling:
    """What the chapters share."""

    house: House
    mira: Person
    told: Timeline
    album: Album
    card: JsonObject
    steps: str
    """The step counts that are compared, as they are typed."""

    @property
    def thread(self) -> str:
        """The training thread."""
        return str(self.card["ts"])

    async def in_thread(self, fits: Callable[[JsonObject], object], seconds: float) -> JsonObject:
        """Wait for a message in the training thread."""
        return await self.mira.wait_for_message(CHANNEL, fits, within=seconds, thread=self.thread)

    async def keep(self, message: JsonObject, name: str) -> list[bytes]:
        """Save a message's pictures."""
        pictures = [await self.mira.picture(file) for file in as_objects(message["files"])]
        for place, picture in enumerate(pictures, 1):
            self.told.tell(f"saved {self.album.keep(f'{name}-{place}.jpg', picture)}")
        return pictures


Chapters = Sequence[tuple[str, Callable[[Telling], Awaitable[None]]]]


async def story(plan: Plan, chapters: Chapters, out: Path, steps: str) -> int:
    """Tell the story; 0 when it went as it should, else 1 and what broke on the terminal."""
    told, album = Timeline(), Album(out)
    house = House(replace(plan, settings=SETTINGS))
    told.tell("starting Valkey, an AWS, a Slack, the bot and a worker")
    try:
        async with house, house.person() as mira:
            telling = Telling(house, mira, told, album, {}, steps)
            try:
                for title, chapter in chapters:
                    with told.chapter(title):
                        await chapter(telling)
            finally:
                told.tell(f"transcript: {await album.transcribe(mira)}")
    except (AssertionError, ServiceError, OSError, KeyError, LookupError):
        told.tell(f"the story broke:\n{traceback.format_exc()}\nbot: {house.bot.tail()}\nworker: {house.worker.tail()}")
        return 1
    told.tell("told, and all as it should be")
    return 0


async def open_thread(story: Telling) -> None:
    """Mira opens a training thread."""
    reply = await story.mira.command(CHANNEL, "/train", "riobugger cat")
    story.told.tell(f"Mira: /train riobugger cat   →  {(reply or {}).get('text')}")
    story.card = await story.mira.wait_for_message(CHANNEL, lambda m: has_button(m, "Train"))
    story.told.tell(f"the card is there: {story.card['text']}")


async def drop_photos(story: Telling) -> None:
    """She drops photos in two messages, and a file that is none."""
    photos = sorted(PHOTOS.glob("*.jpg"))
    first = await story.mira.drop(CHANNEL, *photos[:4], thread=story.thread, text="first ones")
    await story.mira.drop(CHANNEL, *photos[4:], ("notes.txt", b"not a picture"), thread=story.thread)
    story.card = await story.in_thread(lambda m: f"\n{len(photos)}" in figures(m), PAINTING_SECONDS)
    story.told.tell(f"{len(photos)} good photos on the card")
    told = await story.in_thread(lambda m: "notes.txt" in str(m["text"]), PAINTING_SECONDS)
    story.told.tell(f"Darkroom: {told['text']}")
    reacted = await story.mira.message(CHANNEL, first)
    expect(reacted.get("reactions"), "the message whose photos were taken has a reaction")


async def train(story: Telling) -> None:
    """She presses Train, accepts the licence, and the card follows the run."""
    view = await story.mira.press(story.card, "Train", modal_within=PAINTING_SECONDS)
    expect(view, "Train opens a modal")
    errors = await story.mira.submit(view)
    expect(errors, "a training without the licence accepted is refused")
    expect(not await story.mira.submit(view, {"licence": ["yes"]}), "the modal's defaults are accepted")
    story.told.tell("started with the modal's defaults")
    card = await story.in_thread(lambda m: ", step " in str(m.get("blocks")), TRAINING_SECONDS)
    story.told.tell(f"the card says: {step_line(card)}")
    announced = await story.in_thread(lambda m: "in service" in str(m["text"]), TRAINING_SECONDS)
    story.told.tell(f"Darkroom: {announced['text']}")
    sample = await story.in_thread(lambda m: m.get("files") and m.get("bot_id"), PAINTING_SECONDS)
    await story.keep(sample, "sample")


async def imagine(story: Telling) -> None:
    """She asks for pictures in another channel and in the thread; the same seed gives the same picture."""
    asked = "a photo of riobugger cat on the beach --n 2 --seed 7"
    reply = await story.mira.command(STUDIO, "/imagine", asked)
    story.told.tell(f"Mira: /imagine {asked}   →  {(reply or {}).get('text')}")
    first = await story.mira.wait_for_message(STUDIO, pictured("beach"), within=PAINTING_SECONDS)
    pictures = await story.keep(first, "beach")
    expect(len(pictures) == 2, "--n 2 gives two pictures")  # noqa: PLR2004 - as asked
    await story.mira.say(CHANNEL, "<@U0BOT> imagine pencil sketch of riobugger cat", thread=story.thread)
    sketch = await story.in_thread(pictured("pencil"), PAINTING_SECONDS)
    await story.keep(sketch, "sketch")
    await story.mira.command(CHANNEL, "/imagine", "a photo of riobugger cat on the beach --seed 7")
    again = await story.mira.wait_for_message(CHANNEL, pictured("beach"), within=PAINTING_SECONDS)
    same = pixels((await story.keep(again, "beach-again"))[0]) == pixels(pictures[0])
    expect(same, "the same seed gives the same picture")


async def fall_asleep(story: Telling) -> None:
    """Nobody asks; she is warned, keeps it awake once, then it is taken down."""
    warning = await story.in_thread(lambda m: button_with(m, "Keep awake"), IDLE_SECONDS)
    story.told.tell(f"Darkroom: {warning['text']}")
    await story.mira.press(warning, button_with(warning, "Keep awake"), modal_within=0)
    kept = await story.in_thread(lambda m: "awake until" in str(m["text"]), IDLE_SECONDS)
    story.told.tell(f"Darkroom: {kept['text']}")
    asleep = await story.in_thread(lambda m: "is asleep" in str(m["text"]), IDLE_SECONDS)
    story.told.tell(f"Darkroom: {asleep['text']}")
    left = story.house.aws.sandbox("meter")["running"]
    expect(not left, f"nothing bills any more, but there is {left}")


async def wake(story: Telling) -> None:
    """She asks again: the endpoint comes up from the artifact, without a training, and paints."""
    trainings = len(calls(story.house, "CreateTrainingJob"))
    reply = await story.mira.command(STUDIO, "/imagine", "riobugger cat in space --seed 3")
    story.told.tell(f"Mira: /imagine riobugger cat in space   →  {(reply or {}).get('text')}")
    woken = await story.mira.wait_for_message(STUDIO, pictured("space"), within=TRAINING_SECONDS)
    await story.keep(woken, "space")
    expect(len(calls(story.house, "CreateTrainingJob")) == trainings, "waking trains nothing")


async def look_around(story: Telling) -> None:
    """She asks for the overview, and opens the Home tab."""
    reply = await story.mira.command(STUDIO, "/darkroom", "")
    expect("riobugger" in str(reply), "/darkroom lists the model")
    await story.mira.open_home()
    await story.mira.wait_for(lambda: home_lists(story.mira, "riobugger"), what="the Home tab")
    story.told.tell("/darkroom and the Home tab list riobugger")


CHAPTERS: Chapters = (
    ("A thread opens", open_thread),
    ("Photos are dropped", drop_photos),
    ("It learns", train),
    ("It paints", imagine),
    ("Nobody asks", fall_asleep),
    ("Somebody asks again", wake),
    ("A look around", look_around),
)


def has_button(message: JsonObject, text: str) -> bool:
    """Tell whether a message has a button with this text."""
    rows = [row for row in as_objects(message.get("blocks") or []) if row.get("type") == "actions"]
    return any(text == one["text"]["text"] for row in rows for one in row["elements"] if one["type"] == "button")


def button_with(message: JsonObject, words: str) -> str:
    """Give the whole text of a message's button that begins with these words; empty when there is none."""
    rows = [row for row in as_objects(message.get("blocks") or []) if row.get("type") == "actions"]
    texts = [str(one["text"]["text"]) for row in rows for one in row["elements"] if one["type"] == "button"]
    return next((text for text in texts if text.startswith(words)), "")


def figures(message: JsonObject) -> str:
    """Give the figures on a card, one text after the other."""
    blocks = as_objects(message.get("blocks") or [])
    return " ".join(str(field["text"]) for block in blocks for field in block.get("fields", [])) + " "


def step_line(card: JsonObject) -> str:
    """Give the line of a card that tells the step."""
    lines = [line for block in card["blocks"] for line in str(block.get("text", {}).get("text", "")).splitlines()]
    return next(line for line in lines if ", step " in line)


def pictured(words: str) -> Callable[[JsonObject], bool]:
    """Look for pictures of ours whose words contain these."""
    return lambda message: bool(message.get("files")) and words in said(message) and bool(message.get("bot_id"))


def pixels(picture: bytes) -> bytes:
    """Give what a picture shows, without what is written into its file about it."""
    return Image.open(BytesIO(picture)).tobytes()


def said(message: JsonObject) -> str:
    """Give what people read in a message: the words of its blocks, or its text if it has none."""
    texts = [as_object(block.get("text")) for block in as_objects(message.get("blocks"))]
    return "\n".join(str(text["text"]) for text in texts if text) or str(message["text"])


def calls(house: House, operation: str) -> list[JsonObject]:
    """List the calls of an operation that SageMaker has carried out."""
    return [call for call in as_objects(house.aws.sandbox("calls")) if call["operation"] == operation and call["ok"]]


async def home_lists(person: Person, subject: str) -> bool:
    """Tell whether the Home tab names a subject."""
    return subject in str(await person.home())
