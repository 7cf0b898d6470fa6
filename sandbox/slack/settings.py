"""What the server was started with."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The command line, read once. `speed` is only shown to people: how much faster time runs in this sandbox."""

    port: int
    data: Path
    manifest: Path
    bot_token: str
    app_token: str
    request_url: str = ""
    signing_secret: str = ""
    retry_scale: float = 1.0
    speed: float = 1.0
    notes: tuple[str, ...] = ()
    aws: str = ""

    @property
    def base_url(self) -> str:
        """The address under which apps and people reach the server."""
        return f"http://{HOST}:{self.port}"


def read_settings(argv: Sequence[str] | None = None) -> Settings:
    """Read the command line; what is wrong in it ends the process with a sentence."""
    parser = _parser()
    found = parser.parse_args(argv)
    if bool(found.request_url) != bool(found.signing_secret):
        parser.error("--request-url and --signing-secret go together")
    values = vars(found)
    values["notes"] = _lines(found.notes)
    return Settings(**values)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("sandbox.slack", description="A Slack on one machine")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder for the bytes of files")
    parser.add_argument("--manifest", type=Path, required=True, help="the app's manifest.json")
    parser.add_argument("--bot-token", required=True)
    parser.add_argument("--app-token", required=True)
    parser.add_argument("--request-url", default="", help="send everything there instead of over Socket Mode")
    parser.add_argument("--signing-secret", default="")
    parser.add_argument("--retry-scale", type=float, default=1.0, help="shortens the 1 and 5 minutes between retries")
    parser.add_argument("--speed", type=float, default=1.0, help="shown to people")
    parser.add_argument("--notes", type=Path, help="a text file, one note to people a line")
    parser.add_argument("--aws", default="", help="address of the sandbox's AWS, for its meter")
    return parser


def _lines(path: Path | None) -> tuple[str, ...]:
    if path is None:
        return ()
    return tuple(line.strip() for line in path.read_text("utf-8").splitlines() if line.strip())
