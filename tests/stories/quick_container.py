"""The sandbox's container, but for its painter: a picture is one colour, by prompt and seed, and takes no time.

For stories that are about everything else; what the pictures show is told by those that paint for real.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # the container is started by its file, as AWS starts its own

from hashlib import blake2b

from PIL import Image

from sandbox.container.__main__ import main
from sandbox.container.payload import Order
from sandbox.painter.artifact import Model


class OneColour:
    """Paints by number."""

    def __init__(self, _model: Model) -> None:
        """Take whatever model it is: it has been read, so it is whole."""

    def paint(self, order: Order) -> list[Image.Image]:
        return [
            Image.new("RGB", (order.width, order.height), colour(f"{prompt}\0{order.seed}\0{index}"))
            for prompt in order.prompts
            for index in range(order.pictures)
        ]


def colour(what: str) -> tuple[int, int, int]:
    red, green, blue = blake2b(what.encode(), digest_size=3).digest()
    return red, green, blue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], OneColour))
