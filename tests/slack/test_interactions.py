"""Commands, buttons and selects, between a person and a real Bolt app over Socket Mode."""

import asyncio
from typing import Any

import pytest

from sandbox.slack import socket_mode
from sandbox.slack.person import Person
from sandbox.slack.person_wire import RefusedError
from tests.slack.an_app import Ack, AnApp
from tests.slack.conftest import Town
from tests.slack.forms import CARD, PRESETS
from tests.slack.waiting import wait_until


async def test_command_ack_is_shown_to_the_person_only(mira: Person, app: AnApp) -> None:
    @app.bolt.command("/train")
    async def _(ack: Ack, command: dict[str, Any]) -> None:
        await ack(f"{command['user_name']} wants {command['text']}")

    reply = await mira.command("C0PETS", "/train", "riobugger <cat>")
    assert reply == {"text": "mira wants riobugger &lt;cat&gt;"}
    message = (await mira.messages("C0PETS"))[0]
    assert (message["text"], message["ephemeral_for"]) == ("mira wants riobugger &lt;cat&gt;", "U0MIRA")


async def test_command_ack_in_channel_is_a_message_for_all(mira: Person, app: AnApp) -> None:
    @app.bolt.command("/train")
    async def _(ack: Ack) -> None:
        await ack(text="a card", blocks=CARD, response_type="in_channel")

    await mira.command("C0PETS", "/train", "riobugger cat")
    message = (await mira.messages("C0PETS"))[0]
    assert message["bot_id"] == "B0BOT"
    assert "ephemeral_for" not in message
    assert message["blocks"][1]["elements"][0]["text"]["emoji"] is True


async def test_command_that_nobody_acks_times_out(mira: Person, app: AnApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_mode, "ACK_SECONDS", 0.2)

    @app.bolt.command("/train")
    async def _() -> None:
        await asyncio.sleep(0)

    with pytest.raises(RefusedError) as refused:
        await mira.command("C0PETS", "/train")
    assert refused.value.error == "operation_timeout"


async def test_command_without_an_app_fails_to_dispatch(mira: Person) -> None:
    with pytest.raises(RefusedError) as refused:
        await mira.command("C0PETS", "/train")
    assert refused.value.error == "dispatch_failed"
    with pytest.raises(RefusedError) as refused:
        await mira.command("C0PETS", "/nonsense")
    assert refused.value.error == "unknown_command"


async def test_button_payload_has_what_slack_sends(mira: Person, app: AnApp) -> None:
    @app.bolt.action("cancel")
    async def _(ack: Ack, respond: Ack) -> None:
        await ack()
        await respond(text="cancelled", replace_original=True)

    root = await mira.say("C0PETS", "photos")
    await app.client.chat_postMessage(channel="C0PETS", text="card", blocks=CARD, thread_ts=root)
    card = await mira.wait_for_message("C0PETS", lambda m: m.get("blocks"), thread=root)
    await mira.press(card, "Cancel", modal_within=0)
    body = app.payloads("block_actions")[0]
    assert body["container"] == {
        "type": "message",
        "message_ts": card["ts"],
        "channel_id": "C0PETS",
        "is_ephemeral": False,
        "thread_ts": root,
    }
    assert (body["channel"]["id"], body["message"]["ts"], body["user"]["id"]) == ("C0PETS", card["ts"], "U0MIRA")
    action = body["actions"][0]
    assert (action["action_id"], action["block_id"], action["value"], action["type"]) == (
        "cancel",
        "card",
        "r1",
        "button",
    )
    await mira.wait_for_message("C0PETS", lambda m: m["text"] == "cancelled" and m["ts"] == card["ts"])


async def test_response_url_works_five_times(mira: Person, app: AnApp, town: Town) -> None:
    statuses: list[int] = []

    @app.bolt.command("/train")
    async def _(ack: Ack, respond: Ack) -> None:
        await ack()
        statuses.extend([(await respond(f"answer {number}")).status_code for number in range(6)])

    await mira.command("C0PETS", "/train")
    await wait_until(lambda: len(statuses) == 6)
    assert statuses == [200] * 5 + [404]
    assert len(await mira.messages("C0PETS")) == 5
    assert town.slack.sockets.connections == 1


async def test_answer_that_one_person_sees_is_leafed_through_and_taken_away(mira: Person, app: AnApp) -> None:
    @app.bolt.command("/train")
    async def _(ack: Ack) -> None:
        await ack(text="page 1", blocks=CARD)

    @app.bolt.action("train")
    async def _(ack: Ack, respond: Ack) -> None:
        await ack()
        await respond(text="page 2", blocks=CARD[1:], replace_original=True)

    @app.bolt.action("cancel")
    async def _(ack: Ack, respond: Ack) -> None:
        await ack()
        await respond(delete_original=True)

    await mira.command("C0PETS", "/train")
    first = (await mira.messages("C0PETS"))[0]
    await mira.press(first, "Train", modal_within=0)
    second = await mira.wait_for_message("C0PETS", lambda m: m["text"] == "page 2")
    assert (second["ts"], len(second["blocks"]), second["ephemeral_for"]) == (first["ts"], 1, "U0MIRA")
    body = app.payloads("block_actions")[0]
    assert (body["container"]["is_ephemeral"], "message" in body) == (True, False)
    await mira.press(second, "Cancel", modal_within=0)
    assert await mira.messages("C0PETS") == []
    assert app.seen("message") == []


async def test_select_in_a_message_sends_the_choice_and_keeps_it(mira: Person, app: AnApp) -> None:
    block = {
        "type": "actions",
        "elements": [{"type": "static_select", "action_id": "preset", "options": PRESETS}],
    }

    @app.bolt.action("preset")
    async def _(ack: Ack) -> None:
        await ack()

    await app.client.chat_postMessage(channel="C0PETS", text="choose", blocks=[block])
    message = (await mira.messages("C0PETS"))[0]
    await mira.press(message, "preset", "Face", modal_within=0)
    body = app.payloads("block_actions")[0]
    assert body["actions"][0]["selected_option"]["value"] == "face"
    kept = body["state"]["values"][message["blocks"][0]["block_id"]]["preset"]
    assert kept["selected_option"]["value"] == "face"


@pytest.mark.parametrize("town", [{"interactivity": False}], indirect=True)
async def test_app_without_interactivity_gets_no_buttons(mira: Person, app: AnApp) -> None:
    await app.client.chat_postMessage(channel="C0PETS", text="card", blocks=CARD)
    with pytest.raises(RefusedError, match="interactivity_disabled"):
        await mira.press((await mira.messages("C0PETS"))[0], "Train")
