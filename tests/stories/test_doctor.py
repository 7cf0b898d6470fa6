"""The photo doctor: what is wrong with which photo, told on the card and its contact sheet, and decided otherwise."""

import pytest

from sandbox.slack.heic import heic
from tests.stories.acts import PETS, PHOTOS, Scene
from tests.stories.photos import alike, black, blurred, tiny, unlike
from tests.stories.sets import Set, chosen, is_crossed_out, photos_of, said

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_contact_sheet_stands_on_the_card_and_crosses_out_what_is_left_out(at: Scene) -> None:
    photos = await Set.opened(at)
    await photos.drop(*PHOTOS[:4])
    await photos.counts(4)
    before = await photos.sheet(lambda sheet: sheet.width > 1_000)
    assert before.format == "JPEG"
    assert 200 < before.height < 500
    await photos.press("Leave out a photo…", f"2 · {PHOTOS[1].name}")
    card = await photos.counts(3, 1)
    assert f"*2* {PHOTOS[1].name}: left out by hand" in said(card)
    await photos.sheet(is_crossed_out(2, of=4))
    await photos.press("Use anyway")
    await photos.counts(4)


async def test_bad_photos_are_named_with_number_and_reason_and_a_person_decides_otherwise(at: Scene) -> None:
    photos = await Set.opened(at)
    await photos.drop(*PHOTOS[:4], blurred(PHOTOS[4]), tiny(PHOTOS[5]), alike(PHOTOS[0]), black())
    card = await photos.counts(4, 4)
    for line in (
        "*5* blurred.jpg: nothing in it is sharp",
        "*6* tiny.jpg: only 20 px across",
        "*7* burst-01.jpg: much like photo 1",
        "*8* black.jpg: too dark",
    ):
        assert line in said(card)
    await photos.press("Use anyway")
    card = await photos.counts(5, 3)
    assert "*5* blurred.jpg: nothing in it is sharp" in said(card)
    await photos.press("Leave out")
    card = await photos.counts(4, 4)
    assert "*5* blurred.jpg: left out by hand" in said(card)
    await photos.press("Use anyway")
    await photos.counts(5, 3)
    await photos.press("Leave out a photo…", f"1 · {PHOTOS[0].name}")
    card = await photos.shows(lambda m: "*1*" in said(m))
    assert "*7*" not in said(card), "the twin of a photo that is left out is a good photo"
    assert chosen(card).keys() == {*(photo.name for photo in PHOTOS[1:4]), "blurred.jpg", "burst-01.jpg"}
    await photos.train()
    learnt = photos_of(await photos.data_set())
    assert learnt == {each: photos.kept()[f"{each}.jpg"] for each in chosen(card).values()}


async def test_of_twelve_near_identical_photos_one_is_taken_and_train_says_how_many_are_missing(at: Scene) -> None:
    photos = await Set.opened(at)
    await photos.drop(*(alike(PHOTOS[0], place) for place in range(12)))
    card = await photos.counts(1, 11)
    assert "*2–12* " in said(card)
    assert "much like photo 1" in said(card)
    assert not await at.mira.press(card, "Train")
    told = await at.mira.wait_for_message(PETS, lambda m: m.get("ephemeral_for") and "is 1 so far" in str(m["text"]))
    assert "Drop 3 more" in told["text"]
    await photos.press("Use a photo anyway…", "2 · burst-01.jpg")
    await photos.counts(2, 10)


async def test_sixty_five_photos_at_once_are_answered_with_one_sentence_and_twenty_are_taken(at: Scene) -> None:
    photos = await Set.opened(at)
    await photos.drop(*unlike(65))
    card = await photos.counts(20, 45)
    assert "and 42 more: came after 20 others, which are enough" in said(card)
    replies = (await at.mira.thread(PETS, photos.card["ts"]))[1:]
    (sentence,) = [str(reply["text"]) for reply in replies if reply.get("bot_id")]
    assert "I look at 60 photos of a set at most" in sentence


async def test_photo_in_heic_from_a_phone_is_taken_by_slacks_own_copy(at: Scene) -> None:
    photos = await Set.opened(at)
    await photos.drop(*PHOTOS[:3], ("IMG_0042.HEIC", heic(PHOTOS[3].read_bytes())))
    card = await photos.counts(4)
    assert "IMG_0042.HEIC" in chosen(card)
    assert photos.kept()[f"{chosen(card)['IMG_0042.HEIC']}.jpg"].startswith(b"\xff\xd8")


async def test_whole_photos_are_what_the_sheet_shows_and_the_model_learns_from(at: Scene) -> None:
    photos = await Set.opened(at)
    await photos.drop(*PHOTOS[4:8])
    await photos.counts(4)
    cropped = (await photos.sheet(lambda sheet: sheet.width > 1_000)).tobytes()
    await photos.press("Show whole photos")
    card = await photos.shows(lambda m: "Crop to the middle" in str(m["blocks"]))
    await photos.sheet(lambda sheet: sheet.tobytes() != cropped)
    await photos.train()
    learnt = photos_of(await photos.data_set())
    kept = photos.kept()
    assert learnt == {each: kept[f"{each}-fit.jpg"] for each in chosen(card).values()}
    assert learnt != {each: kept[f"{each}.jpg"] for each in learnt}
