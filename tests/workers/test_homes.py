"""App Homes are up to date for whoever looks at one, and published no more often than they change."""

from dataclasses import replace
from typing import Any

import pytest

from core import actions, gallery, homes, outbox, words
from core.change import Change
from core.names import DAY
from core.records import HOMES, Generation, Message, Model, Rules, Run
from core.rules import RULES
from core.settings import Settings
from tests.support.fake_slack import refusal
from tests.support.records import MIRA, TEAM, a_generation, a_message, a_model, a_run, stands
from tests.support.valkey import ValkeyServer
from tests.support.workshop import Workshop, settings

LENA, ADMIN = "U0LENA", "U0ADMIN"
ALL_HOMES = a_message(id=HOMES)


@pytest.fixture
def worker_settings() -> Settings:
    """What a worker was told that knows an admin."""
    return settings(DARKROOM_ADMINS=ADMIN)


async def opens(workshop: Workshop, user: str, *, blank: bool = False) -> None:
    await homes.opened(workshop.store, TEAM, user, workshop.clock(), blank=blank)
    await workshop.run_due()


async def trains(workshop: Workshop) -> Run:
    run = await workshop.put(a_run(state="training", step=1, due=None))
    await workshop.store.commit(Change(TEAM).index("runs", run.id, 1.0))
    await workshop.run_due()
    return await stands(workshop.store, run)


async def gets_on(workshop: Workshop, run: Run, step: int) -> Run:
    current = await stands(workshop.store, run)
    assert await workshop.store.commit(Change(TEAM).put(replace(current, step=step)))
    return current


def shown_to(workshop: Workshop, user: str) -> list[str]:
    """Everything that a person's Home has shown, one text for each time that it was published."""
    published = workshop.slack.called("views.publish")
    return [str(one["view"]["blocks"]) for one in published if one["user_id"] == user]


async def test_home_is_published_to_whoever_opens_it(workshop: Workshop) -> None:
    await opens(workshop, MIRA)
    (shown,) = workshop.slack.called("views.publish")
    assert (shown["user_id"], shown["view"]["type"]) == (MIRA, "home")
    assert words.asking.NO_MODELS in str(shown["view"])


async def test_progress_of_a_run_is_published_to_everybody_who_opened_their_home(workshop: Workshop) -> None:
    run = await trains(workshop)
    for user in (MIRA, LENA):
        await opens(workshop, user)
    await gets_on(workshop, run, 120)
    await workshop.run_due()
    for user in (MIRA, LENA):
        assert len(shown_to(workshop, user)) == 2
        assert "step 120 of 200" in shown_to(workshop, user)[-1]


async def test_home_that_has_not_changed_is_not_published_again(workshop: Workshop) -> None:
    run = await trains(workshop)
    for _ in range(2):
        await opens(workshop, MIRA)
    await gets_on(workshop, run, run.step)
    await workshop.run_due()
    assert len(shown_to(workshop, MIRA)) == 1


async def test_home_that_slack_does_not_show_any_more_is_published_again(workshop: Workshop) -> None:
    await opens(workshop, MIRA)
    workshop.clock.advance(60)
    await opens(workshop, MIRA, blank=True)
    assert len(shown_to(workshop, MIRA)) == 2


async def test_burst_of_changes_is_published_once_at_its_end(workshop: Workshop) -> None:
    run = await trains(workshop)
    await opens(workshop, MIRA)
    for step in range(50, 60):
        await gets_on(workshop, run, step)
        await workshop.step(ALL_HOMES)  # the pace of Slack is kept: only run_due goes without
        await workshop.step(outbox.home(TEAM, MIRA, 0))
    waiting = await stands(workshop.store, ALL_HOMES)
    assert (waiting.state, waiting.tries) == ("pending", 0)
    assert 0 < (waiting.due or 0) - workshop.clock() <= 2
    workshop.clock.advance(2)
    await workshop.run_due()
    _, last = shown_to(workshop, MIRA)
    assert "step 59 of 200" in last


async def test_many_homes_take_turns_as_long_as_slack_wants(workshop: Workshop, valkey: ValkeyServer) -> None:
    for k in range(20):
        await homes.opened(workshop.store, TEAM, f"U{k}", workshop.clock(), blank=False)
    await workshop.put(a_model())
    await workshop.step(ALL_HOMES)
    assert 11_000 < valkey.client.pttl(workshop.store.key(TEAM, f"pace:{HOMES}")) <= 12_000


async def test_change_while_a_home_is_published_is_not_lost(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await trains(workshop)
    call, steps = workshop.slack.api_call, iter((50, 60, 70))

    async def meanwhile(api_method: str, **said: Any) -> Any:  # noqa: ANN401 - the fake's own answer
        answer = await call(api_method, **said)
        if step := next(steps, None):
            await gets_on(workshop, run, step)
            await workshop.step(ALL_HOMES)
        return answer

    monkeypatch.setattr(workshop.slack, "api_call", meanwhile)
    await opens(workshop, MIRA)
    await workshop.follow(15)
    assert next(steps, None) is None
    assert "step 70 of 200" in shown_to(workshop, MIRA)[-1]
    assert (await stands(workshop.store, ALL_HOMES)).state == "sent"


async def test_home_is_kept_up_to_date_for_a_day_after_it_was_opened(workshop: Workshop) -> None:
    run = await trains(workshop)
    await opens(workshop, MIRA)
    workshop.clock.advance(DAY / 2)
    await opens(workshop, LENA)
    workshop.clock.advance(DAY / 2 + 1)
    await gets_on(workshop, run, 50)
    await workshop.run_due()
    assert [len(shown_to(workshop, user)) for user in (MIRA, LENA)] == [1, 2]
    workshop.clock.advance(DAY)
    await gets_on(workshop, run, 60)
    await workshop.run_due()
    assert [len(shown_to(workshop, user)) for user in (MIRA, LENA)] == [1, 2]
    assert await workshop.store.get(Message, TEAM, HOMES) is None, "nobody looks: the next change wakes nobody"


async def test_home_that_is_opened_while_the_last_one_is_let_go_is_kept_up_to_date(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await trains(workshop)
    await opens(workshop, LENA)
    workshop.clock.advance(DAY + 1)
    latest = workshop.store.latest

    async def opened_meanwhile(*asked: Any) -> list[str]:
        found = await latest(*asked)
        monkeypatch.undo()
        await homes.opened(workshop.store, TEAM, MIRA, workshop.clock(), blank=False)
        return found

    monkeypatch.setattr(workshop.store, "latest", opened_meanwhile)
    await gets_on(workshop, run, 50)
    await workshop.run_due()
    await gets_on(workshop, run, 60)
    await workshop.run_due()
    assert "step 60 of 200" in shown_to(workshop, MIRA)[-1]


async def test_home_of_somebody_who_left_is_not_published_again(workshop: Workshop) -> None:
    run = await trains(workshop)
    workshop.slack.script("views.publish", refusal("user_not_found"))
    await opens(workshop, MIRA)
    await gets_on(workshop, run, 50)
    await workshop.run_due()
    assert len(shown_to(workshop, MIRA)) == 1


async def test_pictures_have_homes_drawn_anew_when_they_are_posted_and_when_they_are_deleted(
    workshop: Workshop,
) -> None:
    await opens(workshop, MIRA)
    before = await stands(workshop.store, ALL_HOMES)
    painting = await workshop.put(a_generation(state="painting", due=None))
    assert await stands(workshop.store, ALL_HOMES) == before
    posted = await workshop.put(painting.to("posted"))
    assert (await stands(workshop.store, ALL_HOMES)).state == "pending"
    await workshop.run_due()
    await workshop.put(posted.to("deleted"))
    assert (await stands(workshop.store, ALL_HOMES)).state == "pending"


async def painted(workshop: Workshop, user: str = MIRA, **different: Any) -> Generation:
    usual: dict[str, Any] = {
        "state": "posted",
        "user": user,
        "files": ("F7",),
        "ts": "1.1",
        "posted_at": 1.0,
        "due": None,
    }
    shown = await workshop.put(a_generation(**(usual | different)))
    await workshop.store.commit(gallery.hang(Change(TEAM), shown))
    return shown


async def knows(workshop: Workshop, **different: Any) -> Model:
    model = await workshop.put(a_model(**different))
    await workshop.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    return model


async def test_home_shows_ones_own_pictures_until_they_are_deleted(workshop: Workshop) -> None:
    await knows(workshop)
    await painted(workshop)
    await painted(workshop, LENA, id="g2", files=("F8",), channel="D0LENA")
    await opens(workshop, MIRA)
    assert ["F7" in shown_to(workshop, MIRA)[-1], "F8" in shown_to(workshop, MIRA)[-1]] == [True, False]
    await workshop.put((await stands(workshop.store, a_generation())).to("deleted"))
    await workshop.follow(5)
    assert "F7" not in shown_to(workshop, MIRA)[-1]


async def test_private_model_is_shown_to_those_who_may_use_it_and_to_admins(workshop: Workshop) -> None:
    await knows(workshop, owner="U0OWNER", allowed=(LENA, "C0PETS"))
    for user in (MIRA, LENA, "U0OWNER", ADMIN):
        await opens(workshop, user)
    shown = ["riobugger* · cat · private" in shown_to(workshop, user)[-1] for user in (MIRA, LENA, "U0OWNER", ADMIN)]
    assert shown == [False, True, True, True]


async def test_admins_find_the_settings_in_their_home(workshop: Workshop) -> None:
    for user in (MIRA, ADMIN):
        await opens(workshop, user)
    button = f"'action_id': '{actions.LIMITS}'"
    assert [button in str(shown_to(workshop, user)) for user in (MIRA, ADMIN)] == [False, True]
    await workshop.put(Rules(team=TEAM, id=RULES, state="set", limits={"prompts_per_hour": 4321}))
    await workshop.follow(5)
    assert "4,321" in shown_to(workshop, ADMIN)[-1]


async def test_picture_that_slack_does_not_show_is_left_out_and_tried_again_with_the_next_change(
    workshop: Workshop,
) -> None:
    model = await knows(workshop, portrait="F1")
    await painted(workshop)
    blocks = "[ERROR] invalid slack file [json-pointer:/view/blocks/1/slack_file]"
    workshop.slack.script("views.publish", refusal("invalid_arguments", messages=[blocks]))
    await opens(workshop, MIRA)
    assert ["F1" in shown_to(workshop, MIRA)[-1], "F7" in shown_to(workshop, MIRA)[-1]] == [False, True]
    await workshop.put(model)
    await workshop.follow(5)
    assert "F1" in shown_to(workshop, MIRA)[-1]


async def test_home_that_slack_refuses_without_saying_why_is_shown_without_pictures(workshop: Workshop) -> None:
    await knows(workshop, portrait="F1")
    await painted(workshop)
    workshop.slack.script("views.publish", refusal("invalid_arguments"))
    await opens(workshop, MIRA)
    assert ["F1" in shown_to(workshop, MIRA)[-1], "F7" in shown_to(workshop, MIRA)[-1]] == [False, False]
    assert "riobugger" in shown_to(workshop, MIRA)[-1]
