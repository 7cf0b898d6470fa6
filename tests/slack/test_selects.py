"""Selects of people, conversations and several options: what they take, and what the app hears."""

from typing import Any

import pytest

from sandbox.slack.person import Person
from sandbox.slack.person_wire import RefusedError
from tests.slack.an_app import Ack, AnApp
from tests.slack.conftest import Town

Json = dict[str, Any]


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def option(value: str) -> Json:
    return {"text": text(value.title()), "value": value}


def asked(block_id: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": text(block_id.title()),
        "element": element | {"action_id": "v"},
        **more,
    }


PEOPLE = {"type": "multi_users_select", "initial_users": ["U0JON"], "max_selected_items": 2}
PLACES = {"type": "multi_conversations_select", "filter": {"include": ["public", "im"]}}
FORM: Json = {
    "type": "modal",
    "title": text("Who may use it"),
    "submit": text("Save"),
    "blocks": [
        asked("people", PEOPLE),
        asked("channels", {"type": "multi_channels_select", "max_selected_items": 1}, optional=True),
        asked("places", PLACES, optional=True),
        asked("one", {"type": "users_select"}, optional=True),
        asked("room", {"type": "channels_select"}, optional=True),
        asked("place", {"type": "conversations_select", "filter": {"exclude_bot_users": True}}, optional=True),
        asked("tags", {"type": "multi_static_select", "options": [option("cat"), option("dog")]}, optional=True),
    ],
}


@pytest.fixture
async def form(mira: Person, app: AnApp, town: Town) -> Json:
    """The form, open before Mira; the app takes whatever she submits."""

    @app.bolt.view("")
    async def _(ack: Ack) -> None:
        await ack()

    await app.client.views_open(trigger_id=town.slack.triggers.issue("U0MIRA"), view=FORM)
    return await mira.wait_for_view()


def submitted(app: AnApp) -> Json:
    """What stood in each field of the last submission."""
    values = app.payloads("view_submission")[-1]["view"]["state"]["values"]
    return {block_id: fields["v"] for block_id, fields in values.items()}


async def test_people_and_conversations_are_submitted_by_their_ids(mira: Person, app: AnApp, form: Json) -> None:
    chosen = {
        "channels": ["C0PETS"],
        "places": ["C0STUDIO", "D0MIRA"],
        "one": "U0JON",
        "place": "C0PETS",
        "tags": "Dog",
    }
    assert await mira.submit(form, chosen) == {}
    values = submitted(app)
    assert values["people"] == {"type": "multi_users_select", "selected_users": ["U0JON"]}
    assert values["channels"]["selected_channels"] == ["C0PETS"]
    assert values["places"]["selected_conversations"] == ["C0STUDIO", "D0MIRA"]
    assert values["one"]["selected_user"] == "U0JON"
    assert values["room"] == {"type": "channels_select", "selected_channel": None}
    assert values["place"]["selected_conversation"] == "C0PETS"
    assert [each["value"] for each in values["tags"]["selected_options"]] == ["dog"]


async def test_place_may_begin_as_the_one_where_the_form_was_opened(mira: Person, app: AnApp) -> None:
    asked_here = {"type": "conversations_select", "default_to_current_conversation": True}
    several = asked_here | {"type": "multi_conversations_select", "initial_conversations": ["C0PETS"]}

    @app.bolt.command("/train")
    async def _(ack: Ack, body: Json) -> None:
        await ack()
        blocks = [asked("one", asked_here), asked("several", several)]
        await app.client.views_open(trigger_id=body["trigger_id"], view=FORM | {"blocks": blocks})

    await mira.command("C0STUDIO", "/train")
    values = (await mira.wait_for_view())["state"]["values"]
    assert values["one"]["v"]["selected_conversation"] == "C0STUDIO"
    assert values["several"]["v"]["selected_conversations"] == ["C0STUDIO"]


async def test_select_that_needs_somebody_is_not_submitted_empty(mira: Person, form: Json) -> None:
    assert await mira.submit(form, {"people": []}) == {"people": "Please complete this required field."}


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("people", ["U0JON", "U0NOBODY"], "invalid_value"),
        ("people", ["U0JON", "U0MIRA", "U0BOT"], "too_many_selected_items"),
        ("channels", ["D0MIRA"], "invalid_value"),
        ("channels", ["C0PETS", "C0STUDIO"], "too_many_selected_items"),
        ("places", ["D0JON"], "invalid_value"),
        ("place", "D0MIRA", "invalid_value"),
    ],
)
async def test_choice_that_is_not_offered_is_refused(
    mira: Person, form: Json, field: str, value: object, error: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        await mira.fill(form, {field: value})
    assert refused.value.error == error


async def test_several_choices_in_a_message_reach_the_app(mira: Person, app: AnApp) -> None:
    @app.bolt.action("who")
    async def _(ack: Ack) -> None:
        await ack()

    select = PEOPLE | {"action_id": "who"}
    section = {"type": "section", "block_id": "b", "text": text("Who may use it?"), "accessory": select}
    await app.client.chat_postMessage(channel="C0PETS", text="who", blocks=[section])
    message = (await mira.messages("C0PETS"))[0]
    await mira.choose(message, "who", ["U0MIRA", "U0JON"], modal_within=0)
    body = app.payloads("block_actions")[0]
    action = body["actions"][0]
    assert (action["selected_users"], action["initial_users"]) == (["U0MIRA", "U0JON"], ["U0JON"])
    assert body["state"]["values"]["b"]["who"] == {
        "type": "multi_users_select",
        "selected_users": ["U0MIRA", "U0JON"],
    }
    await mira.choose(message, "who", None, modal_within=0)
    assert app.payloads("block_actions")[1]["actions"][0]["selected_users"] == []


async def test_choice_in_a_message_that_is_offered_no_more_is_forgotten(mira: Person, app: AnApp) -> None:
    @app.bolt.action("which")
    async def _(ack: Ack) -> None:
        await ack()

    def card(*values: str) -> list[Json]:
        select = {"type": "static_select", "action_id": "which", "options": [option(each) for each in values]}
        button = {"type": "button", "action_id": "which_button", "text": text("Go")}
        return [{"type": "actions", "block_id": "b", "elements": [select, button]}]

    posted = await app.client.chat_postMessage(channel="C0PETS", text="which", blocks=card("cat", "dog"))
    message = (await mira.messages("C0PETS"))[0]
    await mira.choose(message, "which", "dog", modal_within=0)
    await app.client.chat_update(channel="C0PETS", ts=posted["ts"], text="which", blocks=card("cat", "cup"))
    await mira.choose(await mira.now(message), "which", "cup", modal_within=0)
    await app.client.chat_update(channel="C0PETS", ts=posted["ts"], text="which", blocks=card("cat", "dog"))
    app.bolt.action("which_button")(_)
    await mira.press(await mira.now(message), "Go", modal_within=0)
    assert app.payloads("block_actions")[-1]["state"]["values"]["b"]["which"]["selected_option"] is None
