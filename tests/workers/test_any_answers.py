"""Whatever anybody does in the modal comes to a request that AWS takes, or to a fault under a field that is there."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from core import recipe
from core.cards.answered import under
from core.cards.blocks import Block
from core.cards.train_modal import Asks, answers, carried, is_behind, train_modal
from core.hyperparameters import DEFAULTS, RULES
from core.recipe import Choice, Terms
from core.records import Outlook
from sandbox.slack.view_shapes import check_view
from tests.bot.person import carried_over, filled_in
from tests.support.fake_aws import check
from tests.support.records import TEAM, a_run
from tests.support.workshop import RECIPE
from workers import requests
from workers.requests import Place

SPECS: dict[str, Any] = json.loads((Path("sandbox") / "aws" / "jumpstart" / "specs_v1.1.3.json").read_text("utf-8"))
OF_JUMPSTART = {one["name"]: one for one in SPECS["hyperparameters"]}
FULL = replace(RECIPE, hyperparameters={name: str(one["default"]) for name, one in OF_JUMPSTART.items()})
RUN = a_run(instance_prompt="", class_prompt="")

ODD = [
    "",
    " ",
    "nan",
    "inf",
    "1e999",
    "-1",
    "１２",
    "None",
    "True",
    "0",
    "1",
    "64",
    "1000",
    "5000",
    "1e-16",
    "4294967296",
]
typed = st.one_of(st.sampled_from(ODD), st.integers(0, 6_000).map(str), st.floats(0, 2).map(str), st.text(max_size=300))
prompts = st.one_of(typed, st.text(max_size=200).map(lambda text: f"riobugger {text}"))


@st.composite
def circumstances(draw: st.DrawFn) -> Terms:
    quota = st.sampled_from([None, 0, 1])
    machines = {
        name: {"quota": draw(quota), "spot_quota": draw(quota), "supported": draw(st.booleans())}
        for name in draw(
            st.sets(st.sampled_from(["ml.g4dn.2xlarge", "ml.g5.2xlarge", "ml.p3.2xlarge", "ml.p5.48xlarge"]))
        )
    }
    return Terms(
        photos=draw(st.integers(4, 20)),
        class_photos=draw(st.integers(0, 100)),
        default_instance=draw(st.sampled_from(["ml.g4dn.2xlarge", "ml.g5.2xlarge", "ml.x9.large"])),
        outlook=draw(st.none() | st.just(Outlook(team=TEAM, id="o", state="known", machines=machines))),
        parents=draw(st.sampled_from([{}, {"m1": "rio · cat"}])),
    )


@st.composite
def acts(draw: st.DrawFn, view: Block) -> Block:
    """Type into some fields of a view, choose and tick in others."""
    elements = {str(one["block_id"]).partition(".")[0]: one["element"] for one in view["blocks"] if "element" in one}
    names = draw(st.sets(st.sampled_from(sorted(elements)), max_size=4))
    filled = {name: draw(_anything(elements[name], name)) for name in sorted(names)}
    return filled_in(view, {"licence": True} | filled)


def _anything(element: Block, name: str) -> st.SearchStrategy[Any]:
    if element["type"] == "plain_text_input":
        return prompts if name.endswith("_prompt") else typed
    if element["type"] == "checkboxes":
        return st.booleans()
    return st.sampled_from([one["value"] for one in element["options"]])


def drawn(terms: Terms, *, advanced: bool, before: Block | None = None) -> Block:
    view = train_modal(RUN, Asks(terms, "", advanced, carried(before) if before else {}))
    assert check_view(view, "modal", bool) == []
    assert len(view["private_metadata"]) <= 3_000
    return carried_over(before, view) if before else view


def is_one_that_aws_takes(choice: Choice) -> None:
    place = Place("us-west-2", "arn:aws:iam::123456789012:role/sm", choice.instance, [])
    parent = f"s3://photos/{choice.parent}/model.tar.gz" if choice.parent else ""
    data, out = "s3://photos/set/", "s3://photos/out"
    request = requests.training_job(
        FULL, place, "job-a1", data, out, choice.hyperparameters, spot=choice.spot, parent=parent
    )
    check("sagemaker", "create_training_job", request)
    for name in DEFAULTS:
        is_inside(OF_JUMPSTART[name], json.loads(request["HyperParameters"][name]))
    assert json.loads(request["HyperParameters"]["max_steps"]) == str(choice.max_steps)
    prior = choice.hyperparameters["with_prior_preservation"] == "True"
    assert not prior or (choice.class_prompt and choice.instance not in {"ml.g4dn.2xlarge", "ml.p3.2xlarge"})
    assert "riobugger" in choice.instance_prompt.lower()


def is_inside(spec: dict[str, Any], value: str) -> None:
    if "options" in spec:
        assert value in spec["options"]
        return
    number = float(value) if spec["type"] == "float" else int(value)
    assert spec.get("min", 1) <= number <= spec.get("max", float("inf"))


@given(st.data())
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_answers_give_a_request_that_aws_takes_or_a_fault_under_a_field_that_is_there(data: st.DataObject) -> None:
    terms = data.draw(circumstances())
    view = data.draw(acts(drawn(terms, advanced=data.draw(st.booleans()))))
    for advanced in data.draw(st.lists(st.booleans(), max_size=2)):
        view = data.draw(acts(drawn(terms, advanced=advanced, before=view)))
    if is_behind(view):
        view = filled_in(drawn(terms, advanced=True, before=view), {})
        assert not is_behind(view)
    found = recipe.read(RUN, answers(view), terms)
    event("a request" if isinstance(found, Choice) else "a fault")
    if isinstance(found, Choice):
        is_one_that_aws_takes(found)
    else:
        errors = under(view, found)
        assert errors
        assert all(errors.values())
        assert errors.keys() <= {block["block_id"] for block in view["blocks"] if block["type"] == "input"}


def test_what_is_asked_for_is_what_jumpstart_knows() -> None:
    assert RULES.keys() < DEFAULTS.keys() < OF_JUMPSTART.keys()
