"""`python -m sandbox.slack`: run this Slack until it is told to stop."""

import sys

from aiohttp import web

from sandbox.slack.hub import Slack
from sandbox.slack.manifest import ManifestError, load_manifest
from sandbox.slack.server import make_server
from sandbox.slack.settings import HOST, read_settings


def main() -> None:
    """Serve; a manifest that Slack would refuse ends the process with its reasons."""
    settings = read_settings()
    try:
        manifest = load_manifest(settings.manifest)
    except ManifestError as error:
        sys.exit(str(error))
    server = make_server(Slack(settings, manifest))
    web.run_app(server, host=HOST, port=settings.port, print=None, access_log=None, shutdown_timeout=1.0)


if __name__ == "__main__":
    main()
