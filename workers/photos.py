"""Photos: each is fetched, checked, cropped and kept, or left out with the reason."""

from dataclasses import replace

from core import collecting, names, outbox, recipe, words
from core.change import Change
from core.records import Message, Photo, Run
from workers import download, trouble
from workers.house import House
from workers.step import save
from workers.trouble import Trouble

TAKEN = "white_check_mark"
"""The reaction on a message whose photos were taken."""


async def judge(house: House, photo: Photo) -> None:
    """Take a dropped file into its set, if it is a photo that can be learnt from."""
    run = await house.store.get(Run, photo.team, photo.run)
    if run is None:
        raise trouble.gone(photo.run)
    if run.state != "collecting":
        raise trouble.photo(words.training.SET_CLOSED, "closed")
    if await _place(house, run, photo) >= recipe.PHOTOS_MOST:
        raise trouble.photo(words.training.photos_most(recipe.PHOTOS_MOST), "too_many")
    jpeg = await house.decoders.crop(await download.fetch(house, photo))
    key = names.photo_key(house.settings.deployment, photo.team, photo.run, photo.id)
    await house.aws.call(house.aws.s3.put_object, Bucket=house.bucket, Key=key, Body=jpeg, ContentType="image/jpeg")
    now = house.now()
    good = Change(photo.team).put(replace(photo.to("good"), due=None)).once(outbox.reaction(run, photo.ts, TAKEN, now))
    good.require(run, state="collecting")
    if not await house.store.commit(good.redraw(Message, outbox.card_id(run.id), now)):
        await save(house, replace(photo, due=now))


async def _place(house: House, run: Run, photo: Photo) -> int:
    """Count the photos before this one that are not left out."""
    before = 0
    for other in await collecting.photos(house.store, run):
        if other.id == photo.id:
            break
        before += other.state != "left_out"
    return before


async def leave_out(house: House, photo: Photo, fault: Trouble) -> None:
    """Leave a file out and say why, on the card and in the thread; the others go on."""
    change = Change(photo.team).put(replace(photo.to("left_out"), due=None, reason=fault.reason))
    run = await house.store.get(Run, photo.team, photo.run)
    if run:
        now = house.now()
        said = words.training.left_out(photo.name, fault.reason)
        change.once(outbox.thread(run, f"left-out:{photo.id}", said, now))
        change.redraw(Message, outbox.card_id(run.id), now)
    await house.store.commit(change)
