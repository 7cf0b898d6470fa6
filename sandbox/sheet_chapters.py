"""The story's chapters about sheets: the doctor's verdicts, step counts beside each other, one subject on another."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFilter

from sandbox.slack.json_types import JsonObject, as_object, as_objects
from sandbox.story import CHANNEL, PAINTING_SECONDS, PHOTOS, TRAINING_SECONDS, Telling, figures, has_button
from sandbox.timeline import expect

STEPS = "25, 200"
"""What the story compares: enough to see the difference. `--steps` says otherwise."""
SHEET_SECONDS = 600.0


async def contact_sheet(story: Telling) -> None:
    """She drops a blurred photo and one that is there already; the card shows what the model will see, and why not."""
    first, second = sorted(PHOTOS.glob("*.jpg"))[:2]
    again = ("again.jpg", first.read_bytes())
    await story.mira.drop(CHANNEL, ("blurred.jpg", blurred(second)), again, thread=story.thread)
    card = await story.in_thread(lambda m: shows(m, "again.jpg") and pictures_a_sheet(m), PAINTING_SECONDS)
    story.card = card
    story.told.tell("the blurred one and the one that is there already are left out")
    await keep_sheet(story, card, "contact-sheet")


def blurred(photo: Path) -> bytes:
    """Give a photo out of focus."""
    out = BytesIO()
    Image.open(photo).filter(ImageFilter.GaussianBlur(9)).save(out, "JPEG")
    return out.getvalue()


def shows(message: JsonObject, text: str) -> bool:
    """Tell whether these words stand in a message's blocks."""
    return text in str(message.get("blocks"))


async def compare_steps(story: Telling) -> None:
    """She drops a cup's photos, sees the price, and has several step counts compared in one sheet; one is kept."""
    cup = await open_set(story, "tassie cup", "cup")
    view = await cup.mira.press(cup.card, "Compare steps", modal_within=PAINTING_SECONDS)
    expect(not await cup.mira.submit(view, {"steps": cup.steps, "licence": ["yes"]}), "the step counts are accepted")
    for priced in await cup.mira.views():  # other step counts than were offered: the modal comes back with their price
        expect(not await cup.mira.submit(priced), "the price is accepted")
        view = priced
    story.told.tell(f"first the price: {first_line(view)}")
    sheet = await cup.in_thread(lambda m: "step sheet of" in str(m["text"]), SHEET_SECONDS)
    await keep_sheet(story, sheet, "step-sheet")
    left = story.house.aws.sandbox("meter")["running"]
    expect(not [one for one in left if "tassie" in str(one)], "no endpoint of the comparison is left")
    chosen = cup.steps.replace(" ", "").split(",")[-1]
    await cup.mira.press(sheet, f"Keep this one: {chosen} steps", modal_within=0)
    announced = await cup.in_thread(lambda m: "in service" in str(m["text"]), TRAINING_SECONDS)
    story.told.tell(f"kept {chosen} steps. Darkroom: {announced['text']}")


async def on_top_of(story: Telling) -> None:
    """She trains a second subject on top of the first, and sees what is remembered of it."""
    eileen = await open_set(story, "eileen woman on riobugger", "eileen")
    view = await eileen.mira.press(eileen.card, "Train", modal_within=PAINTING_SECONDS)
    expect(not await eileen.mira.submit(view, {"licence": ["yes"]}), "the modal's defaults are accepted")
    told = await eileen.in_thread(lambda m: "remembers of" in str(m["text"]), SHEET_SECONDS)
    story.told.tell(f"Darkroom: {told['text']}")
    await keep_sheet(story, told, "forgetting-sheet")


async def open_set(story: Telling, wish: str, album: str) -> Telling:
    """Open another thread and drop an album's photos there; gives the story as told in that thread."""
    await story.mira.command(CHANNEL, "/train", wish)
    name = wish.partition(" ")[0]
    card = await story.mira.wait_for_message(CHANNEL, lambda m: has_button(m, "Train") and name in str(m["text"]))
    photos = sorted((PHOTOS.parent / album).glob("*.jpg"))
    await story.mira.drop(CHANNEL, *photos, thread=str(card["ts"]))
    there = replace(story, card=card)
    return replace(there, card=await there.in_thread(counts(len(photos)), PAINTING_SECONDS))


def counts(good: int) -> Callable[[JsonObject], bool]:
    """Look for a card that counts so many good photos and shows them on a sheet."""
    return lambda message: f"\n{good} " in figures(message) and pictures_a_sheet(message)


def pictures_a_sheet(message: JsonObject) -> bool:
    """Tell whether a message shows a picture in a block of its own."""
    return any(block["type"] == "image" for block in as_objects(message.get("blocks") or []))


def first_line(view: JsonObject) -> str:
    """Give what a modal says first."""
    block = as_objects(view["blocks"])[0]
    texts = [as_object(block.get("text")), *as_objects(block.get("elements") or [])]
    return next(str(one["text"]) for one in texts if one.get("text"))


async def keep_sheet(story: Telling, message: JsonObject, name: str) -> None:
    """Save the picture that a message shows."""
    (picture,) = (await story.mira.pictures_of([message])).values()
    story.told.tell(f"saved {story.album.keep(f'{name}.jpg', picture)}")


CHAPTERS = (
    ("Steps are compared", compare_steps),
    ("One is learnt on top of the other", on_top_of),
)
