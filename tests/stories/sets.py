"""What people see of a set: its card and its contact sheet; and what stands in S3 for it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageStat

from sandbox.house import BUCKET
from sandbox.slack.json_types import JsonObject, as_objects
from sandbox.slack.person import Photo
from sandbox.slack.person_wire import RefusedError
from tests.aws.account import Account
from tests.stories.acts import PETS, SECONDS, Scene, accept, buttons, by_block, figures

GREY = 12.0
"""Saturation, of 255, below which a part of a sheet counts as without colour."""


def said(card: JsonObject) -> str:
    """Give the lines of a card."""
    blocks = as_objects(card.get("blocks") or [])
    return "\n".join(str(block["text"]["text"]) for block in blocks if "text" in block)


def counted(card: JsonObject) -> dict[str, int]:
    """Give the figures of a card by their names."""
    names = figures(card).replace("*", "\n").splitlines()
    told = [name.strip() for name in names if name.strip()]
    return {name: int(figure) for name, figure in zip(told[::2], told[1::2], strict=True)}


def chosen(card: JsonObject, select: str = "Leave out a photo…") -> dict[str, str]:
    """Give the photos that a select of the card offers: name → id; those of the class have none but their number."""
    offered = [
        option
        for block in as_objects(card["blocks"])
        for element in block.get("elements", [])
        if block["type"] == "actions" and element.get("placeholder", {}).get("text") == select
        for option in element["options"]
    ]
    named = {one["text"]["text"]: one["value"].partition(":")[2] for one in offered}
    return {text.partition(" · ")[2] or text: photo for text, photo in named.items()}


@dataclass(frozen=True)
class Set:
    """A training set, by its card."""

    at: Scene
    card: JsonObject

    @classmethod
    async def opened(cls, at: Scene, noun: str = "cat") -> "Set":
        return cls(at, await at.open_thread(noun))

    async def drop(self, *photos: Photo, text: str = "") -> JsonObject:
        """Drop photos in the thread; gives the message."""
        ts = await self.at.mira.drop(PETS, *photos, thread=self.card["ts"], text=text)
        return await self.at.mira.message(PETS, ts)

    async def shows(self, fits: Callable[[JsonObject], object]) -> JsonObject:
        """Wait until the card is as wanted."""
        return await self.at.in_thread(self.card, lambda m: m["ts"] == self.card["ts"] and fits(m))

    async def counts(self, good: int, out: int = 0, **others: int) -> JsonObject:
        """Wait until the card counts so many."""
        wanted = {"Good photos": good} | ({"Left out": out} if out else {})
        wanted |= {name.replace("_", " "): count for name, count in others.items()}
        return await self.shows(lambda m: counted(m) == wanted)

    async def press(self, name: str, value: object = None, *, modal_within: float = 0) -> JsonObject:
        """Press a button of the card as it is now, or choose in a select; once more if it was redrawn that moment."""
        while True:
            card = await self.at.mira.message(PETS, self.card["ts"])
            try:
                return await self.at.mira.press(card, name, value, modal_within=modal_within)
            except RefusedError as refused:
                if refused.error != "no_such_element":
                    raise

    async def train(self, **given: object) -> None:
        """Start a training of a few steps."""
        view = await self.press("Train", modal_within=SECONDS)
        await accept(self.at.mira, view, by_block(view, {"max_steps": "12", "licence": ["yes"]} | given))

    async def sheet(self, fits: Callable[[Image.Image], object] = bool) -> Image.Image:
        """Wait until the picture on the card is as wanted; gives it."""

        async def look() -> Image.Image | None:
            card = await self.at.mira.message(PETS, self.card["ts"])
            pictures = [block for block in as_objects(card["blocks"]) if block["type"] == "image"]
            if not pictures:
                return None
            picture = Image.open(BytesIO(await self.at.mira.picture(pictures[0]["slack_file"])))
            return picture if fits(picture) else None

        return await self.at.mira.wait_for(look, SECONDS, "the contact sheet")

    def kept(self) -> dict[str, bytes]:
        """Give what S3 keeps of the set's photos, by file name."""
        run = next(
            element["value"]
            for block in as_objects(self.card["blocks"])
            for element in block.get("elements", [])
            if block["type"] == "actions" and element.get("text", {}).get("text") == "Train"
        )
        return {key.rpartition("/")[2]: data for key, data in _objects(self.at, f"/{run}/photos/").items()}

    async def data_set(self) -> dict[str, bytes]:
        """Wait until a training job is asked for, cancel it, and give the data set that it was to learn from."""

        async def asked_for() -> object:
            return self.at.made("CreateTrainingJob")

        await self.at.mira.wait_for(asked_for, SECONDS, "the training job")
        channel = next(one for one in self.request["InputDataConfig"] if one["ChannelName"] == "training")
        prefix = channel["DataSource"]["S3DataSource"]["S3Uri"].removeprefix(f"s3://{BUCKET}/")
        found = {key.removeprefix(prefix): data for key, data in _objects(self.at, prefix).items()}
        await self.press("Cancel")
        await self.shows(lambda m: not buttons(m))
        return found

    async def train_face(self, **given: object) -> None:
        """Start a training with the face preset, its advanced fields shown and filled."""
        view = await self.press("Train", modal_within=SECONDS)
        face = await self.at.mira.press(view, "preset", "face")
        shown = await self.at.mira.press(face, "advanced")
        await accept(self.at.mira, shown, by_block(shown, {"licence": ["yes"]} | given))

    @property
    def request(self) -> JsonObject:
        """What SageMaker was asked for."""
        (made,) = self.at.made("CreateTrainingJob")
        return made["request"]


def description(data_set: dict[str, bytes]) -> dict[str, str]:
    """Read a data set's `dataset_info.json`."""
    return json.loads(data_set["dataset_info.json"])


def photos_of(data_set: dict[str, bytes], folder: str = "") -> dict[str, bytes]:
    """Give the photos of a data set, or of a folder in it, by the ids of the photos."""
    names = {name.removeprefix(folder): data for name, data in data_set.items() if name.startswith(folder)}
    photos = {name: data for name, data in names.items() if name.endswith(".jpg") and "/" not in name}
    return {name.removesuffix(".jpg"): data for name, data in photos.items()}


def is_crossed_out(number: int, of: int) -> Callable[[Image.Image], bool]:
    """Look whether a photo of a sheet with one row is without colour, and the others are not."""

    def look(sheet: Image.Image) -> bool:
        colourless = [place for place in range(1, of + 1) if _saturation(sheet, place, of) < GREY]
        return colourless == [number]

    return look


def _saturation(sheet: Image.Image, number: int, of: int) -> float:
    width = sheet.width / of
    left, top = round((number - 0.6) * width), round(0.6 * width)
    part = sheet.crop((left, top, left + round(width / 5), top + round(width / 5)))
    return ImageStat.Stat(part.convert("HSV")).mean[1]


def _objects(at: Scene, part: str) -> dict[str, bytes]:
    """Read the objects whose keys have this part."""
    s3 = Account(at.house.aws, attempts=3).s3
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
    keys = [one.get("Key", "") for page in pages for one in page.get("Contents", [])]
    return {key: s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in keys if part in key}
