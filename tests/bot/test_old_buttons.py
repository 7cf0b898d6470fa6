"""A button pressed a week later, when what it was about is gone: a sentence, no second charge, no traceback."""

from typing import Any

import pytest

from core import actions, words
from core.change import Change
from core.records import KINDS, Message
from tests.bot.person import Person
from tests.support.records import TEAM, a_model, written
from tests.support.valkey import ValkeyServer

ELSEWHERE = {
    "COMPARE_PRESET": "chosen in a modal, which is closed by then, as are all whose names begin as below",
    "GALLERY_PAGE": "as above",
    "LIMITS": "is about nothing that can be gone",
    "BUDGETS": "as above",
    "USE_AS_TRAINING_SET": "a shortcut",
    "MODELS_PAGE": "turns to another page of whatever there is",
    "NO_DEFAULT_MODEL": "has nothing to undo, and draws the list anew",
    "CHOOSE_MODEL": "a list to choose from; see below",
}
"""Actions that are no buttons on something, and why."""
VALUES = {
    **dict.fromkeys(("KEEP_STEPS", "USE_PHOTO", "USE_ONE", "LEAVE_OUT_PHOTO", "LEAVE_OUT_ONE"), "gone:gone"),
    **dict.fromkeys(("WAKE_MODEL", "SLEEP_MODEL", "RENAME_MODEL", "DELETE_MODEL"), "gone:0"),
    **dict.fromkeys(("DEFAULT_MODEL", "MODEL_ACCESS", "MODEL_IDLE"), "gone:0"),
}
"""What the buttons carry that name more than one record, or a page."""
NUMBERED = {"KEEP_STEPS": "keep_steps:0"}
IN_MODALS = ("ADD_", "TRAIN_")
IDS: dict[str, str] = {
    name: identity
    for name, identity in vars(actions).items()
    if name.isupper() and name not in ELSEWHERE and not name.endswith("_MODAL") and not name.startswith(IN_MODALS)
}


def records(valkey: ValkeyServer) -> list[str]:
    """List all records but messages, with what stands in them."""
    kinds = [kind for kind in KINDS if kind != Message.kind]
    found = [key for kind in kinds for key in valkey.client.scan_iter(f"*:{kind}:*")]
    return sorted(f"{key} {valkey.client.hgetall(key)}" for key in found)


@pytest.mark.parametrize("button", IDS)
async def test_button_on_what_is_gone_says_so_and_does_nothing(mira: Person, valkey: ValkeyServer, button: str) -> None:
    other = await written(mira.store, a_model(state="in_service"))
    await mira.store.commit(Change(TEAM).name("catalogue", other.id, other.subject))
    before = records(valkey)
    for _ in range(2):
        await mira.press(NUMBERED.get(button, IDS[button]), VALUES.get(button, "gone"))
        assert mira.status == 200
    assert len(mira.whispers()) == 2
    assert not [said for said in mira.whispers() if "did not expect" in said or "Traceback" in said or not said]
    assert records(valkey) == before


async def test_button_of_an_earlier_version_says_so(mira: Person) -> None:
    await mira.press("nobody_knows_this", "x")
    assert (mira.whispers(), mira.status) == ([words.trouble.LEFT_OVER], 200)


async def test_modal_of_an_earlier_version_says_so_under_its_field(mira: Person) -> None:
    element = {"type": "plain_text_input", "action_id": "value"}
    asked: dict[str, Any] = {"type": "input", "block_id": "name", "element": element}
    answer = await mira.submit({"type": "modal", "callback_id": "nobody_knows_this", "blocks": [asked]}, name="x")
    assert answer == {"response_action": "errors", "errors": {"name": words.trouble.LEFT_OVER.replace("`", "")}}


async def test_answer_to_a_question_that_is_gone_says_so(mira: Person) -> None:
    option = {"text": {"type": "plain_text", "text": "riobugger"}, "value": "gone"}
    chosen = {"type": "static_select", "action_id": actions.CHOOSE_MODEL, "block_id": "gone", "selected_option": option}
    await mira.press("", "", actions=[chosen])
    assert (mira.whispers(), mira.status) == ([words.asking.CHOICE_GONE], 200)
