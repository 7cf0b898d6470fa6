"""The comparison for pictures: a straight script that calls the endpoint and uploads what it answers, no more.

`python -m bench.straight`, with boto3's and Slack's environment variables. Each line on its standard input is a JSON
object with `channel` and `prompt`; each is painted at once, beside those under way.
"""

import asyncio
import base64
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import boto3
from botocore.config import Config
from slack_sdk.web.async_client import AsyncWebClient

THREADS = 64
READY = "ready"


class Script:
    """The clients, made once."""

    def __init__(self) -> None:
        config = Config(max_pool_connections=THREADS)
        self._threads = ThreadPoolExecutor(THREADS)
        self._runtime = boto3.Session().client("sagemaker-runtime", config=config)  # pyright: ignore[reportUnknownMemberType] - boto3 knows more services than its stubs
        self._slack = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])

    def _invoke(self, prompt: str) -> bytes:
        request = {"prompt": prompt, "width": 512, "height": 512, "num_images_per_prompt": 1}
        reply = self._runtime.invoke_endpoint(
            EndpointName="bench",
            ContentType="application/json",
            Accept="application/json;jpeg",
            Body=json.dumps(request).encode(),
        )
        return base64.b64decode(json.loads(reply["Body"].read())["generated_images"][0])

    async def paint(self, channel: str, prompt: str) -> None:
        """Paint one prompt and share it."""
        jpeg = await asyncio.get_running_loop().run_in_executor(self._threads, partial(self._invoke, prompt))
        slack: Any = self._slack
        await slack.files_upload_v2(channel=channel, content=jpeg, filename="picture.jpg", initial_comment=prompt)


async def main() -> None:
    """Paint whatever is asked on standard input until it ends."""
    script, tasks = Script(), set[asyncio.Task[None]]()
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    print(READY, flush=True)
    while line := await lines.readline():
        task = asyncio.create_task(script.paint(**json.loads(line)))
        tasks.add(task)
        task.add_done_callback(tasks.discard)


if __name__ == "__main__":
    asyncio.run(main())
