"""Names that come out the same each time: of records, of S3 objects, of SageMaker's resources."""

import hashlib
import re
from base64 import b32encode

MINUTE = 60.0
DAY = 86_400


def record_id(*parts: str) -> str:
    """Make an id of 16 letters and digits from what is unique about a thing's origin (80 bits of a digest).

    The same Slack event, delivered again, gives the same id, so that it finds what its first delivery made.
    """
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=10).digest()
    return b32encode(digest).decode().lower()


def slug(text: str, length: int = 16) -> str:
    """Cut a subject's name down to what SageMaker takes in a name; may be empty for other scripts."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:length].strip("-")


def resource(deployment: str, subject: str, identity: str, attempt: int) -> str:
    """Name a SageMaker resource: at most 20 + 16 + 16 + attempt, under the 63 characters that AWS allows.

    A training job's name is taken for ever and an endpoint's while it is being deleted: each attempt has its own.
    """
    return "-".join(part for part in (deployment, slug(subject), identity, f"a{attempt}") if part)


def prefix(deployment: str, team: str, run: str) -> str:
    """Give the S3 prefix of a run, with its slash."""
    return f"{deployment}/{team}/{run}/"


def photo_key(deployment: str, team: str, run: str, photo: str, framing: str = "crop") -> str:
    """Give the S3 key of a judged photo: upright, 512×512, JPEG; `framing` is crop or fit."""
    ending = "" if framing == "crop" else f"-{framing}"
    return f"{prefix(deployment, team, run)}photos/{photo}{ending}.jpg"


def data_set_prefix(deployment: str, team: str, run: str, attempt: int) -> str:
    """Give the S3 prefix that one attempt trains on; the slash matters to SageMaker."""
    return f"{prefix(deployment, team, run)}dataset-a{attempt}/"


CLASS_PHOTOS = "class_data_dir/"
"""Where JumpStart's training looks for pictures of the class, inside the data set."""


def output_prefix(deployment: str, team: str, run: str) -> str:
    """Give the S3 prefix under which SageMaker writes `<job>/output/model.tar.gz`."""
    return f"{prefix(deployment, team, run)}out"
