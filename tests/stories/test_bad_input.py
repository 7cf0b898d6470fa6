"""What goes wrong for people, told to them in words, with nothing lost and nothing left running."""

import asyncio

import pytest

from tests.stories.acts import PETS, PHOTOS, SECONDS, STUDIO, Scene, buttons, figures

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = "cat " * 200


async def test_photo_that_is_a_login_page_is_left_out(at: Scene) -> None:
    card = await at.open_thread()
    await at.faults(login_page=True)
    await at.mira.drop(PETS, PHOTOS[0], thread=card["ts"])
    told = await at.in_thread(card, lambda m: "login page" in str(m["text"]))
    assert PHOTOS[0].name in told["text"]
    await at.faults(login_page=False)
    await at.mira.drop(PETS, *PHOTOS[1:3], thread=card["ts"])
    card = await at.in_thread(card, lambda m: "\n2 " in figures(m))
    assert "login page" in str(card["blocks"])


async def test_files_that_are_no_good_photos_are_named_with_the_reason_and_the_rest_goes_on(at: Scene) -> None:
    card = await at.open_thread()
    whole = PHOTOS[0].read_bytes()
    await at.mira.drop(
        PETS,
        ("notes.txt", b"hello"),
        ("half.jpg", whole[: len(whole) // 2]),
        ("page.jpg", b"<!doctype html><title>Sign in</title>"),
        ("<!channel>.png", b"\x89PNG nothing"),
        *PHOTOS[1:3],
        thread=card["ts"],
    )
    card = await at.in_thread(card, lambda m: "\n2 " in figures(m) and "\n4 " in figures(m))
    for name in ("notes.txt", "half.jpg", "page.jpg"):
        assert name in str(card["blocks"])
    await at.in_thread(card, lambda m: "is left out" in str(m["text"]))
    assert not await at.count(PETS, lambda m: m.get("bot_id") and "<!channel>" in str(m))


async def test_with_fewer_than_four_photos_train_says_so_and_starts_nothing(at: Scene) -> None:
    card = await at.drop(await at.open_thread(), 3)
    assert not await at.mira.press(card, "Train")
    told = await at.mira.wait_for_message(PETS, lambda m: m.get("ephemeral_for") and "4 good photos" in str(m["text"]))
    assert "3 so far" in told["text"]
    assert not at.made("CreateTrainingJob")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", "What shall I paint"),
        (LONG, "characters"),
        ("a cat --n 9", "from 1 to 4"),
        ("a cat --seed", "whole number"),
        ("a cat --frame gold", "I do not know"),
    ],
)
async def test_prompt_that_cannot_be_painted_gets_a_sentence_only_its_asker_sees(
    at: Scene, text: str, answer: str
) -> None:
    reply = await at.mira.command(STUDIO, "/imagine", text)
    assert reply is not None
    assert answer in reply["text"]
    assert reply["response_type"] == "ephemeral"


async def test_modal_answers_out_of_range_stand_under_their_field(at: Scene) -> None:
    card = await at.drop(await at.open_thread())
    view = await at.mira.press(card, "Train", modal_within=SECONDS)
    errors = await at.mira.submit(
        view, {"max_steps": "zero", "learning_rate": "-1", "instance_prompt": "a photo of a cat", "licence": ["yes"]}
    )
    assert set(errors) == {"max_steps", "learning_rate", "instance_prompt"}
    assert not at.made("CreateTrainingJob")


async def test_two_people_who_press_start_at_once_start_one_run(at: Scene) -> None:
    card = await at.drop(await at.open_thread())
    async with at.house.person("U0JON") as jonas:
        mine, his = await at.mira.press(card, "Train"), await jonas.press(card, "Train")
        for person, view in ((at.mira, mine), (jonas, his)):  # both are shown the price of so few steps
            assert not await person.submit(view, {"max_steps": "12", "licence": ["yes"]})
        outcomes = await asyncio.gather(at.mira.submit(mine), jonas.submit(his))
    assert sorted(map(bool, outcomes)) == [False, True]
    await at.announced(card)
    assert len(at.made("CreateTrainingJob")) == 1


async def test_modal_submitted_after_somebody_else_started_says_so(at: Scene) -> None:
    card = await at.drop(await at.open_thread())
    async with at.house.person("U0JON") as jonas:
        late = await jonas.press(card, "Train", modal_within=SECONDS)
        await at.start_training(card)
        await at.announced(card)
        errors = await jonas.submit(late, {"licence": ["yes"]})
    assert "earlier moment" in errors["instance_prompt"]
    assert len(at.made("CreateTrainingJob")) == 1


async def test_training_that_fails_is_told_in_aws_words_and_try_again_works(at: Scene) -> None:
    card = await at.drop(await at.open_thread())
    at.aws_faults(fail_training="AlgorithmError: the photos are upside down, exit code: 1")
    await at.start_training(card)
    told = await at.in_thread(card, lambda m: "did not work" in str(m["text"]) and "Try again" in buttons(m))
    assert "AWS says: AlgorithmError: the photos are upside down" in told["text"]
    await at.mira.press(told, "Try again", modal_within=0)
    await at.announced(card)
    await at.mira.press(told, "Try again", modal_within=0)
    await at.mira.wait_for_message(PETS, lambda m: m.get("ephemeral_for") and "earlier moment" in str(m["text"]))
    assert len(at.made("CreateTrainingJob")) == 2


async def test_endpoint_that_fails_is_torn_down_and_told_and_try_again_works(at: Scene) -> None:
    card = await at.drop(await at.open_thread())
    at.aws_faults(fail_endpoint="The primary container did not pass the ping health check.")
    await at.start_training(card)
    told = await at.in_thread(card, lambda m: "did not come up" in str(m["text"]))
    assert "ping health check" in told["text"]
    for operation in ("DeleteEndpoint", "DeleteEndpointConfig", "DeleteModel"):
        assert len(at.made(operation)) == 1, operation
    await at.mira.press(told, "Try again", modal_within=0)
    await at.announced(card)
    assert len(at.made("CreateTrainingJob")) == 1


async def test_slack_and_aws_out_of_reach_for_a_while_lose_nothing(at: Scene) -> None:
    card = await at.drop(await at.open_thread())
    await at.start_training(card)
    await at.faults(down=True)
    at.aws_faults(down=True)
    await asyncio.sleep(3)  # the outage itself: there is nothing to wait for
    await at.faults(down=False)
    at.aws_faults(down=False)
    await at.announced(card)
    assert len(at.made("CreateTrainingJob")) == 1


async def test_slack_that_throttles_half_of_the_calls_still_gets_everything_once(at: Scene) -> None:
    assert await at.mira.command(PETS, "/darkroom", "")  # the bot learns who it is from its first event
    await at.faults(rate_limit=0.5)
    card = await at.drop(await at.open_thread())
    await at.faults(rate_limit=0)
    assert await at.count(PETS, lambda m: str(m["text"]) == card["text"]) == 1
