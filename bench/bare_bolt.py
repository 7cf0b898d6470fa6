"""The comparison for acks: a bare Bolt app on Bolt's own aiohttp server that verifies, and only acks `/imagine`.

`python -m bench.bare_bolt PORT`; SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET and SLACK_API_URL as Bolt's own examples.
Its listeners run before the response, as the product's do: Bolt's other mode looks for the ack every 10 ms.
"""

import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


def main() -> None:
    """Serve until killed."""
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app: Any = AsyncApp(client=client, process_before_response=True)

    @app.command("/imagine")
    async def imagine(ack: Callable[[], Awaitable[object]]) -> None:
        await ack()

    server = app.server(port=int(sys.argv[1]), path="/slack/events", host="127.0.0.1")
    server.start()


if __name__ == "__main__":
    main()
