"""The record of a model's manifest: that what is known of a model is also written in S3, where a lost Redis is not."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from core.records.record import Record


@dataclass(frozen=True, kw_only=True)
class Manifest(Record):
    """Has its model's id; goes when the model has gone and its object in S3 too."""

    kind: ClassVar[str] = "manifest"
    ttl: ClassVar[int] = 0

    key: str = ""
    """The S3 key that it stands under, or is about to; empty: under none yet."""
    training: dict[str, Any] = field(default_factory=dict[str, Any])
    """What the model's run was told; empty for a ready-made one."""
