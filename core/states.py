"""The lifecycles: one table each, from which the README's diagrams are drawn and every change is checked."""

from collections.abc import Mapping

Lifecycle = Mapping[str, frozenset[str]]


def _table(**states: str) -> Lifecycle:
    return {state: frozenset(after.split()) for state, after in states.items()}


RUN = _table(
    collecting="queued comparing cancelled failed",
    comparing="trained collecting",
    queued="preparing failed cancelled",
    preparing="training failed cancelled",
    training="trained queued stopping failed",
    stopping="cancelled failed",
    trained="",
    failed="queued",
    cancelled="",
)

ENDPOINT = _table(
    asleep="deploying deleting",
    deploying="in_service draining",
    in_service="draining",
    draining="asleep failed deleting",
    failed="deploying deleting",
    deleting="",
)

GENERATION = _table(
    parked="queued failed cancelled",
    queued="parked painting failed cancelled",
    painting="parked posted failed cancelled",
    posted="deleted",
    failed="",
    cancelled="",
    deleted="",
)

PHOTO = _table(dropped="judged left_out removed", judged="removed", left_out="removed", removed="")

SHEET = _table(stale="uploaded shown", uploaded="stale shown", shown="stale")

COMPARISON = _table(
    training="drawing stopping",
    drawing="choosing stopping",
    choosing="tidying stopping",
    tidying="kept cancelled",
    stopping="tidying",
    kept="",
    cancelled="",
)

CHECK = _table(painting="drawing kept failed", drawing="posted failed", kept="", posted="", failed="")

OUTLOOK = _table(asked="known", known="asked")

SHELF = _table(asked="known", known="asked")

RULES = _table(set="")

EXPORT = _table(asked="posted failed", posted="", failed="")

REPORT = _table(asked="posted failed", posted="", failed="")
MANIFEST = _table(stale="written", written="stale")

MESSAGE = _table(pending="sent dead", sent="pending", dead="pending")

LIFECYCLES: Mapping[str, Lifecycle] = {
    "run": RUN,
    "model": ENDPOINT,
    "generation": GENERATION,
    "photo": PHOTO,
    "manifest": MANIFEST,
    "message": MESSAGE,
    "sheet": SHEET,
    "comparison": COMPARISON,
    "check": CHECK,
    "outlook": OUTLOOK,
    "shelf": SHELF,
    "rules": RULES,
    "export": EXPORT,
    "report": REPORT,
}


class IllegalChangeError(Exception):
    """A record was asked to change to a state that its lifecycle does not lead to."""


def check(kind: str, before: str, after: str) -> None:
    """Let a change pass if the lifecycle of this kind of record has it; staying where one is always passes."""
    if after != before and after not in LIFECYCLES[kind][before]:
        raise IllegalChangeError(f"a {kind} does not go from {before} to {after}")


def diagram(lifecycle: Lifecycle) -> str:
    """Draw a lifecycle in Mermaid's words, as the README shows it."""
    lines = ["stateDiagram-v2", f"    [*] --> {next(iter(lifecycle))}"]
    for state, after in lifecycle.items():
        lines += [f"    {state} --> {following}" for following in sorted(after)] or [f"    {state} --> [*]"]
    return "\n".join(lines)


UP = frozenset({"deploying", "in_service", "draining"})
"""States of a model in which something of its endpoint may stand in AWS."""
