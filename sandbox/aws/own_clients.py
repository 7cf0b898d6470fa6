# The stubs are installed for the services used here only, and the client function mentions them all.
# pyright: reportUnknownMemberType=false
"""The sandbox's own boto3 clients: it stores, logs and measures through its own front door."""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from sandbox.aws.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client

USER_AGENT = "darkroom-sandbox-itself"
"""By this the front knows the sandbox's own calls, which its scripted faults spare."""


class OwnClients:
    """S3, Logs and CloudWatch of this very process, at `url`."""

    def __init__(self, settings: Settings, url: str) -> None:
        session = boto3.Session("sandbox", "sandbox", region_name=settings.region)
        config = Config(user_agent_extra=USER_AGENT, proxies={}, max_pool_connections=32)
        self.s3: S3Client = session.client("s3", endpoint_url=url, config=config)
        self.logs: CloudWatchLogsClient = session.client("logs", endpoint_url=url, config=config)
        self.cloudwatch: CloudWatchClient = session.client("cloudwatch", endpoint_url=url, config=config)
