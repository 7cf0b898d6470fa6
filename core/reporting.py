"""Files about what Darkroom has cost, which workers make: the wish for one, and the table of all lines."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from core import cells
from core.asking import Asked
from core.change import Change
from core.costs_grammar import Wanted
from core.ledger import Charge
from core.months import month_of
from core.names import record_id
from core.records import Report
from core.store import Store

_COLUMNS = (
    "month",
    "kind",
    "name_in_aws",
    "model_id",
    "model",
    "channel",
    "person",
    "instance",
    "since",
    "until",
    "seconds",
    "dollars_an_hour",
    "dollars",
    "guessed",
    "running",
)


async def ask(store: Store, asked: Asked, wanted: Wanted, now: float, *, alone: bool) -> None:
    """Write down that somebody wants a file, once for each command; `alone`: it is for them alone."""
    report = Report(
        team=asked.team,
        id=record_id("report", asked.team, asked.key),
        state="asked",
        user=asked.user,
        channel=asked.channel,
        thread_ts=asked.thread_ts,
        wanted=asdict(wanted),
        alone=alone,
        due=now,
    )
    await store.commit(Change(asked.team).once(report))


def table(lines: Sequence[Charge], running: frozenset[str]) -> str:
    """Write lines as CSV, the oldest first; `running`: the names of those that are not over. Times: ISO 8601 in UTC."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows(_row(line, running) for line in sorted(lines, key=lambda line: (line.since, line.name)))
    return out.getvalue()


def _row(line: Charge, running: frozenset[str]) -> list[str | float]:
    return [
        month_of(line.since),
        line.kind,
        cells.defused(line.name),
        cells.defused(line.model),
        cells.defused(line.subject),
        cells.defused(line.channel),
        cells.defused(line.user),
        cells.defused(line.instance),
        _iso(line.since),
        _iso(line.until),
        round(line.seconds, 3),
        "" if line.an_hour is None else line.an_hour,
        round(line.dollars, 6),
        _yes(line.guessed),
        _yes(line.name in running),
    ]


def _yes(so: bool) -> str:  # noqa: FBT001 - a cell's own value
    return "yes" if so else "no"


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
