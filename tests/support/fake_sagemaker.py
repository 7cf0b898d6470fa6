"""A SageMaker in a few dictionaries: names are taken, tags are kept, endpoints take their time to go."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NoReturn

from botocore.exceptions import ClientError

Json = dict[str, Any]
ARN = "arn:aws:sagemaker:us-west-2:123456789012"
BEGINNING = datetime(2027, 1, 1, tzinfo=UTC)
"""When all of it was created, unless a test says otherwise: when the tests' clock begins."""


def refusal(code: str, message: str, operation: str = "Operation", status: int = 400, **more: object) -> ClientError:
    """Make the error that boto3 raises."""
    response: Any = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status},
        **more,
    }
    return ClientError(response, operation)


@dataclass
class FakeSageMaker:
    """Resources by name. A new endpoint stays in `Creating` and a job in `InProgress` until the test says otherwise."""

    jobs: dict[str, Json] = field(default_factory=dict[str, Json])
    models: dict[str, Json] = field(default_factory=dict[str, Json])
    configs: dict[str, Json] = field(default_factory=dict[str, Json])
    endpoints: dict[str, Json] = field(default_factory=dict[str, Json])
    tags: dict[str, list[dict[str, str]]] = field(default_factory=dict[str, list[dict[str, str]]])
    now: Callable[[], datetime] = lambda: BEGINNING
    looks_until_gone: int = 1
    """How often a deleted endpoint is still seen in `Deleting`."""

    def create_training_job(self, request: Json) -> Json:
        name = request["TrainingJobName"]
        if name in self.jobs:
            raise refusal("ResourceInUse", "Job name must be unique within an AWS account and region")
        self.jobs[name] = {"TrainingJobStatus": "InProgress", "SecondaryStatus": "Starting"}
        return {"TrainingJobArn": self._tagged("training-job", name, request)}

    def describe_training_job(self, request: Json) -> Json:
        name = request["TrainingJobName"]
        if name not in self.jobs:
            _missing("Requested resource not found.")
        return {"TrainingJobName": name, "TrainingJobArn": f"{ARN}:training-job/{name}", **self.jobs[name]}

    def list_training_jobs(self, request: Json) -> Json:
        wanted = request.get("StatusEquals")
        jobs = [
            {"TrainingJobName": name, "TrainingJobArn": f"{ARN}:training-job/{name}", "CreationTime": BEGINNING, **job}
            for name, job in self.jobs.items()
            if request.get("NameContains", "") in name and wanted in {None, job["TrainingJobStatus"]}
        ]
        return _page("TrainingJobSummaries", jobs, request)

    def list_endpoints(self, request: Json) -> Json:
        wanted = request.get("StatusEquals")
        for name in list(self.endpoints) if wanted is None else []:
            self._look(name)
        endpoints = [
            {"EndpointName": name, "EndpointArn": f"{ARN}:endpoint/{name}", "CreationTime": BEGINNING, **endpoint}
            for name, endpoint in self.endpoints.items()
            if request.get("NameContains", "") in name and wanted in {None, endpoint["EndpointStatus"]}
        ]
        return _page("Endpoints", endpoints, request)

    def list_endpoint_configs(self, request: Json) -> Json:
        return _page("EndpointConfigs", _rows("EndpointConfig", "endpoint-config", self.configs, request), request)

    def list_models(self, request: Json) -> Json:
        return _page("Models", _rows("Model", "model", self.models, request), request)

    def stop_training_job(self, request: Json) -> Json:
        self.jobs[request["TrainingJobName"]] |= {"TrainingJobStatus": "Stopping", "SecondaryStatus": "Stopping"}
        return {}

    def complete_job(self, name: str, artifact: str) -> None:
        """Let a job end well."""
        self.jobs[name] = {
            "TrainingJobStatus": "Completed",
            "SecondaryStatus": "Completed",
            "ModelArtifacts": {"S3ModelArtifacts": artifact},
        }

    def create_model(self, request: Json) -> Json:
        name = request["ModelName"]
        if name in self.models:
            raise refusal("ValidationException", f"Cannot create already existing model {ARN}:model/{name}")
        self.models[name] = request
        return {"ModelArn": self._tagged("model", name, request)}

    def describe_model(self, request: Json) -> Json:
        name = request["ModelName"]
        if name not in self.models:
            _missing(f"Could not find model {name}.")
        return {**self.models[name], "ModelArn": f"{ARN}:model/{name}"}

    def delete_model(self, request: Json) -> Json:
        self.describe_model(request)
        del self.models[request["ModelName"]]
        return {}

    def create_endpoint_config(self, request: Json) -> Json:
        name = request["EndpointConfigName"]
        if name in self.configs:
            raise refusal("ValidationException", f"Cannot create already existing endpoint configuration {name}")
        self.describe_model({"ModelName": request["ProductionVariants"][0]["ModelName"]})
        self.configs[name] = request
        return {"EndpointConfigArn": self._tagged("endpoint-config", name, request)}

    def describe_endpoint_config(self, request: Json) -> Json:
        name = request["EndpointConfigName"]
        if name not in self.configs:
            _missing(f'Could not find endpoint configuration "{name}".')
        return {**self.configs[name], "EndpointConfigArn": f"{ARN}:endpoint-config/{name}"}

    def delete_endpoint_config(self, request: Json) -> Json:
        self.describe_endpoint_config(request)
        used = [one.get("EndpointConfigName", name) for name, one in self.endpoints.items()]
        assert request["EndpointConfigName"] not in used, "a config was deleted under its live endpoint"
        del self.configs[request["EndpointConfigName"]]
        return {}

    def create_endpoint(self, request: Json) -> Json:
        name = request["EndpointName"]
        if name in self.endpoints:
            raise refusal("ValidationException", f"Cannot create already existing endpoint {ARN}:endpoint/{name}")
        self.describe_endpoint_config(request)
        self.endpoints[name] = {"EndpointStatus": "Creating", "CreationTime": self.now()}
        return {"EndpointArn": self._tagged("endpoint", name, request)}

    def describe_endpoint(self, request: Json) -> Json:
        name = request["EndpointName"]
        if name not in self.endpoints:
            _missing(f'Could not find endpoint "{name}".')
        made = {"EndpointName": name, "EndpointArn": f"{ARN}:endpoint/{name}", "CreationTime": BEGINNING}
        found = made | self.endpoints[name]
        if not self._look(name):
            _missing(f'Could not find endpoint "{name}".')
        return found

    def _look(self, name: str) -> bool:
        """Look at an endpoint, which brings its deletion on. False: it is gone."""
        if self.endpoints[name]["EndpointStatus"] == "Deleting":
            self.endpoints[name]["looks"] = looks = self.endpoints[name].get("looks", 0) + 1
            if looks > self.looks_until_gone:
                del self.endpoints[name]
        return name in self.endpoints

    def delete_endpoint(self, request: Json) -> Json:
        found = self.describe_endpoint(request)
        if found["EndpointStatus"] == "Creating":
            raise refusal("ValidationException", "Cannot update in-progress endpoint")
        self.endpoints[request["EndpointName"]] |= {"EndpointStatus": "Deleting", "LastModifiedTime": self.now()}
        return {}

    def serve(self, name: str) -> None:
        """Bring an endpoint into service."""
        self._moves(name, EndpointStatus="InService")

    def fail_endpoint(self, name: str, reason: str) -> None:
        """Let an endpoint fail."""
        self._moves(name, EndpointStatus="Failed", FailureReason=reason)

    def _moves(self, name: str, **to: str) -> None:
        self.endpoints[name] = {"CreationTime": self.now()} | self.endpoints.get(name, {}) | to

    def must_serve(self, name: str) -> None:
        """Refuse an invocation of an endpoint that is not in service."""
        if self.endpoints.get(name, {}).get("EndpointStatus") != "InService":
            raise refusal("ValidationError", f"Endpoint {name} of account 123456789012 not found.")

    def add_tags(self, request: Json) -> Json:
        added = {tag["Key"] for tag in request["Tags"]}
        kept = [tag for tag in self.tags.get(request["ResourceArn"], []) if tag["Key"] not in added]
        self.tags[request["ResourceArn"]] = [*kept, *request["Tags"]]
        return {"Tags": self.tags[request["ResourceArn"]]}

    def list_tags(self, request: Json) -> Json:
        return {"Tags": self.tags.get(request["ResourceArn"], [])}

    def _tagged(self, kind: str, name: str, request: Json) -> str:
        arn = f"{ARN}:{kind}/{name}"
        self.tags[arn] = request.get("Tags", [])
        return arn


def _rows(kind: str, arn: str, things: dict[str, Json], request: Json) -> list[Json]:
    return [
        {f"{kind}Name": name, f"{kind}Arn": f"{ARN}:{arn}/{name}", "CreationTime": thing.get("created", BEGINNING)}
        for name, thing in things.items()
        if request.get("NameContains", "") in name
    ]


def _page(listed: str, found: list[Json], request: Json) -> Json:
    """Give one page; the token is where the next one begins."""
    start = int(request.get("NextToken", "0"))
    end = start + request.get("MaxResults", 10)
    return {listed: found[start:end]} | ({"NextToken": str(end)} if end < len(found) else {})


def _missing(message: str) -> NoReturn:
    raise refusal("ValidationException", message)
