"""How long AWS takes for what, in AWS seconds. `Settings.wall` turns them into wall seconds."""

import zlib
from collections.abc import Mapping

STARTING_S = 90.0
"""Instances are launched."""
DOWNLOADING_S = 120.0
"""The image and the data are fetched."""
TRAINING_BASE_S = 480.0
"""Before the first and after the last step: libraries, the base model, saving 5 GB."""
STEP_S = 3.0
"""One step on ml.g4dn. With the other parts, 200 steps come to the article's 20 minutes or so."""
UPLOADING_S = 60.0
INTERRUPTED_S = 60.0
"""Between the loss of a spot instance and the next start."""
STOPPING_S = 20.0
STOP_GRACE_S = 120.0
"""Between SIGTERM and SIGKILL."""
CREATING_LEAST_S, CREATING_MOST_S = 180.0, 300.0
"""An endpoint's creation: 3 to 5 minutes, the same for the same name."""
CONTAINER_START_SHARE = 0.3
"""The part of an endpoint's creation after which its instance is there and the container starts."""
PING_LIMIT_S = 1800.0
"""A container that does not answer /ping for so long fails its endpoint (reported: 24 to 30 minutes)."""
STUCK_S = 3600.0
"""An endpoint stuck in Creating becomes Failed after about an hour (reported in amazon-sagemaker-examples#3432)."""
DELETING_S = 20.0

_FAMILY_SPEED = {"g4dn": 1.0, "g5": 2.0, "p3": 2.0}


def creating_s(endpoint_name: str) -> float:
    """Seconds that an endpoint of this name is Creating."""
    return CREATING_LEAST_S + zlib.crc32(endpoint_name.encode()) % int(CREATING_MOST_S - CREATING_LEAST_S)


def training_s(hyper_parameters: Mapping[str, str], instance_type: str) -> float:
    """Seconds that the container would train on a real instance: by its steps and the instance's family."""
    family = instance_type.split(".")[1]
    return TRAINING_BASE_S + STEP_S * _steps(hyper_parameters) / _FAMILY_SPEED.get(family, 1.0)


def _steps(hyper_parameters: Mapping[str, str]) -> int:
    """`max_steps`, or, when it is None, epochs times the ten photos of a usual set."""
    return _number(hyper_parameters.get("max_steps")) or 10 * (_number(hyper_parameters.get("epochs")) or 20)


def _number(quoted: str | None) -> int | None:
    digits = (quoted or "").strip('"')
    return int(digits) if digits.isdecimal() else None
