"""botocore's own description of the services, which every request and reply is held against."""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast

import botocore.session
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StringShape, StructureShape
from botocore.validate import ParamValidator

Json = dict[str, Any]
"""One JSON object, as it goes over the wire."""

# Java's character classes, which the service model's patterns use, in Python's spelling. Those above stand inside
# square brackets in the model, the last ones do not.
_JAVA_CLASSES = {
    r"\p{L}": r"\w",
    r"\p{N}": r"\d",
    r"\p{Z}": r"\s",
    r"\p{Alnum}": "a-zA-Z0-9",
    r"\p{Print}": r"\x20-\x7e",
    r"\p{ASCII}": r"[\x00-\x7f]",
    r"\z": r"\Z",
}


@cache
def service(name: str) -> ServiceModel:
    """The service model of `sagemaker`, `sagemaker-runtime`, `service-quotas` and so on."""
    return botocore.session.get_session().get_service_model(name)


@cache
def enum_of(service_name: str, shape: str) -> tuple[str, ...]:
    """The values that a service allows for a shape, such as SageMaker's `TrainingInstanceType`."""
    return tuple(cast("StringShape", service(service_name).shape_for(shape)).enum)


def faults_of(params: Json, shape: Shape) -> list[str]:
    """Sentences on what `params` has wrong by `shape`, worded as botocore and AWS word them; empty if nothing."""
    report = ParamValidator().validate(params, shape)
    if report.has_errors():
        return [cast("str", report.generate_report())]
    return list(_constraints(params, shape, ""))


@cache
def _pattern(source: str) -> re.Pattern[str]:
    for java, python in _JAVA_CLASSES.items():
        source = source.replace(java, python)
    return re.compile(source)


def _constraints(value: object, shape: Shape, path: str) -> Iterator[str]:
    """What ParamValidator does not look at: patterns, enums and upper bounds, at any depth."""
    for rule in _broken_rules(value, shape):
        yield f"Value '{_written(value, shape)}' at '{path}' failed to satisfy constraint: {rule}"
    for part, part_shape, part_path in _parts(value, shape, path):
        yield from _constraints(part, part_shape, part_path)


def _broken_rules(value: object, shape: Shape) -> Iterator[str]:
    meta: Mapping[str, Any] = shape.metadata
    if isinstance(value, str) and isinstance(shape, StringShape):
        if "pattern" in meta and not _pattern(str(meta["pattern"])).fullmatch(value):
            yield f"Member must satisfy regular expression pattern: {meta['pattern']}"
        if shape.enum and value not in shape.enum:
            yield f"Member must satisfy enum value set: [{', '.join(shape.enum)}]"
    yield from _above(_bytes(value) if shape.type_name == "blob" else value, meta.get("max"))


def _bytes(value: object) -> object:
    """What a blob's base64 stands for, as long as it is some: its operation says what is wrong with it."""
    try:
        return base64.b64decode(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _written(value: object, shape: Shape) -> object:
    """How AWS repeats a value: of a blob it tells the size."""
    size = len(cast("bytes", _bytes(value))) if shape.type_name == "blob" else 0
    return f"java.nio.HeapByteBuffer[pos=0 lim={size} cap={size}]" if shape.type_name == "blob" else value


def _above(value: object, most: int | None) -> Iterator[str]:
    if most is None:
        return
    if isinstance(value, int | float):
        if value > most:
            yield f"Member must have value less than or equal to {most}"
    elif isinstance(value, str | bytes | list | dict) and len(cast("Sequence[object]", value)) > most:
        yield f"Member must have length less than or equal to {most}"


def _parts(value: object, shape: Shape, path: str) -> Iterator[tuple[object, Shape, str]]:
    dot = f"{path}." if path else ""
    if isinstance(shape, StructureShape):
        for name, part in cast("Json", value).items():
            yield part, shape.members[name], f"{dot}{name[0].lower()}{name[1:]}"
    elif isinstance(shape, ListShape):
        for number, part in enumerate(cast("list[object]", value), start=1):
            yield part, shape.member, f"{dot}{number}.member"
    elif isinstance(shape, MapShape):
        for key, part in cast("Json", value).items():
            yield key, shape.key, f"{dot}key"
            yield part, shape.value, f"{dot}{key}.member.value"
