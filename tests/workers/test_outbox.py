"""The outbox: what Slack shall show is shown once, kept up to date in place, and not faster than Slack likes."""

from dataclasses import replace

import pytest

from core import outbox, words
from core.cards.elements import image
from core.change import Change
from core.collecting import open_set, run_of_thread
from core.grammar import Learn
from core.records import Message, Run
from tests.core.test_collecting import COMMAND, the_run
from tests.support.fake_slack import rate_limited, refusal
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_generation, a_message, a_photo, a_run, stands
from tests.support.valkey import ValkeyServer
from tests.support.workshop import Workshop
from workers.outbox import POST_SECONDS, UPDATE_SECONDS, deliver
from workers.views import draw

LOST = TimeoutError("the answer was lost")


async def a_pending(workshop: Workshop, **different: object) -> Message:
    return await workshop.put(a_message(**({"due": workshop.clock(), "since": workshop.clock()} | different)))


async def a_card(workshop: Workshop, **different: object) -> tuple[Run, Message]:
    run = await workshop.put(a_run(**different))
    return run, await workshop.put(outbox.card(run, workshop.clock()))


async def test_message_is_posted_with_its_key_in_the_metadata(workshop: Workshop) -> None:
    sent = await workshop.step(await a_pending(workshop, thread_ts=THREAD))
    (posted,) = workshop.slack.called("chat.postMessage")
    assert (posted["channel"], posted["thread_ts"], posted["text"]) == (CHANNEL, THREAD, "hello")
    assert posted["metadata"]["event_payload"] == {"key": "message1"}
    assert (sent.state, sent.due, sent.ts in workshop.slack.messages) == ("sent", None, True)


@pytest.mark.parametrize("thread", ["", THREAD])
async def test_message_is_posted_once_though_the_first_answer_was_lost(workshop: Workshop, thread: str) -> None:
    message = await a_pending(workshop, thread_ts=thread)
    workshop.slack.lose("chat.postMessage", LOST)
    await workshop.step(message)
    await workshop.follow(60)
    sent = await stands(workshop.store, message)
    assert len(workshop.slack.messages) == 1
    assert sent.state == "sent"
    assert sent.ts in workshop.slack.messages


async def test_message_that_never_arrived_is_posted_again(workshop: Workshop) -> None:
    message = await a_pending(workshop)
    workshop.slack.script("chat.postMessage", LOST)
    await workshop.step(message)
    await workshop.follow(60)
    assert len(workshop.slack.called("chat.postMessage")) == 2
    assert len(workshop.slack.messages) == 1


async def test_message_like_ours_of_somebody_else_is_not_taken_for_ours(workshop: Workshop) -> None:
    workshop.slack.messages["1798761600.9"] = {"channel": CHANNEL, "ts": "1798761600.9", "text": "hello"}
    message = await a_pending(workshop, tries=1)
    assert (await workshop.step(message)).ts != "1798761600.9"


async def test_messages_in_one_channel_keep_a_second_apart(workshop: Workshop, valkey: ValkeyServer) -> None:
    messages = [await a_pending(workshop, id=f"m{k}") for k in range(3)]
    for message in messages:
        await workshop.step(message)
    assert len(workshop.slack.messages) == 1
    waiting = [await stands(workshop.store, message) for message in messages[1:]]
    assert all(0 < (one.due or 0) - workshop.clock() <= POST_SECONDS for one in waiting)
    assert [one.tries for one in waiting] == [0, 0]
    assert 0 < valkey.client.pttl(workshop.store.key(TEAM, f"pace:post:{CHANNEL}")) <= 1_000


async def test_another_channel_does_not_wait(workshop: Workshop) -> None:
    for message in [await a_pending(workshop, id=f"m{k}", channel=f"C{k}") for k in range(3)]:
        await workshop.step(message)
    assert len(workshop.slack.messages) == 3


async def test_retry_after_is_obeyed(workshop: Workshop) -> None:
    workshop.slack.script("chat.postMessage", rate_limited(7))
    waiting = await workshop.step(await a_pending(workshop))
    assert (waiting.state, waiting.due) == ("pending", workshop.clock() + 7)


@pytest.mark.parametrize(
    ("state", "subject", "said"),
    [
        ("collecting", "riobugger", True),
        ("training", "riobugger", True),
        ("trained", "riobugger", False),
        ("cancelled", "riobugger", False),
        ("training", "doppler", False),
    ],
)
async def test_card_says_whether_another_thread_is_at_a_model_of_its_name(
    workshop: Workshop, state: str, subject: str, *, said: bool
) -> None:
    run, message = await a_card(workshop)
    other = await workshop.put(a_run(id="run2", thread_ts="1.2", state=state, subject=subject, noun="dog"))
    await workshop.store.commit(Change(TEAM).index("runs", run.id, 1.0).index("runs", other.id, 2.0))
    _, blocks = await draw(workshop.house, message)
    assert (words.training.namesake_under_way("riobugger", "dog") in str(blocks)) == said


async def test_card_is_updated_in_place(workshop: Workshop) -> None:
    run, card = await a_card(workshop)
    sent = await workshop.step(card)
    photo = await workshop.put(a_photo(state="judged"))
    change = Change(TEAM).index(f"photos:{run.id}", photo.id, 1.0, Run.ttl)
    await workshop.store.commit(change.redraw(Message, card.id, workshop.clock()))
    again = await workshop.step(card)
    assert (again.state, again.ts) == ("sent", sent.ts)
    assert len(workshop.slack.messages) == 1
    (update,) = workshop.slack.called("chat.update")
    assert "*Good photos*\n1" in str(update["blocks"]).replace("\\n", "\n")


async def test_card_that_is_touched_while_it_waits_for_its_turn_does_not_wait_for_the_lease(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, card = await a_card(workshop)
    await workshop.step(card)
    touch = Change(TEAM).redraw(Message, card.id, workshop.clock())
    await workshop.store.commit(touch)

    async def not_yet(*_: object) -> float:
        await workshop.store.commit(touch)
        return 0.7

    monkeypatch.setattr(workshop.store, "pace", not_yet)
    waiting = await workshop.step(card)
    assert (waiting.state, waiting.due) == ("pending", workshop.clock() + 0.7)


async def test_updates_of_one_message_keep_their_distance(workshop: Workshop) -> None:
    _, card = await a_card(workshop)
    await workshop.step(card)
    for _ in range(2):
        await workshop.store.commit(Change(TEAM).redraw(Message, card.id, workshop.clock()))
        card = await workshop.step(card)
    assert len(workshop.slack.called("chat.update")) == 1
    assert (card.state, 0 < (card.due or 0) - workshop.clock() <= UPDATE_SECONDS) == ("pending", True)


async def test_card_that_changes_while_it_is_sent_is_sent_again(workshop: Workshop) -> None:
    _, card = await a_card(workshop)
    claim = replace(card, tries=1, due=workshop.clock() + 15)
    await workshop.store.commit(Change(TEAM).claim(claim))
    await workshop.store.commit(Change(TEAM).redraw(Message, card.id, workshop.clock()))
    await deliver(workshop.house, replace(claim, version=card.version + 1))
    late = await stands(workshop.store, card)
    assert (late.state, late.ts in workshop.slack.messages) == ("pending", True)
    await workshop.run_due()
    assert len(workshop.slack.messages) == 1
    assert len(workshop.slack.called("chat.update")) == 1


async def test_posted_card_opens_the_thread(workshop: Workshop) -> None:
    await open_set(workshop.store, COMMAND, Learn("riobugger", "cat"), None, workshop.clock())
    await workshop.run_due()
    (ts,) = workshop.slack.messages
    run = await run_of_thread(workshop.store, TEAM, CHANNEL, ts)
    assert run
    assert run.thread_ts == ts
    assert run == await the_run(workshop.store)


async def test_card_in_a_thread_that_is_there_opens_no_other(workshop: Workshop) -> None:
    run, card = await a_card(workshop, thread_ts=THREAD)
    await workshop.step(card)
    assert (await stands(workshop.store, run)).thread_ts == THREAD
    assert workshop.slack.called("chat.postMessage")[0]["thread_ts"] == THREAD


async def test_channel_that_the_bot_is_not_in_fails_the_run_and_tells_its_owner(workshop: Workshop) -> None:
    run, card = await a_card(workshop, thread_ts="")
    workshop.slack.script("chat.postMessage", refusal("not_in_channel"))
    await workshop.step(card)
    await workshop.run_due()
    failed = await stands(workshop.store, run)
    assert (failed.state, failed.reason) == ("failed", words.training.not_in_channel(CHANNEL))
    told = list(workshop.slack.messages.values())
    assert [(one["channel"], one["text"]) for one in told] == [(MIRA, words.training.not_in_channel(CHANNEL))]


@pytest.mark.parametrize("call", ["post", "ephemeral"])
async def test_reply_to_a_thread_that_was_deleted_stands_in_the_channel_once(workshop: Workshop, call: str) -> None:
    method = "chat.postMessage" if call == "post" else "chat.postEphemeral"
    said = await a_pending(workshop, call=call, thread_ts=THREAD, user=MIRA)
    workshop.slack.script(method, refusal("thread_not_found"))
    workshop.slack.lose(method, LOST)
    workshop.slack.script("conversations.replies", refusal("thread_not_found"))
    await workshop.step(said)
    await workshop.follow(60)
    assert (await stands(workshop.store, said)).state == "sent"
    where = [arguments.get("thread_ts") for arguments in workshop.slack.called(method)]
    assert where == ([THREAD, None] if call == "post" else [THREAD, None, THREAD])


async def test_owner_is_told_though_the_first_try_was_lost(workshop: Workshop) -> None:
    said = await a_pending(workshop, channel=MIRA)
    workshop.slack.script("chat.postMessage", LOST)
    await workshop.step(said)
    await workshop.follow(60)
    assert [one["channel"] for one in workshop.slack.messages.values()] == [MIRA]
    assert (await stands(workshop.store, said)).state == "sent"


async def test_what_slack_refuses_is_kept_with_the_dead_letters(workshop: Workshop) -> None:
    workshop.slack.script("chat.postMessage", refusal("restricted_action"))
    dead = await workshop.step(await a_pending(workshop))
    assert (dead.state, dead.due) == ("dead", None)
    assert await workshop.store.members(TEAM, "dead") == [dead.id]


async def test_slack_that_is_away_for_an_hour_loses_no_message(workshop: Workshop) -> None:
    message = await a_pending(workshop)
    workshop.slack.script("chat.postMessage", *[refusal("fatal_error", 503)] * 50)
    await workshop.step(message)
    await workshop.follow(3_600, every=30)
    assert (await stands(workshop.store, message)).state == "sent"
    assert len(workshop.slack.messages) == 1


async def test_reaction_that_is_there_already_is_done(workshop: Workshop) -> None:
    workshop.slack.script("reactions.add", refusal("already_reacted"))
    done = await workshop.step(await workshop.put(outbox.reaction(a_run(), "1.1", "tada", workshop.clock())))
    assert done.state == "sent"


async def test_ephemeral_is_shown_to_the_asker_alone(workshop: Workshop) -> None:
    said = outbox.ephemeral(a_generation(), "k", "only you", workshop.clock())
    assert (await workshop.step(await workshop.put(said))).state == "sent"
    (shown,) = workshop.slack.called("chat.postEphemeral")
    assert (shown["user"], shown["text"]) == (MIRA, "only you")


async def test_note_is_erased_after_it_was_sent_and_not_before(workshop: Workshop) -> None:
    asked, now = a_generation(), workshop.clock()
    note = await workshop.put(outbox.note(asked, "painting…", now))
    erase = await workshop.put(outbox.erase_note(asked, now))
    assert (await workshop.step(erase)).state == "pending"
    await workshop.step(note)
    assert len(workshop.slack.messages) == 1
    await workshop.follow(10)
    assert workshop.slack.messages == {}
    assert (await stands(workshop.store, erase)).state == "sent"


async def test_note_that_somebody_has_deleted_counts_as_erased(workshop: Workshop) -> None:
    asked, now = a_generation(), workshop.clock()
    await workshop.step(await workshop.put(outbox.note(asked, "painting…", now)))
    workshop.slack.messages.clear()
    assert (await workshop.step(await workshop.put(outbox.erase_note(asked, now)))).state == "sent"


async def test_card_that_somebody_has_deleted_is_not_posted_again(workshop: Workshop) -> None:
    _, card = await a_card(workshop)
    await workshop.step(card)
    workshop.slack.messages.clear()
    await workshop.store.commit(Change(TEAM).redraw(Message, card.id, workshop.clock()))
    assert (await workshop.step(card)).state == "sent"
    assert workshop.slack.messages == {}


async def test_question_that_slack_refuses_for_a_picture_is_asked_without_it(workshop: Workshop) -> None:
    pictured = {"type": "section", "text": {"type": "mrkdwn", "text": "*rio*"}, "accessory": image("F0GONE", "rio")}
    asked = await a_pending(workshop, call="ephemeral", user=MIRA, blocks=(pictured,))
    workshop.slack.script("chat.postEphemeral", refusal("invalid_blocks"))
    await workshop.step(asked)
    await workshop.follow(60)
    first, second = workshop.slack.called("chat.postEphemeral")
    assert first["blocks"] == [pictured]
    assert second["blocks"] == [{"type": "section", "text": pictured["text"]}]
