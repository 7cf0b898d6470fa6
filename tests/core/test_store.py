"""Records in Redis: changed by compare-and-set, all or nothing, every key with an end."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from core.change import Change
from core.records import HOMES, KINDS, Message, Model, Photo, Record, Run
from core.store import Store
from sandbox.ports import HOST, free
from tests.support.records import TEAM, a_generation, a_message, a_model, a_photo, a_run, stands, written
from tests.support.valkey import ValkeyServer
from tests.support.wakes import FakeWaker, quiet_store

ONE_OF_EACH: list[Record] = [
    a_run(),
    a_photo(),
    a_model(),
    a_generation(files=("F1", "F2")),
    a_message(blocks=({"type": "divider"},)),
]


@pytest.mark.parametrize("record", ONE_OF_EACH, ids=[record.kind for record in ONE_OF_EACH])
async def test_record_is_read_as_it_was_written(store: Store, record: Record) -> None:
    assert await written(store, record) == replace(record, version=1)


async def test_record_that_nobody_wrote_is_not_there(store: Store) -> None:
    assert await store.get(Run, TEAM, "nobody") is None


async def test_what_was_read_too_early_is_refused(store: Store) -> None:
    old = await written(store, a_run())
    assert await store.commit(Change(TEAM).put(old.to("queued")))
    assert not await store.commit(Change(TEAM).put(old.to("cancelled")))
    assert (await stands(store, old)).state == "queued"


async def test_record_is_created_once(store: Store) -> None:
    assert await store.commit(Change(TEAM).put(a_run(noun="cat")))
    assert not await store.commit(Change(TEAM).put(a_run(noun="dog")))
    assert await store.commit(Change(TEAM).once(a_run(noun="cow")))
    assert (await stands(store, a_run())).noun == "cat"


@pytest.mark.parametrize("writers", [2, 8])
async def test_of_writers_at_once_exactly_one_wins(redis_url: str, writers: int) -> None:
    connections = [quiet_store(redis_url, "darkroom", FakeWaker()) for _ in range(writers)]
    first = connections[0][1]
    for turn in range(10):
        run = await written(first, a_run(id=f"run{turn}"))
        changes = [Change(TEAM).put(run.to("queued", owner=f"U{place}")) for place in range(writers)]
        won = await asyncio.gather(*(store.commit(one) for (_, store), one in zip(connections, changes, strict=True)))
        assert won.count(True) == 1
        after = await stands(first, run)
        assert (after.owner, after.version) == (f"U{won.index(True)}", 2)
    await asyncio.gather(*(redis.aclose() for redis, _ in connections))


async def test_change_with_one_condition_that_fails_leaves_nothing_behind(store: Store, valkey: ValkeyServer) -> None:
    old = await written(store, a_run())
    await store.commit(Change(TEAM).put(old.to("queued")))
    keys = set(valkey.client.keys("darkroom:*"))
    change = Change(TEAM).put(a_model()).once(a_message(due=1.0)).index("runs", "x", 1).name("catalogue", "x", "y")
    change.link("thread:x", "y", 60).touch(Run, old.id, 5.0).put(old.to("cancelled"))
    assert not await store.commit(change)
    assert set(valkey.client.keys("darkroom:*")) == keys
    assert (await stands(store, old)).version == 2


async def test_touch_makes_a_record_due_and_breaks_the_claim_on_it(store: Store) -> None:
    run = await written(store, a_run(state="queued", due=10.0))
    await store.commit(Change(TEAM).claim(run))
    claimed = await stands(store, run)
    await store.commit(Change(TEAM).touch(Run, run.id, 5.0))
    assert not await store.commit(Change(TEAM).renew(claimed, 60.0))
    assert not await store.commit(Change(TEAM).put(claimed.to("preparing")))
    assert await store.overdue(TEAM, 6.0) == [("run:run1", 5.0)]


async def test_touch_makes_no_record_that_is_not_there(store: Store, valkey: ValkeyServer) -> None:
    assert await store.commit(Change(TEAM).redraw(Message, "nobody", 5.0))
    assert await store.get(Message, TEAM, "nobody") is None
    assert not valkey.client.exists(store.key(TEAM, "due"))


async def test_redraw_leaves_a_worker_that_is_at_it_its_time_and_then_has_it_look_again(store: Store) -> None:
    message = await written(store, a_message(due=10.0))
    await store.commit(Change(TEAM).claim(replace(message, tries=1, due=25.0)))
    await store.commit(Change(TEAM).redraw(Message, message.id, 12.0))
    after = await stands(store, message)
    assert (after.state, after.due, after.version) == ("pending", 25.0, 3)
    await store.commit(Change(TEAM).put(after.to("sent", due=None)))
    await store.commit(Change(TEAM).redraw(Message, message.id, 13.0))
    again = await stands(store, message)
    assert (again.state, again.due) == ("pending", 13.0)


Write = Callable[[Change, Record], Change]
HOMES_LOOKED_AT = a_message(id=HOMES, call="homes", state="sent")


@pytest.mark.parametrize("write", [Change.put, Change.claim, Change.once])
async def test_app_homes_are_drawn_anew_when_a_run_or_a_model_changes(redis_url: str, write: Write) -> None:
    waker = FakeWaker()
    redis, store = quiet_store(redis_url, "darkroom", waker)
    homes = await written(store, HOMES_LOOKED_AT)
    for record in (a_run(), a_model()):
        await store.commit(write(Change(TEAM), record))
        waiting = await stands(store, homes)
        assert (waiting.state, waiting.due) == ("pending", 0.0)
        assert [member for _, member, *_ in waker.take()] == [homes.member]
        await store.commit(Change(TEAM).put(replace(waiting, state="sent", due=None)))
    await redis.aclose()


async def test_app_homes_that_are_going_to_be_drawn_are_not_woken_again(redis_url: str) -> None:
    waker = FakeWaker()
    redis, store = quiet_store(redis_url, "darkroom", waker)
    homes = await written(store, replace(HOMES_LOOKED_AT, state="pending", due=60.0))
    waker.take()
    await store.commit(Change(TEAM).put(a_run(), a_model()))
    assert await stands(store, homes) == homes
    assert waker.take() == []
    await redis.aclose()


async def test_run_that_changes_while_app_homes_are_drawn_has_them_drawn_once_more(store: Store) -> None:
    homes = await written(store, replace(HOMES_LOOKED_AT, state="pending", tries=1, due=25.0))
    await store.commit(Change(TEAM).put(a_run()))
    assert not await store.commit(Change(TEAM).put(replace(homes, state="sent", due=None)))
    assert (await stands(store, homes)).due == 25.0, "whoever is at it keeps its claim"


async def test_app_homes_that_nobody_looks_at_cost_no_wake_up(redis_url: str) -> None:
    waker = FakeWaker()
    redis, store = quiet_store(redis_url, "darkroom", waker)
    await store.commit(Change(TEAM).put(a_run(), a_model(), a_generation(state="posted")))
    assert waker.take() == []
    assert await store.get(Message, TEAM, HOMES) is None
    await redis.aclose()


async def test_latest_of_several_indexes_are_read_and_what_is_older_is_let_go(store: Store) -> None:
    change = Change(TEAM)
    for name, score in (("a", 1.5), ("c", 2.5), ("e", 3.5)):
        change.index("left", name, score, 600)
    for name, score in (("b", 2.0), ("c", 2.5), ("d", 3.0)):
        change.index("right", name, score, 600)
    await store.commit(change)
    assert await store.latest(TEAM, 2, "left") == ["e", "c"]
    assert await store.latest(TEAM, 4, "left", "right", "nobody") == ["e", "d", "c", "b"]
    await store.commit(Change(TEAM).trim("left", 2.5))
    assert await store.members(TEAM, "left") == ["c", "e"]


async def test_claim_is_renewed_as_long_as_nobody_changed_the_record(store: Store) -> None:
    run = await written(store, a_run(state="queued", due=10.0))
    assert await store.commit(Change(TEAM).renew(run, 70.0))
    assert (await stands(store, run)).due == 70.0
    assert await store.overdue(TEAM, 69.0) == []
    assert await store.commit(Change(TEAM).put(run.to("preparing")))


async def test_record_is_forgotten_unless_it_has_changed_meanwhile(store: Store, valkey: ValkeyServer) -> None:
    run = await written(store, a_run(due=1.0))
    assert not await store.commit(Change(TEAM).forget(replace(run, version=run.version - 1)))
    assert await store.commit(Change(TEAM).forget(run))
    assert await store.get(Run, TEAM, run.id) is None
    assert await store.overdue(TEAM, float("inf")) == []
    assert not valkey.client.exists(store.key(TEAM, run.member))
    assert not await store.commit(Change(TEAM).forget(run)), "it is gone already"


async def test_change_waits_for_the_state_of_another_record(store: Store) -> None:
    model = await written(store, a_model(state="in_service"))
    assert not await store.commit(Change(TEAM).require(model, state="asleep").put(a_generation()))
    assert await store.commit(Change(TEAM).require(model, state="in_service").put(a_generation()))
    assert not await store.commit(Change(TEAM).require(a_model(id="nobody"), state="asleep").put(a_photo()))


async def test_change_waits_for_an_index_to_be_empty(store: Store) -> None:
    await store.commit(Change(TEAM).index("line:m", "g", 1.0))
    assert not await store.commit(Change(TEAM).require_empty("line:m").put(a_run()))
    await store.commit(Change(TEAM).unindex("line:m", "g"))
    assert await store.commit(Change(TEAM).require_empty("line:m").put(a_run()))


async def test_score_in_an_index_only_grows(store: Store) -> None:
    for score in (5.0, 9.0, 7.0):
        await store.commit(Change(TEAM).index("used", "m", score))
    assert await store.score(TEAM, "used", "m") == 9.0


@pytest.mark.parametrize("record", ONE_OF_EACH, ids=[record.kind for record in ONE_OF_EACH])
async def test_record_is_kept_as_long_as_its_kind_says(store: Store, valkey: ValkeyServer, record: Record) -> None:
    await written(store, record)
    left = valkey.client.ttl(store.key(TEAM, record.member))
    assert (left == -1) if not record.ttl else (record.ttl - 60 < left <= record.ttl)


async def test_change_of_a_record_keeps_it_from_the_start_again(store: Store, valkey: ValkeyServer) -> None:
    run = await written(store, a_run())
    valkey.client.expire(store.key(TEAM, run.member), 100)
    await store.commit(Change(TEAM).put(run.to("queued")))
    assert valkey.client.ttl(store.key(TEAM, run.member)) > 100


async def test_links_and_indexes_with_an_end_have_it(store: Store, valkey: ValkeyServer) -> None:
    await store.commit(Change(TEAM).link("thread:x", "run1", 600).index("photos:x", "p", 1.0, 900))
    assert await store.linked(TEAM, "thread:x") == "run1"
    assert 0 < valkey.client.ttl(store.key(TEAM, "thread:x")) <= 600
    assert 0 < valkey.client.ttl(store.key(TEAM, "photos:x")) <= 900


async def test_several_records_are_read_in_order_and_those_that_are_gone_left_out(store: Store) -> None:
    for name in ("a", "b"):
        await written(store, a_photo(id=name))
    assert [one.id for one in await store.get_all(Photo, TEAM, ["b", "gone", "a"])] == ["b", "a"]
    assert await store.get_all(Photo, TEAM, []) == []


async def test_what_another_team_writes_is_not_seen(store: Store) -> None:
    await written(store, a_model())
    await store.commit(Change("T0OTHER").put(a_run(team="T0OTHER")))
    assert await store.get(Model, "T0OTHER", "model1") is None
    assert await store.get(Run, TEAM, "run1") is None
    assert await store.teams() == ["T0OTHER", TEAM]


async def test_all_keys_of_a_team_share_one_hash_tag(store: Store, valkey: ValkeyServer) -> None:
    change = (
        Change(TEAM).put(a_run(due=1.0)).index("runs", "a", 1).name("catalogue", "a", "b").link("thread:a", "b", 60)
    )
    await store.commit(change)
    await store.pace(TEAM, "post:C1", 1.0)
    keys = set(valkey.client.keys("darkroom:*")) - {"darkroom:teams"}
    assert len(keys) == 6
    assert all(key.startswith(f"darkroom:{{{TEAM}}}:") for key in keys)


async def test_record_of_a_newer_version_of_the_code_can_be_read(store: Store, valkey: ValkeyServer) -> None:
    await written(store, a_run())
    key = store.key(TEAM, "run:run1")
    body = json.loads(valkey.client.hget(key, "body"))
    valkey.client.hset(key, "body", json.dumps(body | {"mood": "grand"}))
    assert await stands(store, a_run()) == a_run(version=1)


async def test_turn_in_a_channel_is_given_once_in_its_time(store: Store) -> None:
    assert await store.pace(TEAM, "post:C1", 30.0) == 0
    assert 29 < await store.pace(TEAM, "post:C1", 30.0) <= 30
    assert await store.pace(TEAM, "post:C2", 30.0) == 0
    assert await store.pace("T0OTHER", "post:C1", 30.0) == 0


async def test_turn_comes_again_after_its_time(store: Store) -> None:
    assert await store.pace(TEAM, "post:C1", 0.02) == 0
    waits = await store.pace(TEAM, "post:C1", 0.02)
    while waits:
        assert waits <= 0.02
        waits = await store.pace(TEAM, "post:C1", 0.02)


async def test_change_that_cannot_be_written_is_not_lost_in_silence() -> None:
    redis, store = quiet_store(f"redis://{HOST}:{free()}/0", "darkroom", FakeWaker())
    with pytest.raises(RedisConnectionError):
        await store.commit(Change(TEAM).put(a_model()))
    await redis.aclose()


def test_every_kind_is_known_by_its_name() -> None:
    assert all(kind.kind == name for name, kind in KINDS.items())
