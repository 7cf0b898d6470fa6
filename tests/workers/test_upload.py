"""What comes with pictures: who asked for what, what it took, and in each file the command that paints it again."""

import base64
import io
import json
from dataclasses import replace

import pytest

from core import words
from tests.support.fake_aws import JPEG
from tests.support.jpegs import comment, jpeg, scan
from tests.support.records import CHANNEL, MIRA, THREAD, a_model, stands
from tests.support.workshop import Workshop
from tests.workers.prompts import asked
from workers import invoke


@pytest.mark.usefixtures("model")
async def test_pictures_are_shared_with_prompt_seed_and_asker(workshop: Workshop) -> None:
    posted = await workshop.step(await asked(workshop, count=2, thread_ts=THREAD))
    (shared,) = workshop.slack.called("files.completeUploadExternal")
    assert (shared["channel_id"], shared["thread_ts"]) == (CHANNEL, THREAD)
    assert shared["blocks"][0]["text"]["text"] == words.answer.caption(MIRA, posted.prompt, ["riobugger", "seed 7"])
    assert [file["id"] for file in shared["files"]] == list(posted.files)
    assert [body for _, body in workshop.downloads.uploads] == [JPEG, JPEG]
    assert (posted.state, posted.posted_at) == ("posted", workshop.clock())


@pytest.mark.usefixtures("model")
async def test_caption_names_what_was_unusual(workshop: Workshop) -> None:
    await workshop.step(await asked(workshop, guidance=9.5, width=768, negative="a <!here>"))
    (shared,) = workshop.slack.called("files.completeUploadExternal")
    told = "\nriobugger · seed 7 · cfg 9.5 · 768×512 · without “a &lt;!here&gt;”"
    assert shared["blocks"][0]["text"]["text"].endswith(told)


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    ("instance", "dollars", "caption"),
    [
        ("", 0.94 * 6 / 3600, "6.0 s · 0.2¢"),
        ("ml.g5.48xlarge", 20.36 * 6 / 3600, "6.0 s · 3.4¢"),
        ("ml.x", None, "6.0 s"),
    ],
)
async def test_pictures_are_told_with_their_seconds_and_cents(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, instance: str, dollars: float | None, caption: str
) -> None:
    async def slow(*_: object) -> list[bytes]:
        workshop.clock.advance(6)
        return [JPEG]

    monkeypatch.setattr(invoke, "paint", slow)
    model = await stands(workshop.store, a_model())
    await workshop.put(replace(model, instance=instance))
    posted = await workshop.step(await asked(workshop))
    assert (posted.seconds, posted.dollars) == (6, pytest.approx(dollars))
    (shared,) = workshop.slack.called("files.completeUploadExternal")
    assert shared["blocks"][0]["text"]["text"].endswith(f"riobugger · seed 7 · {caption}")


@pytest.mark.usefixtures("model")
async def test_uploaded_pictures_are_the_endpoints_own_with_their_command_in_them(workshop: Workshop) -> None:
    painted = jpeg()
    reply = json.dumps({"generated_images": [base64.b64encode(painted).decode()] * 2}).encode()
    workshop.aws.script("invoke_endpoint", {"Body": io.BytesIO(reply)})
    await workshop.step(await asked(workshop, count=2, prompt="riobugger — árvíztűrő 🐱 & <co>"))
    for place, (_, uploaded) in enumerate(workshop.downloads.uploads, 1):
        assert scan(uploaded) == scan(painted)
        told = comment(uploaded)
        assert told.startswith("/imagine riobugger — árvíztűrő 🐱 & <co> --model riobugger --n 2 --seed 7\n")
        assert f"picture {place} of 2" in told
