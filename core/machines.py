"""The machines that the model trains on, and whether training fits their memory."""

from collections.abc import Sequence

MACHINES = ("ml.g4dn.2xlarge", "ml.g5.2xlarge", "ml.p3.2xlarge")
"""JumpStart's `supported_training_instance_types` of Stable Diffusion 2.1 base; each has one NVIDIA GPU."""

GPU_GB = {"g4dn": 16, "g5": 24, "g6": 24, "g6e": 48, "p3": 16, "p3dn": 32, "p4d": 40, "p4de": 80, "p5": 80}
"""Memory of one GPU by family of machine; training uses one, whatever the machine has."""

PRIOR_GB = 24
"""Prior preservation: the article saw it run out of the 16 GB of ml.g4dn.2xlarge and fit ml.g5.2xlarge."""

PRIOR = "ml.g5.2xlarge"


def offered(default: str, supported: Sequence[str] = ()) -> tuple[str, ...]:
    """List the machines that can be chosen: those that JumpStart says it supports, where it has said so.

    Where it has not, the one that this deployment was set to is among them, whatever it is.
    """
    if supported:
        return tuple(supported)
    return MACHINES if default in MACHINES else (default, *MACHINES)


def gpu_gb(machine: str) -> int | None:
    """Give the memory of a machine's GPU; None when it is not known."""
    return GPU_GB.get(machine.removeprefix("ml.").split(".")[0])


def fits(machine: str, *, prior: bool) -> bool:
    """Tell whether training fits a machine; with prior preservation, one of unknown memory does not."""
    return not prior or (gpu_gb(machine) or 0) >= PRIOR_GB


def usual(default: str, machines: Sequence[str], *, prior: bool) -> str:
    """Give the machine that is taken when nobody chooses one: this deployment's, if it is offered and training fits."""
    fitting = [machine for machine in machines if fits(machine, prior=prior)]
    wanted = [machine for machine in (default, PRIOR) if machine in fitting]
    return (wanted or fitting or [PRIOR if prior else default])[0]
