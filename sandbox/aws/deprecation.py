"""JumpStart's catalogue in S3, which says whether its models are deprecated."""

from sandbox.aws.naming import S3Address
from sandbox.aws.seed import catalogue
from sandbox.aws.world import World


def follow_faults(world: World) -> None:
    """Let the catalogue say what the faults say. AWS's library keeps what it has read for six hours in a process."""
    deprecated = world.faults.current.deprecated_model
    with world.lock:
        if deprecated != world.models_deprecated:
            for key, body in catalogue(deprecated=deprecated).items():
                world.storage.put(S3Address(world.settings.jumpstart_bucket, key), body)
            world.models_deprecated = deprecated
