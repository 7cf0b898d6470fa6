"""`python -m sandbox.container train --root DIR` and `… serve --model model.tar.gz --port N`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from sandbox.container import serving, training
from sandbox.painter.artifact import Model


def main(arguments: list[str], worker: Callable[[Model], serving.Paints] | None = None) -> int:
    """Run the command and give the exit code; `worker` paints in place of the model's own painter."""
    options = _parser().parse_args(arguments)
    if options.command == "train":
        return training.run(options.root)
    return serving.run(options.model, options.port, worker)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox.container", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train on the photos of an /opt/ml folder")
    train.add_argument("--root", type=Path, required=True, help="the folder that stands for /opt/ml")
    serve = commands.add_parser("serve", help="answer /ping and /invocations")
    serve.add_argument("--model", type=Path, required=True, help="model.tar.gz, or a folder with its content")
    serve.add_argument("--port", type=int, required=True, help="port on 127.0.0.1; 0 takes a free one")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
