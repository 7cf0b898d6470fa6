"""A set of photos: what is taken back, class photos beside one's own, names, and who may start it."""

import pytest

from tests.stories.acts import PETS, PHOTOS, SECONDS, STUDIO, Scene, accept
from tests.stories.sets import Set, chosen, description, photos_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

OTHERS = sorted((PHOTOS[0].parents[1] / "eileen").glob("*.jpg"))


async def test_deleting_a_message_takes_its_photos_out_of_set_and_bucket(at: Scene) -> None:
    photos = await Set.opened(at)
    await photos.drop(*PHOTOS[:2])
    second = await photos.drop(*PHOTOS[2:4])
    card = await photos.counts(4)
    gone = {f"{chosen(card)[photo.name]}{framing}.jpg" for photo in PHOTOS[2:4] for framing in ("", "-fit")}
    assert gone < photos.kept().keys()
    await at.mira.delete(second)
    await photos.counts(2)

    async def left_the_bucket() -> bool:
        return len(photos.kept()) == 4 and not gone & photos.kept().keys()

    await at.mira.wait_for(left_the_bucket, what="the photos to leave the bucket")


async def test_deleting_one_file_of_a_message_takes_that_photo_out(at: Scene) -> None:
    photos = await Set.opened(at)
    message = await photos.drop(*PHOTOS[:3])
    await photos.counts(3)
    await at.mira.remove_file(message, message["files"][1], tombstone=True)
    card = await photos.counts(2)
    assert chosen(card).keys() == {PHOTOS[0].name, PHOTOS[2].name}


async def test_class_photos_by_words_and_by_button_go_beside_a_face_with_prior_preservation(at: Scene) -> None:
    photos = await Set.opened(at, "man")
    await at.faults(shuffle_ms=1000)
    await photos.drop(*PHOTOS[:4])
    await photos.drop(*OTHERS[:2], text="class photos")
    await photos.press("Add class photos")
    await photos.shows(lambda m: "taken as *class photos*" in str(m["blocks"]))
    await photos.drop(OTHERS[2])
    card = await photos.counts(4, Class_photos=3)
    await photos.press("Back to own photos")
    await photos.train_face(max_steps="6", num_class_images="4")
    data_set = await photos.data_set()
    offered = chosen(card)
    others = {offered.pop(f"Class photo {number}") for number in (1, 2, 3)}
    assert photos_of(data_set).keys() == set(offered.values())
    assert photos_of(data_set, "class_data_dir/").keys() == others
    assert description(data_set) == {
        "instance_prompt": f"a photo of {at.subject} man",
        "class_prompt": "a photo of a man",
    }
    assert photos.request["ResourceConfig"]["InstanceType"] == "ml.g5.2xlarge"


@pytest.mark.parametrize("typed", ["🐈 cat", "*bold* cat", "<!channel> cat", "<@U0JON> cat", "_ cat", "a/b cat"])
async def test_name_with_emoji_or_markup_gets_a_sentence_and_opens_nothing(at: Scene, typed: str) -> None:
    before = len(await at.mira.messages(PETS))
    reply = await at.mira.command(PETS, "/train", typed)
    assert reply is not None
    assert reply["response_type"] == "ephemeral"
    assert "/train riobugger cat" in reply["text"]
    assert "<!" not in reply["text"]
    assert len([m for m in await at.mira.messages(PETS) if not m.get("ephemeral_for")]) <= before


async def test_name_that_is_taken_is_said_on_the_card_and_both_models_stay(at: Scene) -> None:
    await at.learn()
    second = await Set.opened(at, "dog")
    await second.shows(lambda m: f"There is a model called *{at.subject}* already, cat." in str(m["blocks"]))
    await second.drop(*PHOTOS[:4])
    await second.counts(4)
    await second.train()
    await at.announced(second.card)
    prompt = f"a photo of {at.subject} in the snow"
    await at.mira.command(STUDIO, "/imagine", f"{prompt} --seed 1")
    asked = await at.mira.wait_for_message(STUDIO, lambda m: m.get("ephemeral_for") and prompt in str(m["blocks"]))
    (select,) = [
        one for block in asked["blocks"] for one in block.get("elements", []) if one["type"] == "static_select"
    ]
    offered = {option["value"]: option["text"]["text"] for option in select["options"]}
    assert [label.partition(" · ")[0] for label in offered.values()] == [at.subject] * 2
    await at.mira.choose(asked, "Choose a model…", next(iter(offered)), modal_within=0)
    await at.pictures(STUDIO, prompt)


async def test_set_whose_owner_has_left_is_started_by_somebody_else(at: Scene) -> None:
    photos = await Set.opened(at)
    await photos.drop(*PHOTOS[:4])
    card = await photos.counts(4)
    await at.mira.leave(PETS)
    try:
        async with at.house.person("U0JON") as jonas:
            view = await jonas.press(await jonas.now(card), "Train", modal_within=SECONDS)
            await accept(jonas, view, {"max_steps": "12", "licence": ["yes"]})
            await jonas.wait_for_message(
                PETS, lambda m: "*in service*" in str(m["text"]) and at.subject in str(m["text"]), within=60
            )
            await jonas.wait_for_message(PETS, lambda m: m.get("files") and m.get("bot_id"), thread=card["ts"])
    finally:
        await at.mira.join(PETS)
    assert len(at.made("CreateTrainingJob")) == 1
