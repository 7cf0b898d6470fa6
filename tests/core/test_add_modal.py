"""The modal of `/darkroom add`: what is listed, what it costs, and what Slack takes of it."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core import actions, words
from core.cards.add_modal import WORDS_MOST, Drawn, Sight, add_modal, drawn
from core.outlook import QUOTA_NAMES
from core.records import Outlook
from core.shelf import Offer
from sandbox.slack.view_shapes import check_view
from tests.core.test_adding import GHIBLI
from tests.core.test_shelf import OFFERS
from tests.support.records import CHANNEL, TEAM, a_ready_made_model

Json = dict[str, Any]
BLANK = Outlook(team=TEAM, id="outlook", state="known")
SIGHT = Sight(TEAM, OFFERS, "", [], BLANK, 3_600.0, Drawn(CHANNEL))
CHOSEN = replace(SIGHT, given={"model": SIGHT.id_of(GHIBLI)})


def element(view: Json, field: str) -> Json:
    (found,) = (block["element"] for block in view["blocks"] if str(block.get("block_id")).partition(".")[0] == field)
    return found


def texts(view: Json) -> str:
    return json.dumps(view, ensure_ascii=False)


def paragraphs(view: Json) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]


def listed(view: Json) -> list[str]:
    return [option["text"]["text"] for option in element(view, "model")["options"]]


def test_every_model_is_listed_with_the_price_of_its_machine() -> None:
    view = add_modal(SIGHT)
    assert check_view(view, "modal", bool) == []
    assert listed(view) == [offer.label for offer in OFFERS]
    lines = {one["text"]["text"]: one["description"]["text"] for one in element(view, "model")["options"]}
    assert lines["linaqruf-anything-v3-0"] == "ml.g5.2xlarge · $1.51 an hour"
    assert lines["black-forest-labs-flux-1-schnell"] == "ml.g6e.2xlarge · its price is not known to me"
    assert "nothing" in view["blocks"][0]["elements"][0]["text"]


def test_words_behind_the_command_narrow_the_list() -> None:
    view = add_modal(replace(SIGHT, drawn=Drawn(CHANNEL, "diffusion van")))
    assert listed(view) == ["dallinmackay-van-gogh-diffusion"]
    assert "1 of " in texts(view)


def test_only_model_that_fits_is_chosen_already_with_its_price() -> None:
    view = add_modal(replace(SIGHT, drawn=Drawn(CHANNEL, "ghibli")))
    assert element(view, "model")["initial_option"]["value"] == SIGHT.id_of(GHIBLI)
    assert "an hour*" in texts(view)
    assert drawn(view).model == SIGHT.id_of(GHIBLI)


def test_nearest_are_shown_and_said_to_be_that() -> None:
    view = add_modal(replace(SIGHT, drawn=Drawn(CHANNEL, "gibli")))
    assert listed(view)[0] == GHIBLI.label
    assert words.shelf.none_matching(len(OFFERS), "gibli", near=True) in texts(view)
    assert "name" not in {str(block.get("block_id")).partition(".")[0] for block in view["blocks"]}


def test_choice_shows_price_idle_time_machines_and_a_name() -> None:
    view = add_modal(CHOSEN)
    assert check_view(view, "modal", bool) == []
    machine = GHIBLI.instances[0]
    assert words.shelf.awake(machine, 0.94, 3_600) in paragraphs(view)
    assert [one["text"]["text"] for one in element(view, "machine")["options"]][:2] == [
        "ml.g4dn.2xlarge · $0.94 an hour",
        "ml.g5.2xlarge · $1.51 an hour",
    ]
    assert element(view, "name")["initial_value"] == "ghibli-diffusion"
    assert GHIBLI.url in texts(view)


def test_other_machine_shows_its_own_price() -> None:
    view = add_modal(replace(CHOSEN, given={**CHOSEN.given, "machine": "ml.g5.2xlarge", "name": "miyazaki"}))
    assert words.shelf.awake("ml.g5.2xlarge", 1.515, 3_600) in texts(view).replace("\\n", "\n")
    assert drawn(view).machine == "ml.g5.2xlarge"
    assert element(view, "name")["initial_value"] == "miyazaki"


def test_price_that_nobody_knows_is_said_to_be_unknown_and_never_nothing() -> None:
    flux = next(offer for offer in OFFERS if "flux" in offer.id)
    odd = replace(flux, instances=("ml.p9.huge",))
    view = add_modal(replace(SIGHT, offers=[odd, GHIBLI], given={"model": SIGHT.id_of(odd)}))
    assert "its price is not known to me" in texts(view)
    assert "$0.00" not in texts(view)
    assert "machine" not in {str(block.get("block_id")).partition(".")[0] for block in view["blocks"]}


def test_limit_of_the_account_is_told_before_anything_is_added() -> None:
    machine = GHIBLI.instances[0]
    full = replace(BLANK, machines={machine: {"endpoint_quota": 0}})
    said = words.money.no_quota(QUOTA_NAMES["endpoint_quota"].format(machine))
    assert said in paragraphs(add_modal(replace(CHOSEN, outlook=full)))


def test_price_of_aws_own_goes_before_that_of_the_table() -> None:
    asked = replace(BLANK, machines={GHIBLI.instances[0]: {"dollars": 1.0, "hosting_dollars": 2.0}}, dated="2027-01-01")
    view = add_modal(replace(CHOSEN, outlook=asked))
    assert "*$2.00 an hour*" in texts(view)
    assert "2027-01-01" in texts(view)


def test_licence_of_a_model_is_linked_and_has_to_be_ticked() -> None:
    gated = replace(GHIBLI, licence="https://jumpstart/eula.txt")
    view = add_modal(replace(CHOSEN, offers=[gated, OFFERS[0]]))
    assert check_view(view, "modal", bool) == []
    assert "<https://jumpstart/eula.txt|licence>" in texts(view)
    assert "initial_options" not in element(view, "licence")


def test_model_that_the_team_has_is_named_as_such_and_asks_for_nothing() -> None:
    there = a_ready_made_model(id=SIGHT.id_of(GHIBLI), name="miyazaki")
    view = add_modal(replace(CHOSEN, models=[there]))
    assert words.shelf.here_already("miyazaki") in texts(view)
    assert [block["block_id"] for block in view["blocks"] if block["type"] == "input"] == ["model"]
    lines = {one["text"]["text"]: one["description"]["text"] for one in element(view, "model")["options"]}
    assert lines[GHIBLI.label] == words.shelf.there("miyazaki")


def test_without_a_list_there_is_a_button_that_looks_again() -> None:
    for fault, said in (("", words.shelf.ASKING), ("AWS did not answer.", words.shelf.no_list("AWS did not answer."))):
        view = add_modal(replace(SIGHT, offers=[], fault=fault))
        assert check_view(view, "modal", bool) == []
        assert said in paragraphs(view)
        assert actions.ADD_REFRESH in texts(view)
        assert "submit" not in view


def test_list_that_is_longer_than_slack_takes_is_in_groups() -> None:
    many = [Offer(f"huggingface-txt2img-{letter}{number}", "1.0.0", ("x",)) for letter in "abc" for number in range(99)]
    view = add_modal(replace(SIGHT, offers=many, given={"model": SIGHT.id_of(many[150])}))
    assert check_view(view, "modal", bool) == []
    select = element(view, "model")
    groups = {group["label"]["text"]: len(group["options"]) for group in select["option_groups"]}
    assert groups == {"A": 99, "B": 99, "C": 99}
    assert select["initial_option"]["text"]["text"] == many[150].label


@given(st.text(max_size=WORDS_MOST), st.text(max_size=300), st.sampled_from([None, *OFFERS]))
@settings(max_examples=40)
def test_whatever_is_searched_and_typed_slack_takes_the_modal(searched: str, name: str, offer: Offer | None) -> None:
    given = {"model": SIGHT.id_of(offer), "name": name} if offer else {}
    view = add_modal(replace(SIGHT, drawn=Drawn(CHANNEL, searched), given=given))
    assert check_view(view, "modal", bool) == []
    assert drawn(view).words == searched


def test_addresses_that_are_no_plain_links_are_left_out() -> None:
    odd = replace(GHIBLI, url="javascript:alert(1)|<!channel>")
    assert "<!channel>" not in texts(add_modal(replace(CHOSEN, offers=[odd, OFFERS[0]])))
