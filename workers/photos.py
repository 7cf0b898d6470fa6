"""Photos: each is fetched, judged and kept as squares, or left out with the reason; taken away again on request."""

from dataclasses import replace
from functools import partial

from core import collecting, names, outbox, recipe, words
from core.change import Change
from core.doctor import CLASS_PHOTOS_MOST
from core.records import Photo, Run
from workers import download, moderation, trouble
from workers.house import House, Onward
from workers.judged import Judged
from workers.step import go_on, save
from workers.trouble import Trouble

TAKEN = "white_check_mark"
"""The reaction on a message whose photos were taken."""
FRAMINGS = ("crop", "fit")
LOOKED_AT_MOST = {"": 3 * recipe.PHOTOS_MOST, "class": CLASS_PHOTOS_MOST}
"""Photos of a role that are looked at: more than a set can have, so that bad ones can be made up for."""


async def judge(house: House, photo: Photo) -> Onward | None:
    """Look at a dropped file; if it can be read, keep both its squares and what was measured on it."""
    run = await house.store.get(Run, photo.team, photo.run)
    if run is None:
        raise trouble.gone(photo.run)
    if run.state != "collecting":
        raise trouble.photo(words.training.SET_CLOSED, "closed")
    role = collecting.with_role(run, photo).role
    if await _place(house, run, photo, role) >= LOOKED_AT_MOST[role]:
        raise trouble.photo(words.training.photos_most(LOOKED_AT_MOST[role]), "too_many")
    if photo.url:
        return await _look(house, photo, run)
    return await go_on(house, await download.asked(house, photo), partial(_look, run=run))


async def _look(house: House, photo: Photo, run: Run) -> None:
    async with house.decoders.room:
        judged = await _judge(house, photo)
    await moderation.check_photo(house, judged.fit)
    for framing, jpeg in zip(FRAMINGS, (judged.crop, judged.fit), strict=True):
        key = names.photo_key(house.settings.deployment, photo.team, photo.run, photo.id, framing)
        await house.aws.call(house.aws.s3.put_object, Bucket=house.bucket, Key=key, Body=jpeg, ContentType="image/jpeg")
    await _judged(house, run, photo, judged)


async def _judge(house: House, photo: Photo) -> Judged:
    try:
        return await house.decoders.judge(await download.fetch(house, photo))
    except Trouble as fault:
        if fault.code != "heic":
            raise
    return await house.decoders.judge(await download.thumbnail(house, photo))


async def _judged(house: House, run: Run, photo: Photo, found: Judged) -> None:
    now = house.now()
    seen = replace(
        photo.to("judged"),
        due=None,
        width=found.width,
        height=found.height,
        sharpness=found.sharpness,
        dhash=found.dhash,
        dark=found.dark,
        bright=found.bright,
    )
    change = Change(photo.team).put(seen).once(outbox.reaction(run, photo.ts, TAKEN, now))
    if await house.store.commit(collecting.redraw_set(change.require(run, state="collecting"), run, now)):
        return
    current = await house.store.get(Photo, photo.team, photo.id)
    if current and current.state == "removed":
        await _delete(house, current)  # its message was deleted meanwhile, perhaps before the squares were there
    elif current:
        await save(house, replace(photo, due=now))


async def _place(house: House, run: Run, photo: Photo, role: str) -> int:
    """Count the photos of the same role before this one that are not left out, as far as it matters how many there are.

    Of a flood of photos, each looks only at the first ones.
    """
    listed = await house.store.members(photo.team, collecting.photos_of(run.root_id))
    ahead = listed[: listed.index(photo.id)] if photo.id in listed else listed
    most, before = LOOKED_AT_MOST[role], 0
    while ahead and before < most:
        some, ahead = ahead[:most], ahead[most:]
        others = [collecting.with_role(run, one) for one in await house.store.get_all(Photo, photo.team, some)]
        before += sum(other.role == role and other.state in {"dropped", "judged"} for other in others)
    return before


async def take_away(house: House, photo: Photo) -> None:
    """Delete what was kept of a photo whose message was deleted."""
    await _delete(house, photo)
    await save(house, replace(photo, tries=0, due=None))


async def _delete(house: House, photo: Photo) -> None:
    for framing in FRAMINGS:
        key = names.photo_key(house.settings.deployment, photo.team, photo.run, photo.id, framing)
        await house.aws.call(house.aws.s3.delete_object, Bucket=house.bucket, Key=key)


async def leave_out(house: House, photo: Photo, fault: Trouble) -> None:
    """Leave a file out and say why, on the card and once for each message and reason in the thread."""
    if photo.state == "removed":
        await save(house, replace(photo, tries=0, due=None))
        return
    change = Change(photo.team).put(replace(photo.to("left_out"), due=None, reason=fault.reason))
    run = await house.store.get(Run, photo.team, photo.run)
    if run:
        now = house.now()
        name = "" if photo.name == photo.file else photo.name
        said = words.training.left_out(name, fault.reason)
        about = run.id if fault.code == "too_many" else photo.ts
        change.once(outbox.thread(run, f"left-out:{about}:{fault.code}", said, now))
        collecting.redraw_set(change, run, now)
    await house.store.commit(change)
