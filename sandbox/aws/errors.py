"""AWS's refusals, worded as AWS words them."""

from dataclasses import dataclass, field

from sandbox.aws.shapes import Json


@dataclass
class AwsError(Exception):
    """A call that AWS answers with an error: `code` goes into `__type`, `fields` beside the message."""

    code: str
    message: str
    status: int = 400
    fields: Json = field(default_factory=dict[str, object])

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


def validation(message: str) -> AwsError:
    """Whatever SageMaker's control plane finds wrong with a request."""
    return AwsError("ValidationException", message)


def broken_constraints(sentences: list[str]) -> AwsError:
    """The request does not fit the service model."""
    count = len(sentences)
    return validation(f"{count} validation error{'s' * (count > 1)} detected: {'; '.join(sentences)}")


def missing(kind: str, arn: str) -> AwsError:
    """`kind` in AWS's words: `endpoint`, `endpoint configuration`, `model`."""
    return validation(f'Could not find {kind} "{arn}".')


def already_exists(kind: str, arn: str) -> AwsError:
    """A taken name, which SageMaker calls a validation error for all but training jobs."""
    return validation(f'Cannot create already existing {kind} "{arn}".')


def in_progress(arn: str) -> AwsError:
    """An endpoint that is Creating, Updating or Deleting can be neither changed nor deleted."""
    return validation(f'Cannot update in-progress endpoint "{arn}".')


def job_name_taken(arn: str) -> AwsError:
    """Training job names are taken for ever."""
    return AwsError(
        "ResourceInUse",
        "Training job names must be unique within an AWS account and region, and a training job with this name "
        f"already exists ({arn})",
    )


def job_not_found() -> AwsError:
    """What describing, stopping or tagging a job that never was is answered with."""
    return validation("Requested resource not found.")


def limit_exceeded(usage: str, limit: int, used: int, delta: int) -> AwsError:
    """`usage` is the quota's name, such as `ml.g5.2xlarge for endpoint usage`."""
    return AwsError(
        "ResourceLimitExceeded",
        f"The account-level service limit '{usage}' is {limit} Instances, with current utilization of {used} "
        f"Instances and a request delta of {delta} Instances. Please use AWS Service Quotas to request an increase "
        "for this quota. If AWS Service Quotas is not available, contact AWS support to request an increase for "
        "this quota.",
    )


def throttled(code: str = "ThrottlingException") -> AwsError:
    """Too many calls."""
    return AwsError(code, "Rate exceeded")


def denied(caller: str, action: str) -> AwsError:
    """`action` as IAM spells it, such as `pricing:GetProducts`."""
    return AwsError(
        "AccessDeniedException",
        f"User: {caller} is not authorized to perform: {action} because no identity-based policy allows the {action} "
        "action",
    )


def unsigned() -> AwsError:
    """A request without an Authorization header."""
    return AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", 403)


def wrong_scope(what: str) -> AwsError:
    """A request that was signed for another region or service."""
    return AwsError("InvalidSignatureException", f"Credential should be scoped to {what}.", 403)


def no_such_endpoint(name: str, account: str) -> AwsError:
    """The runtime's answer for an endpoint that is missing or not in service."""
    return AwsError("ValidationError", f"Endpoint {name} of account {account} not found.")
