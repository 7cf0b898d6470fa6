"""The demo: everything up, the address of the chat page on the terminal, until Ctrl-C."""

import asyncio
from pathlib import Path

from sandbox.house import House, Plan, Transport

IDLE = {"DARKROOM_IDLE_SECONDS": "240", "DARKROOM_WARN_SECONDS": "120"}
"""Short enough that a visitor sees an endpoint being taken down."""
WATCH_SECONDS = 1.0

WELCOME = """
  Darkroom is up. Open the chat page:

      {url}

  Type  /train riobugger cat  in #pets, drop the sample photos in the thread, press Train.
  Training takes about half a minute here (20 on AWS). Then:  /imagine a photo of riobugger cat on the beach
  An endpoint that nobody uses for 4 minutes is taken down, with a warning before.

  Logs: {logs}
  Ctrl-C ends everything.
"""


async def demo(data: Path, transport: Transport, speed: float, port: int) -> None:
    """Run the house until cancelled; a bot or worker that ends is started again, as a supervisor would."""
    say("Starting Valkey, an AWS, a Slack, the bot and a worker …")
    async with House(Plan(data=data, transport=transport, speed=speed, port=port, settings=IDLE)) as house:
        say(WELCOME.format(url=house.slack.url, logs=data))
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            if not house.bot.running:
                say(f"The bot ended; starting it again. Its last words:\n{house.bot.tail(600)}")
                await house.start_bot()
            if not house.worker.running:
                say(f"The worker ended; starting it again. Its last words:\n{house.worker.tail(600)}")
                await house.start_worker()


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, flush=True)  # noqa: T201 - this is what a terminal is for
