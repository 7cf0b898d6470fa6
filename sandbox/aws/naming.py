"""Names: ARNs and S3 addresses."""

import re
from dataclasses import dataclass

from sandbox.aws.errors import AwsError, validation
from sandbox.aws.settings import ACCOUNT

_S3_URI = re.compile(r"s3://([^/]+)/?(.*)")
_ROLE = re.compile(r"arn:aws[a-z-]*:iam::(\d{12}):role/.+")


def arn(region: str, kind: str, name: str) -> str:
    """`kind` as ARNs spell it: `training-job`, `model`, `endpoint-config`, `endpoint`. SageMaker writes ARNs small."""
    return f"arn:aws:sagemaker:{region}:{ACCOUNT}:{kind}/{name.lower()}"


@dataclass(frozen=True)
class S3Address:
    """A bucket and a key, or a prefix of keys."""

    bucket: str
    key: str

    @property
    def folder(self) -> str:
        """The part of the key up to its last slash: local file names are taken relative to it."""
        return self.key[: self.key.rfind("/") + 1]

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"


def s3_address(uri: str) -> S3Address:
    """Take `s3://bucket/key` apart.

    Raises:
        AwsError: the address is not S3's.
    """
    match = _S3_URI.fullmatch(uri)
    if match is None:
        raise validation(f'Invalid S3 URI "{uri}": the sandbox reads s3://bucket/key addresses only.')
    return S3Address(match[1], match[2])


def check_role(role_arn: str) -> None:
    """Refuse a role of somebody else's account.

    Raises:
        AwsError: the role cannot be passed.
    """
    match = _ROLE.fullmatch(role_arn)
    if match is None:
        raise validation(f"Invalid role ARN: {role_arn}")
    if match[1] != ACCOUNT:
        raise AwsError("ValidationException", "RoleArn: Cross-account pass role is not allowed.")
