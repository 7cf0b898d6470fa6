"""Records: the truth about each thing, changed only by compare-and-set."""

from core.records.choices import Export, Rules, Shelf
from core.records.comparing import Check, Comparison, Outlook
from core.records.manifest import Manifest
from core.records.message import HOMES, Message
from core.records.painting import Generation, Model
from core.records.record import Record
from core.records.reports import Report
from core.records.training import Photo, Run, Sheet

KINDS: dict[str, type[Record]] = {
    kind.kind: kind
    for kind in (
        Run,
        Photo,
        Sheet,
        Model,
        Manifest,
        Generation,
        Message,
        Comparison,
        Check,
        Outlook,
        Shelf,
        Rules,
        Export,
        Report,
    )
}

__all__ = [
    "HOMES",
    "KINDS",
    "Check",
    "Comparison",
    "Export",
    "Generation",
    "Manifest",
    "Message",
    "Model",
    "Outlook",
    "Photo",
    "Record",
    "Report",
    "Rules",
    "Run",
    "Sheet",
    "Shelf",
]
