"""What ends a training job with a reason."""

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 -- its kinds are named errors
    """The run cannot go on; `raised` is the name of what the real script raises, which the job's reason begins with."""

    raised: ClassVar = "ValueError"
