"""Pictures after they were painted: on the Home that somebody looks at, in the gallery with their stars, in a zip."""

import csv
import io
import zipfile

import pytest

from core import actions, exporting, words
from sandbox.slack.json_types import JsonObject, as_objects
from tests.stories.acts import SECONDS, STUDIO, Scene

pytestmark = pytest.mark.asyncio(loop_scope="session")


def captions(view: JsonObject) -> list[str]:
    blocks = as_objects(view.get("blocks"))
    return [str(block["elements"][0]["text"]) for block in blocks if block["type"] == "context"]


def images(view: JsonObject) -> list[str]:
    return [str(block["slack_file"]["id"]) for block in as_objects(view.get("blocks")) if block["type"] == "image"]


async def test_pictures_come_onto_the_home_into_the_gallery_and_into_a_zip(at: Scene) -> None:
    await at.mira.open_home()
    await at.learn()
    await at.mira.wait_for_home(lambda home: f"*{at.subject}*" in str(home), within=SECONDS)

    for seed in range(7):
        await at.mira.command(STUDIO, "/imagine", f"{at.subject} on the moon --n {1 + seed % 2} --seed {seed}")
    posted = [await at.pictures(STUDIO, f"{at.subject} · seed {seed}") for seed in range(7)]
    newest = {str(file["id"]) for message in posted for file in message["files"]}
    await at.mira.wait_for_home(lambda home: len(newest.intersection(images(home))) == 3, within=SECONDS)

    await at.mira.react(posted[2], "star")

    async def starred() -> JsonObject | None:
        """Pictures hang in the gallery when Slack has said where they stand, which is a second or two later."""
        await at.mira.command(STUDIO, "/darkroom", f"gallery {at.subject}")
        shown = [view for view in (await at.mira.views())[-1:] if len(images(view)) == 6]
        said = captions(shown[0]) if shown else [""]
        return shown[0] if said[0].startswith("1 to 6 of 7") and words.gallery.STAR in said[1] else None

    first = await at.mira.wait_for(starred, SECONDS, "all of them in the gallery, and the star")
    assert images(first)[0] == posted[2]["files"][0]["id"]
    second = await at.mira.press(first, f"{actions.GALLERY_PAGE}:next", modal_within=SECONDS)
    assert captions(second)[0].startswith("7 to 7 of 7")

    await at.mira.command(STUDIO, "/darkroom", f"export {at.subject}")
    name = words.export.file_name(at.subject)
    message = await at.mira.wait_for_message(
        STUDIO, lambda m: any(file.get("title") == name for file in m.get("files", [])), within=SECONDS
    )
    assert words.text.pictures(10) in message["text"]
    archive = zipfile.ZipFile(io.BytesIO(await at.mira.picture(message["files"][0])))
    table = list(csv.DictReader(io.StringIO(archive.read(exporting.TABLE).decode())))
    assert sorted(archive.namelist()) == sorted([exporting.TABLE, *(line["file"] for line in table)])
    by_id = {str(file["id"]): await at.mira.picture(file) for one in posted for file in one["files"]}
    assert sorted(archive.read(line["file"]) for line in table) == sorted(by_id.values())
