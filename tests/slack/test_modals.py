"""Modals, shortcuts that open them, and the Home tab."""

from typing import Any

from sandbox.slack.person import Person
from tests.slack.an_app import Ack, AnApp, Client
from tests.slack.forms import CARD, MODAL, open_modal_on_train
from tests.slack.waiting import wait_until


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
    assert await mira.open_direct_messages() == "D0MIRA"
    await wait_until(lambda: len(app.seen("app_home_opened")) == 2)
    assert {event["tab"] for event in app.seen("app_home_opened")} == {"home", "messages"}
