"""The AWS services that are played here rather than by moto, and what is known of each."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.aws.shapes import Json
from sandbox.aws.world import World

Operation = Callable[[World, Json], Json]


@dataclass(frozen=True)
class Service:
    """One service that speaks AWS's JSON 1.1 protocol.

    `name` is botocore's and `signed_for` the one in a request's credential scope; `action` stands before the colon in
    IAM's actions. `regions` are those that have the service; none given: all. `invalid` and `throttled` are its codes
    for a request that its model does not allow and for too many. `whole`: what is not in `operations` is refused, and
    not moto's to answer.
    """

    name: str
    target: str
    signed_for: str
    action: str
    operations: dict[str, Operation]
    regions: tuple[str, ...] = ()
    invalid: str = "ValidationException"
    throttled: str = "ThrottlingException"
    whole: bool = True
