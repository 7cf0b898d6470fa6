"""JumpStart's catalogue in S3, which says whether its models are deprecated."""

from sandbox.aws import catalogue, seed
from sandbox.aws.world import World


def follow_faults(world: World) -> None:
    """Let the catalogue say what the faults say. AWS's library keeps what it has read for six hours in a process."""
    deprecated = world.faults.current.deprecated_model
    with world.lock:
        if deprecated != world.models_deprecated:
            seed.fill(world.settings, catalogue.lists(deprecated=deprecated))
            world.models_deprecated = deprecated
