"""Commands, buttons, modals, shortcuts and the Home tab, between a person and a real Bolt app over Socket Mode."""

import asyncio
from typing import Any

import pytest

from sandbox.slack import socket_mode
from sandbox.slack.person import Person
from sandbox.slack.person_wire import RefusedError
from tests.slack.an_app import Ack, AnApp, Client
from tests.slack.conftest import Town
from tests.slack.waiting import wait_until

CARD: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*riobugger* 0 of 4 photos"}},
    {
        "type": "actions",
        "block_id": "card",
        "elements": [
            {"type": "button", "action_id": "train", "text": {"type": "plain_text", "text": "Train"}, "value": "r1"},
            {"type": "button", "action_id": "cancel", "text": {"type": "plain_text", "text": "Cancel"}, "value": "r1"},
        ],
    },
]
PRESETS = [
    {"text": {"type": "plain_text", "text": "Thing or pet"}, "value": "pet"},
    {"text": {"type": "plain_text", "text": "Face"}, "value": "face"},
]
MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "train_form",
    "title": {"type": "plain_text", "text": "Train"},
    "submit": {"type": "plain_text", "text": "Start"},
    "private_metadata": "r1",
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "preset",
            "label": {"type": "plain_text", "text": "Preset"},
            "element": {
                "type": "static_select",
                "action_id": "choice",
                "options": PRESETS,
                "initial_option": PRESETS[0],
            },
        },
        {
            "type": "input",
            "block_id": "steps",
            "label": {"type": "plain_text", "text": "Steps"},
            "element": {
                "type": "number_input",
                "action_id": "number",
                "is_decimal_allowed": False,
                "min_value": "100",
            },
        },
    ],
}


def open_modal_on_train(app: AnApp) -> None:
    @app.bolt.action("train")
    async def _(ack: Ack, body: dict[str, Any], client: Client) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)


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


async def test_button_opens_a_modal_whose_fields_are_submitted(mira: Person, app: AnApp) -> None:
    open_modal_on_train(app)
    submitted: list[dict[str, Any]] = []

    @app.bolt.view("train_form")
    async def _(ack: Ack, view: dict[str, Any]) -> None:
        submitted.append(view)
        await ack()

    await app.client.chat_postMessage(channel="C0PETS", text="card", blocks=CARD)
    card = await mira.wait_for_message("C0PETS", lambda m: m.get("blocks"))
    view = await mira.press(card, "Train")
    assert view["title"]["text"] == "Train"
    assert await mira.submit(view) == {"steps": "Please complete this required field."}
    assert await mira.submit(view, {"Steps": 50}) == {"steps": "Please enter a number no lower than 100."}
    assert not submitted
    assert await mira.submit(view, {"Steps": 600, "preset": "Face"}) == {}
    values = submitted[0]["state"]["values"]
    assert values["steps"]["number"] == {"type": "number_input", "value": "600"}
    assert values["preset"]["choice"]["selected_option"]["value"] == "face"
    assert submitted[0]["private_metadata"] == "r1"
    assert await mira.views() == []


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


async def test_app_answers_a_submission_with_errors_update_and_push(mira: Person, app: AnApp) -> None:
    open_modal_on_train(app)
    answers: list[dict[str, Any]] = [
        {"response_action": "errors", "errors": {"steps": "Too many for the budget."}},
        {"response_action": "update", "view": {**MODAL, "title": {"type": "plain_text", "text": "Sure?"}}},
        {"response_action": "push", "view": {**MODAL, "title": {"type": "plain_text", "text": "Really?"}}},
        {"response_action": "clear"},
    ]

    @app.bolt.view("train_form")
    async def _(ack: Ack) -> None:
        await ack(**answers.pop(0))

    await app.client.chat_postMessage(channel="C0PETS", text="card", blocks=CARD)
    view = await mira.press((await mira.messages("C0PETS"))[0], "Train")
    assert await mira.submit(view, {"Steps": 600}) == {"steps": "Too many for the budget."}
    assert await mira.submit(view) == {}
    updated = (await mira.views())[0]
    assert (updated["title"]["text"], updated["state"]["values"]["steps"]["number"]["value"]) == ("Sure?", "600")
    assert await mira.submit(view) == {}
    assert [each["title"]["text"] for each in await mira.views()] == ["Sure?", "Really?"]
    assert await mira.submit((await mira.views())[1], {"Steps": 700}) == {}
    assert await mira.views() == []


async def test_closed_modal_is_told_when_it_asked_for_that(mira: Person, app: AnApp) -> None:
    open_modal_on_train(app)
    await app.client.chat_postMessage(channel="C0PETS", text="card", blocks=CARD)
    view = await mira.press((await mira.messages("C0PETS"))[0], "Train")
    await mira.dismiss(view)
    body = (await wait_until(lambda: app.payloads("view_closed")))[0]
    assert body["view"]["id"] == view["id"]


async def test_shortcut_on_a_message_brings_the_message(mira: Person, app: AnApp) -> None:
    @app.bolt.shortcut("use_photos")
    async def _(ack: Ack, body: dict[str, Any], client: Client) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    ts = await mira.say("C0PETS", "my cat")
    view = await mira.shortcut("use_photos", await mira.message("C0PETS", ts))
    assert view["callback_id"] == "train_form"
    body = app.payloads("message_action")[0]
    assert (body["message"]["text"], body["message_ts"], body["channel"]["id"]) == ("my cat", ts, "C0PETS")


async def test_home_tab_is_published_when_it_is_opened(mira: Person, app: AnApp) -> None:
    @app.bolt.event("app_home_opened")
    async def _(event: dict[str, Any], client: Client) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": CARD})

    await mira.open_home()
    home = await mira.wait_for_home()
    assert home["blocks"][0]["text"]["text"].startswith("*riobugger*")


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
