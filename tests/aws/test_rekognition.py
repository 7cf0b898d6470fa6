"""Rekognition takes and refuses what AWS's takes and refuses, and sees blood where there is much red."""

import io
from typing import Any

import pytest
from PIL import Image

from tests.aws.account import Account
from tests.aws.conftest import Refusal

RED, GREEN = (190, 10, 20), (20, 160, 40)


def _picture(*colours: tuple[int, int, int], kind: str = "JPEG", size: tuple[int, int] = (512, 512)) -> bytes:
    """A picture in stripes of these colours."""
    drawn = Image.new("RGB", (len(colours), 1))
    drawn.putdata(colours)
    written = io.BytesIO()
    drawn.resize(size, Image.Resampling.NEAREST).save(written, kind)
    return written.getvalue()


def _labels(account: Account, picture: bytes, **wish: Any) -> dict[str, float]:
    answer = account.rekognition.detect_moderation_labels(Image={"Bytes": picture}, **wish)
    return {label["Name"]: round(label["Confidence"]) for label in answer["ModerationLabels"]}


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_picture_that_is_much_red_looks_like_blood_on_every_level(account: Account, kind: str) -> None:
    answer = account.rekognition.detect_moderation_labels(Image={"Bytes": _picture(RED, GREEN, kind=kind)})
    found = [(label["TaxonomyLevel"], label["Name"], label["ParentName"]) for label in answer["ModerationLabels"]]
    assert found == [
        (1, "Violence", ""),
        (2, "Graphic Violence", "Violence"),
        (3, "Blood & Gore", "Graphic Violence"),
    ]
    assert answer["ModerationModelVersion"] == "7.0"
    assert _labels(account, _picture(GREEN, kind=kind)) == {}


def test_labels_below_the_confidence_that_is_asked_for_are_left_out(account: Account) -> None:
    third = _picture(RED, GREEN, GREEN)
    assert _labels(account, third)["Violence"] == pytest.approx(67, abs=3)
    assert _labels(account, third, MinConfidence=80) == {}
    quarter = _picture(RED, GREEN, GREEN, GREEN, GREEN)
    assert _labels(account, quarter) == {}
    assert "Violence" in _labels(account, quarter, MinConfidence=10)


@pytest.mark.parametrize(
    ("image", "code"),
    [
        ({}, "InvalidParameterException"),
        ({"Bytes": b"no picture"}, "InvalidImageFormatException"),
        ({"Bytes": _picture(RED)[:400]}, "InvalidImageFormatException"),
        ({"Bytes": _picture(RED, kind="GIF")}, "InvalidImageFormatException"),
        ({"Bytes": _picture(RED, kind="WEBP")}, "InvalidImageFormatException"),
        ({"Bytes": _picture(RED, size=(79, 512))}, "InvalidParameterException"),
        ({"Bytes": _picture(RED, size=(10_001, 80))}, "ImageTooLargeException"),
        ({"Bytes": bytes(5 * 2**20 + 1)}, "ValidationException"),
        ({"S3Object": {"Bucket": "photos", "Name": "cat.jpg"}}, "InvalidS3ObjectException"),
    ],
)
def test_picture_that_aws_would_not_take_is_refused(
    account: Account, refusal: Refusal, image: dict[str, Any], code: str
) -> None:
    error = refusal(account.rekognition.detect_moderation_labels, Image=image)
    assert error["Code"] == code
    assert len(error["Message"]) < 300


def test_picture_of_five_megabytes_is_taken(account: Account) -> None:
    large = _picture(RED) + bytes(5 * 2**20 - len(_picture(RED)))
    assert "Violence" in _labels(account, large)


def test_what_everything_looks_like_can_be_scripted(account: Account) -> None:
    account.aws.sandbox("faults", {"moderation": {"Hate Symbols": 91}})
    assert _labels(account, _picture(GREEN)) == {"Hate Symbols": 91}
    assert _labels(account, _picture(GREEN), MinConfidence=92) == {}


def test_caller_is_throttled_and_denied_in_rekognitions_words(account: Account, refusal: Refusal) -> None:
    image = {"Image": {"Bytes": _picture(GREEN)}}
    account.aws.sandbox("faults", {"throttle": 1})
    busy = refusal(account.rekognition.detect_moderation_labels, **image)
    assert busy["Code"] == "ProvisionedThroughputExceededException"
    account.aws.sandbox("faults", {"throttle": 0, "denied": ["rekognition:DetectModerationLabels"]})
    assert refusal(account.rekognition.detect_moderation_labels, **image)["Code"] == "AccessDeniedException"


def test_pictures_do_not_fill_the_log_of_calls(account: Account) -> None:
    _labels(account, _picture(RED, kind="PNG", size=(512, 512)) + bytes(50_000))
    (*_, last) = account.calls("DetectModerationLabels")
    assert last["request"]["Image"]["Bytes"] == "too long for the log"
