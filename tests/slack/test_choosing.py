"""Buttons and selects of messages: which one a person means, and what the app hears."""

from typing import Any

import pytest

from sandbox.slack.field_values import NoSuchThingError
from sandbox.slack.person import Person
from tests.slack.an_app import Ack, AnApp, Client
from tests.slack.forms import MODAL


def text(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def option(number: int) -> dict[str, Any]:
    return {"text": text(f"Photo {number}"), "value": f"p{number}"}


def photo(number: int) -> dict[str, Any]:
    """A section with a button beside it; all buttons of the card say the same."""
    button = {"type": "button", "action_id": "leave_out", "text": text("Leave out"), "value": f"p{number}"}
    words = {"type": "mrkdwn", "text": f"*{number}* good"}
    return {"type": "section", "block_id": f"photo-{number}", "text": words, "accessory": button}


SURE = {"title": text("Cancel?"), "text": text("The run stops."), "confirm": text("Stop it"), "deny": text("Keep")}
CARD: list[dict[str, Any]] = [
    *(photo(number) for number in (1, 2, 3)),
    {
        "type": "actions",
        "block_id": "deeds",
        "elements": [
            {
                "type": "static_select",
                "action_id": "leave_out_one",
                "placeholder": text("Leave out a photo…"),
                "options": [option(number) for number in range(1, 21)],
            },
            {
                "type": "button",
                "action_id": "cancel",
                "text": text("Cancel"),
                "value": "r1",
                "style": "danger",
                "confirm": SURE,
            },
        ],
    },
]


@pytest.fixture
async def card(mira: Person, app: AnApp) -> dict[str, Any]:
    """The card in #pets; the app takes whatever is done to it."""
    for name in ("leave_out", "leave_out_one", "cancel"):

        @app.bolt.action(name)
        async def _(ack: Ack) -> None:
            await ack()

    await app.client.chat_postMessage(channel="C0PETS", text="card", blocks=CARD)
    return await mira.wait_for_message("C0PETS", lambda m: m.get("blocks"))


def heard(app: AnApp) -> list[Any]:
    """The values of all presses, in order."""
    actions = [body["actions"][0] for body in app.payloads("block_actions")]
    return [each.get("value") or each["selected_option"]["value"] for each in actions]


async def test_one_of_many_alike_buttons_is_named_by_value_or_place(
    mira: Person, app: AnApp, card: dict[str, Any]
) -> None:
    await mira.press(card, "Leave out", modal_within=0)
    await mira.press(card, "Leave out", "p3", modal_within=0)
    await mira.press(card, "Leave out", at=1, modal_within=0)
    await mira.press(card, "leave_out", at=-1, modal_within=0)
    await mira.press(card, "photo-2", modal_within=0)
    assert heard(app) == ["p1", "p3", "p2", "p3", "p2"]
    with pytest.raises(NoSuchThingError, match="not 'p9'"):
        await mira.press(card, "Leave out", "p9")
    with pytest.raises(NoSuchThingError, match="none at place 3"):
        await mira.press(card, "Leave out", at=3)


async def test_option_of_a_select_in_a_message_is_chosen_by_text_or_value(
    mira: Person, app: AnApp, card: dict[str, Any]
) -> None:
    await mira.choose(card, "Leave out a photo…", "Photo 20", modal_within=0)
    await mira.choose(card, "leave_out_one", "p2", modal_within=0)
    assert heard(app) == ["p20", "p2"]
    body = app.payloads("block_actions")[0]
    assert body["container"]["message_ts"] == card["ts"]
    chosen = body["state"]["values"]["deeds"]["leave_out_one"]["selected_option"]
    assert chosen == option(20) | {"text": text("Photo 20") | {"emoji": True}}
    with pytest.raises(NoSuchThingError, match="is not among"):
        await mira.choose(card, "leave_out_one", "p21")


async def test_button_that_asks_first_is_sent_only_when_agreed(mira: Person, app: AnApp, card: dict[str, Any]) -> None:
    assert await mira.press(card, "Cancel", confirm=False) == {}
    assert heard(app) == []
    await mira.press(card, "Cancel", modal_within=0)
    assert heard(app) == ["r1"]
    with pytest.raises(NoSuchThingError, match="asks nothing"):
        await mira.press(card, "Leave out", confirm=False)


async def test_choice_in_a_message_may_open_a_modal(mira: Person, app: AnApp) -> None:
    @app.bolt.action("leave_out_one")
    async def _(ack: Ack, body: dict[str, Any], client: Client) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    await app.client.chat_postMessage(channel="C0PETS", text="card", blocks=CARD)
    there = await mira.wait_for_message("C0PETS", lambda m: m.get("blocks"))
    assert (await mira.choose(there, "Leave out a photo…", "p1"))["title"]["text"] == "Train"


async def test_card_is_read_again_after_the_app_changed_it(mira: Person, app: AnApp, card: dict[str, Any]) -> None:
    await app.client.chat_update(channel="C0PETS", ts=card["ts"], text="card", blocks=CARD[1:])
    assert len((await mira.now(card))["blocks"]) == 3
    await app.client.chat_delete(channel="C0PETS", ts=card["ts"])
    assert await mira.now(card) == {}
