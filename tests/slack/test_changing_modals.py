"""Modals that the app changes while they are open: what stays of what a person typed, and what is submitted."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.slack.person import Person
from sandbox.slack.person_wire import RefusedError
from tests.slack.an_app import Ack, AnApp, Client, refused_answer
from tests.slack.forms import CARD
from tests.slack.waiting import wait_until

Json = dict[str, Any]


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def options(*values: str) -> list[Json]:
    return [{"text": text(value.title()), "value": value, "description": text(f"{value}!")} for value in values]


def field(name: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": name, "label": text(name.title()), "element": element, **more}


PRESETS = options("thing", "face")
GROUPS = [{"label": text("Own"), "options": options("rio")}, {"label": text("Others"), "options": options("doppler")}]


def form(preset: str, *, steps: str = "steps", initial: str = "200") -> Json:
    """The training form of a preset; a face needs a class prompt too."""
    radio = {"type": "radio_buttons", "action_id": "preset", "options": PRESETS, "initial_option": PRESETS[0]}
    parent = {"type": "static_select", "action_id": "parent", "option_groups": GROUPS}
    number = {"type": "number_input", "action_id": "n", "is_decimal_allowed": False, "initial_value": initial}
    prompt = {"type": "plain_text_input", "action_id": "prompt", "multiline": True}
    ticks = {"type": "checkboxes", "action_id": "ticks", "options": options("spot", "licence")}
    return {
        "type": "modal",
        "callback_id": "form",
        "title": text(preset.title()),
        "submit": text("Start"),
        "blocks": [
            {"type": "actions", "block_id": "preset", "elements": [radio]},
            {"type": "section", "block_id": "parent", "text": text("On top of"), "accessory": parent},
            {"type": "divider", "block_id": "line"},
            field(steps, number),
            *([field("class_prompt", prompt)] if preset == "face" else []),
            field("terms", ticks, dispatch_action=True, optional=True),
        ],
    }


@pytest.fixture
async def view(mira: Person, app: AnApp) -> Json:
    """The form, open; choosing a preset changes it, and it can be submitted."""

    @app.bolt.action("train")
    async def _(ack: Ack, body: Json, client: Client) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form("thing"))

    @app.bolt.action("preset")
    async def _(ack: Ack, body: Json, client: Client) -> None:
        await ack()
        chosen = body["actions"][0]["selected_option"]["value"]
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=form(chosen))

    for quiet in ("parent", "ticks"):
        app.bolt.action(quiet)(acked)
    await app.client.chat_postMessage(channel="C0PETS", text="card", blocks=CARD)
    return await mira.press((await mira.messages("C0PETS"))[0], "Train")


async def acked(ack: Ack) -> None:
    await ack()


def submissions(app: AnApp, **answer: Any) -> list[Json]:
    """The views that are submitted from now on, each answered like this."""
    found: list[Json] = []

    @app.bolt.view("form")
    async def _(ack: Ack, view: Json) -> None:
        found.append(view)
        await ack(**answer)

    return found


async def test_choosing_in_a_modal_gives_the_changed_modal(mira: Person, view: Json) -> None:
    changed = await mira.choose(view, "preset", "Face")
    assert (changed["id"], changed["title"]["text"]) == (view["id"], "Face")
    assert changed["hash"] != view["hash"]
    assert "class_prompt" in [block["block_id"] for block in changed["blocks"]]
    assert await mira.now(view) == changed


async def test_typed_value_outlives_an_update_and_a_new_initial_value(mira: Person, app: AnApp, view: Json) -> None:
    await mira.fill(view, {"steps": 777})
    same = await app.client.views_update(view_id=view["id"], view=form("face", initial="400"))
    values = same["view"]["state"]["values"]
    assert values["steps"]["n"]["value"] == "777"
    assert values["preset"]["preset"]["selected_option"]["value"] == "thing"
    fresh = await app.client.views_update(view_id=view["id"], view=form("face", steps="steps-2", initial="400"))
    assert fresh["view"]["state"]["values"]["steps-2"]["n"]["value"] == "400"
    assert "steps" not in fresh["view"]["state"]["values"]


async def test_untouched_field_keeps_its_first_initial_value_too(app: AnApp, view: Json) -> None:
    same = await app.client.views_update(view_id=view["id"], view=form("thing", initial="400"))
    assert same["view"]["state"]["values"]["steps"]["n"]["value"] == "200"


async def test_old_hash_is_refused(app: AnApp, view: Json) -> None:
    await app.client.views_update(view_id=view["id"], hash=view["hash"], view=form("face"))
    late = app.client.views_update(view_id=view["id"], hash=view["hash"], view=form("thing"))
    assert (await refused_answer(late))["error"] == "hash_conflict"


async def test_submission_carries_only_what_is_shown(mira: Person, app: AnApp, view: Json) -> None:
    submitted = submissions(app)
    face = await mira.choose(view, "preset", "face")
    assert await mira.submit(face) == {"class_prompt": "Please complete this required field."}
    await mira.fill(face, {"Class_Prompt": "a photo of a person"})
    thing = await mira.choose(face, "preset", "thing")
    told = {"parent": "Doppler", "terms": ["spot", "licence"], "steps": 300}
    assert await mira.submit(thing, told) == {}
    values = submitted[0]["state"]["values"]
    assert values.keys() == {"preset", "parent", "steps", "terms"}
    assert values["parent"]["parent"]["selected_option"]["value"] == "doppler"
    assert [each["value"] for each in values["terms"]["ticks"]["selected_options"]] == ["spot", "licence"]
    assert values["preset"]["preset"]["selected_option"]["description"]["text"] == "thing!"


async def test_app_hears_at_once_of_choices_only(mira: Person, app: AnApp, view: Json) -> None:
    app.bodies.clear()
    await mira.fill(view, {"steps": 300, "parent": "rio", "terms": "spot"})
    actions = [body["actions"][0] for body in await wait_until(lambda: app.payloads("block_actions"))]
    assert [(each["block_id"], each["type"]) for each in actions] == [
        ("parent", "static_select"),
        ("terms", "checkboxes"),
    ]
    shown = app.payloads("block_actions")[-1]["view"]
    assert shown["state"]["values"]["steps"]["n"]["value"] == "300"


async def test_choice_is_taken_back(mira: Person, view: Json) -> None:
    await mira.choose(view, "parent", "rio", modal_within=0)
    left = await mira.choose(view, "parent", None, modal_within=0)
    assert left["state"]["values"]["parent"]["parent"]["selected_option"] is None


@pytest.mark.parametrize("errors", [{"nowhere": "No."}, {"preset": "No."}, {"line": "No."}, {"steps": ""}])
async def test_errors_that_slack_cannot_place_are_refused(
    mira: Person, app: AnApp, view: Json, errors: dict[str, str]
) -> None:
    submissions(app, response_action="errors", errors=errors)
    with pytest.raises(RefusedError, match="invalid_view_response"):
        await mira.submit(view)
    assert len(await mira.views()) == 1


async def test_option_that_is_offered_no_more_gives_way(app: AnApp, mira: Person, view: Json) -> None:
    await mira.choose(view, "parent", "doppler", modal_within=0)
    without = form("thing")
    without["blocks"][1]["accessory"]["option_groups"] = GROUPS[:1]
    changed = await app.client.views_update(view_id=view["id"], view=without)
    assert changed["view"]["state"]["values"]["parent"]["parent"]["selected_option"] is None


def long_select(count: int, words: int) -> Json:
    many = [{"text": text("x" * words), "value": str(number)} for number in range(count)]
    return field("s", {"type": "static_select", "action_id": "a", "options": many})


def numbers(**bounds: str) -> Json:
    return field("s", {"type": "number_input", "action_id": "a", "is_decimal_allowed": True, **bounds})


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: long_select(101, 5), "no more than 100 items allowed"),
        (lambda: long_select(2, 76), "must be less than 76 characters"),
        (lambda: numbers(min_value="5", max_value="1"), "less than or equal to max_value"),
        (lambda: numbers(initial_value="2e-06"), "must be a number"),
    ],
)
async def test_form_that_slack_refuses(app: AnApp, view: Json, make: Callable[[], Json], sentence: str) -> None:
    refused = app.client.views_update(view_id=view["id"], view=form("thing") | {"blocks": [make()]})
    answer = await refused_answer(refused)
    assert answer["error"] == "invalid_arguments"
    assert sentence in str(answer["response_metadata"]["messages"])
