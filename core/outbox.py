"""The outbox: what Slack shall show. Each entry has a key of its own: whoever writes it twice writes it once."""

from collections.abc import Sequence
from typing import Any, Protocol

from core.names import record_id
from core.records import HOMES, Generation, Message, Run

Blocks = Sequence[dict[str, Any]]

CARD, HOME = "card", "home"


def card_id(run: str) -> str:
    """Give the id of a training thread's card. For a model without a run ("") there is none: a redraw does nothing."""
    return record_id(CARD, run)


def card(run: Run, now: float) -> Message:
    """The card of a training thread: posted once, then kept up to date in place."""
    return Message(
        team=run.team,
        id=card_id(run.id),
        state="pending",
        call="view",
        channel=run.channel,
        thread_ts=run.thread_ts,
        ref=run.id,
        since=now,
        due=now,
    )


def home_id(user: str) -> str:
    """Give the id of a person's App Home."""
    return record_id(HOME, user)


def home(team: str, user: str, now: float) -> Message:
    """The App Home tab of one person."""
    return Message(team=team, id=home_id(user), state="pending", call="home", user=user, since=now, due=now)


def homes(team: str) -> Message:
    """The entry by which all Homes are drawn anew that somebody looks at."""
    return Message(team=team, id=HOMES, state="sent", call=HOMES)


def thread(run: Run, key: str, text: str, now: float, blocks: Blocks = ()) -> Message:
    """A message in a training thread; `key` says what it is about, and it is posted once for each key."""
    return post(run.team, key, (run.channel, run.thread_ts), text, now, blocks)


def post(team: str, key: str, where: tuple[str, str], text: str, now: float, blocks: Blocks = ()) -> Message:
    """A message at `where`: channel and thread_ts (empty: in the channel itself)."""
    return Message(
        team=team,
        id=record_id("post", key),
        state="pending",
        call="post",
        channel=where[0],
        thread_ts=where[1],
        text=text,
        blocks=tuple(blocks),
        since=now,
        due=now,
    )


def note_id(asked: Generation) -> str:
    """Give the id of the note that stands in for pictures until they come."""
    return record_id("post", f"note:{asked.id}")


def note(asked: Generation, text: str, now: float, blocks: Blocks = ()) -> Message:
    """A note in the thread that says what happens to a prompt."""
    return post(asked.team, f"note:{asked.id}", (asked.channel, asked.thread_ts), text, now, blocks)


def erase_note(asked: Generation, now: float) -> Message:
    """Take the note away again."""
    return Message(
        team=asked.team,
        id=record_id("erase", asked.id),
        state="pending",
        call="erase",
        channel=asked.channel,
        ref=note_id(asked),
        since=now,
        due=now,
    )


def amend(team: str, key: str, channel: str, text: str, now: float, blocks: Blocks) -> Message:
    """Put other words in the place of what was posted under this key, once."""
    return Message(
        team=team,
        id=record_id("amend", key),
        state="pending",
        call="amend",
        channel=channel,
        text=text,
        blocks=tuple(blocks),
        ref=record_id("post", key),
        since=now,
        due=now,
    )


class Place(Protocol):
    """Where somebody asked for something."""

    @property
    def team(self) -> str:
        """Slack's team id."""
        ...

    @property
    def channel(self) -> str:
        """Slack's channel id."""
        ...

    @property
    def thread_ts(self) -> str:
        """The thread; empty for the channel itself."""
        ...

    @property
    def user(self) -> str:
        """Who asked."""
        ...


def ephemeral(asked: Place, key: str, text: str, now: float, blocks: Blocks = ()) -> Message:
    """A message that only the person who asked sees, where they asked."""
    return Message(
        team=asked.team,
        id=record_id("ephemeral", key),
        state="pending",
        call="ephemeral",
        channel=asked.channel,
        thread_ts=asked.thread_ts,
        user=asked.user,
        text=text,
        blocks=tuple(blocks),
        since=now,
        due=now,
    )


def reaction(run: Run, ts: str, name: str, now: float) -> Message:
    """A reaction on a message in a training thread."""
    return Message(
        team=run.team,
        id=record_id("react", run.channel, ts, name),
        state="pending",
        call="react",
        channel=run.channel,
        ts=ts,
        name=name,
        since=now,
        due=now,
    )
