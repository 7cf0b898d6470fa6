"""Amazon Rekognition, as far as it moderates pictures. What it sees is one rule: red as blood, on much of a picture."""

import base64
import binascii
import io
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from sandbox.aws.errors import AwsError
from sandbox.aws.moderation_labels import BLOOD, MODEL
from sandbox.aws.services import Service
from sandbox.aws.shapes import Json
from sandbox.aws.world import World

USUAL_CONFIDENCE = 50.0
SIDE_LEAST, SIDE_MOST = 80, 10_000
"""Pixels of a side that Rekognition takes."""
_LOOKED_AT = (64, 64)
_RED_LEAST, _OTHERS_MOST = 120, 60
"""A pixel is as red as blood from this much red on, with no more of green and blue than that; of 255."""


def detect_moderation_labels(world: World, request: Json) -> Json:
    """DetectModerationLabels, of bytes; what a fault says that everything looks like comes first."""
    least = float(request.get("MinConfidence", USUAL_CONFIDENCE))
    picture = _picture(request["Image"])
    scripted = [_label(name, "", 1, sure) for name, sure in world.faults.current.moderation.items()]
    labels = [label for label in [*scripted, *_seen(picture)] if label["Confidence"] >= least]
    return {"ModerationLabels": labels, "ModerationModelVersion": MODEL, "ContentTypes": []}


def _picture(told: Json) -> Image.Image:
    if ("Bytes" in told) == ("S3Object" in told):
        raise _invalid_parameters()
    if "Bytes" not in told:
        raise AwsError("InvalidS3ObjectException", "The sandbox's Rekognition looks at bytes, and not into S3.")
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(told["Bytes"], validate=True)), formats=("JPEG", "PNG"))
        _check_size(*picture.size)
        picture.draft("RGB", _LOOKED_AT)
        return picture.convert("RGB").resize(_LOOKED_AT, Image.Resampling.BOX)
    except (binascii.Error, UnidentifiedImageError, OSError, SyntaxError) as error:
        raise AwsError("InvalidImageFormatException", "Request has invalid image format") from error
    except Image.DecompressionBombError as error:
        raise _too_large("more pixels than a picture may have") from error


def _check_size(width: int, height: int) -> None:
    if max(width, height) > SIDE_MOST:
        raise _too_large(f"{width} x {height} exceed maximum dimension size of {SIDE_MOST} pixels")
    if min(width, height) < SIDE_LEAST:
        raise _invalid_parameters()


def _too_large(what: str) -> AwsError:
    return AwsError("ImageTooLargeException", f"Input image dimensions {what}")


def _invalid_parameters() -> AwsError:
    return AwsError("InvalidParameterException", "Request has Invalid Parameters")


def _seen(picture: Image.Image) -> Iterator[Json]:
    """Give the labels of a red picture; half of it is enough to be quite sure."""
    data = picture.tobytes()
    pixels = zip(data[::3], data[1::3], data[2::3], strict=True)
    red = sum(r >= _RED_LEAST and max(g, b) <= _OTHERS_MOST for r, g, b in pixels)
    sure = min(100.0, 200.0 * red / (len(data) / 3))
    for level, name in enumerate(BLOOD, 1):
        yield _label(name, "" if level == 1 else BLOOD[level - 2], level, sure)


def _label(name: str, parent: str, level: int, confidence: float) -> Json:
    return {"Name": name, "ParentName": parent, "TaxonomyLevel": level, "Confidence": confidence}


REKOGNITION = Service(
    name="rekognition",
    target="RekognitionService.",
    signed_for="rekognition",
    action="rekognition",
    operations={"DetectModerationLabels": detect_moderation_labels},
    throttled="ProvisionedThroughputExceededException",
)
