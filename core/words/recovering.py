"""What `recover` says of a model, behind its name."""

BROKEN = "its manifest is no JSON of ours; mend it, or delete it and let the training job tell."

NOT_OURS = "its manifest is another deployment's or team's."

RUN_KNOWN = "its training is known to Redis."

TRAINS = "it is still being trained; recover again when that is over."

NO_ARTIFACT = "its artifact is not in the bucket: it was deleted, or never came."

SPARE = "another artifact of the same training is the model."

TAGS_DO_NOT_FIT = "the tags of its training job do not say that it is ours."

NO_PROMPT = "its prompt is not known any more: the data set is gone."

NO_MANIFEST = "it had no manifest: an admin has it until you say whose it is."

GOES_ON = "somebody had it deleted; that goes on."


def newer(version: int) -> str:
    """Say that a manifest was written by a newer version of the code."""
    return f"its manifest is of version {version}, which is newer than I am."


def wrong(field: str) -> str:
    """Say what is wrong in a manifest."""
    return f"its manifest has no usable {field}."


def not_completed(status: str) -> str:
    """Say how a training ended, in AWS's word, that left an artifact and no model."""
    return f"its training ended as {status}."


def up(endpoint: str, status: str) -> str:
    """Name the endpoint that was found for it."""
    return f"its endpoint {endpoint} stands ({status})."
