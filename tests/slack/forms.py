"""A card with buttons and the modal that one of them opens."""

from typing import Any

from tests.slack.an_app import Ack, AnApp, Client

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


EMPTY_MODAL: dict[str, Any] = {"type": "modal", "title": {"type": "plain_text", "text": "Train"}, "blocks": []}


def open_modal_on_train(app: AnApp) -> None:
    """Let the app open the modal when Train is pressed."""

    @app.bolt.action("train")
    async def _(ack: Ack, body: dict[str, Any], client: Client) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
