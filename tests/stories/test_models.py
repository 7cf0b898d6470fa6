"""A team's models: asked which one is meant, made a channel's own, renamed, and deleted with all that they had."""

import pytest

from sandbox.house import BUCKET
from sandbox.slack.json_types import JsonObject, as_objects
from tests.aws.account import Account
from tests.stories.acts import STUDIO, Scene
from tests.stories.listing import buttons_of, pressed, whispered

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_model_is_chosen_made_the_channels_own_renamed_and_deleted_with_all_it_had(at: Scene) -> None:
    both = [(one, await begun(one)) for one in (at, at.another())]
    for one, its_card in both:
        await one.announced(its_card)
    card = both[0][1]
    await at.mira.command(STUDIO, "/imagine", "a lighthouse in fog")
    question = await whispered(at, lambda message: "Which one shall I paint" in str(message))
    await at.mira.choose(question, "Choose a model…", at.subject, modal_within=0)
    foggy = await at.pictures(STUDIO, "a lighthouse in fog")

    await at.mira.command(STUDIO, "/darkroom", "models")
    await pressed(at, at.subject, "Default here")
    await whispered(at, lambda message: "this channel's default" in str(buttons_of(message, at.subject)))
    reply = await at.mira.command(STUDIO, "/imagine", "a lighthouse at noon")
    assert reply is not None
    assert at.subject in reply["text"]
    await at.pictures(STUDIO, "a lighthouse at noon")

    name = f"{at.subject}neu"
    assert not await at.mira.submit(await pressed(at, at.subject, "Rename", modal_within=5), {"name": name})
    await whispered(at, lambda message: buttons_of(message, name))
    await at.mira.command(STUDIO, "/imagine", f"{name} in a lighthouse")
    assert name in str(await at.pictures(STUDIO, f"{name} in a lighthouse"))

    assert kept(at, at.subject)
    await pressed(at, name, "Delete")
    await at.in_thread(card, lambda message: f"had *{name}* deleted" in str(message["text"]))

    async def cleared() -> bool:
        return kept(at, at.subject) == []

    await at.mira.wait_for(cleared, what="its manifest to go, too")
    assert not await listed_by_aws(at)

    async def is_gone() -> bool:
        return not await at.mira.message(STUDIO, foggy["ts"])

    await at.mira.wait_for(is_gone, what="the end of its pictures")
    told = await at.mira.command(STUDIO, "/imagine", f"a cat --model {name}")
    assert told is not None
    assert f"no model called “{name}”" in told["text"]


async def begun(at: Scene) -> JsonObject:
    """Have a training started; gives its card."""
    card = await at.drop(await at.open_thread())
    await at.start_training(card)
    return card


def kept(at: Scene, subject: str) -> list[str]:
    """List what lies in the bucket for a subject's run."""
    (made,) = at.made("CreateTrainingJob")
    run = str(made["request"]["OutputDataConfig"]["S3OutputPath"]).removeprefix(f"s3://{BUCKET}/").rpartition("/")[0]
    assert subject in str(made["request"]["TrainingJobName"])
    found = Account(at.house.aws, attempts=3).s3.list_objects_v2(Bucket=BUCKET, Prefix=f"{run}/")
    return [str(one.get("Key")) for one in found.get("Contents", [])]


async def listed_by_aws(at: Scene) -> list[JsonObject]:
    """List what of a subject's endpoints still bills."""
    return [line for line in as_objects(at.house.aws.sandbox("meter")["running"]) if at.subject in str(line["name"])]
