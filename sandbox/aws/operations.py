"""The services that are played, and their operations."""

from sandbox.aws import endpoint_configs, endpoints, models, tags, training_jobs
from sandbox.aws.log_search import LOGS
from sandbox.aws.pricing import PRICING
from sandbox.aws.rekognition import REKOGNITION
from sandbox.aws.service_quotas import SERVICE_QUOTAS
from sandbox.aws.services import Operation, Service

_SAGEMAKER: dict[str, Operation] = {
    "CreateTrainingJob": training_jobs.create_training_job,
    "DescribeTrainingJob": training_jobs.describe_training_job,
    "StopTrainingJob": training_jobs.stop_training_job,
    "ListTrainingJobs": training_jobs.list_training_jobs,
    "CreateModel": models.create_model,
    "DescribeModel": models.describe_model,
    "DeleteModel": models.delete_model,
    "ListModels": models.list_models,
    "CreateEndpointConfig": endpoint_configs.create_endpoint_config,
    "DescribeEndpointConfig": endpoint_configs.describe_endpoint_config,
    "DeleteEndpointConfig": endpoint_configs.delete_endpoint_config,
    "ListEndpointConfigs": endpoint_configs.list_endpoint_configs,
    "CreateEndpoint": endpoints.create_endpoint,
    "DescribeEndpoint": endpoints.describe_endpoint,
    "DeleteEndpoint": endpoints.delete_endpoint,
    "ListEndpoints": endpoints.list_endpoints,
    "AddTags": tags.add_tags,
    "ListTags": tags.list_tags,
    "DeleteTags": tags.delete_tags,
}
SAGEMAKER = Service("sagemaker", "SageMaker.", "sagemaker", "sagemaker", _SAGEMAKER)
SERVICES = (SAGEMAKER, SERVICE_QUOTAS, PRICING, LOGS, REKOGNITION)


def addressed(target: str) -> tuple[Service, str] | None:
    """The service and operation of an X-Amz-Target header; None when it is moto's to answer."""
    for service in SERVICES:
        operation = target.removeprefix(service.target)
        if operation != target and (service.whole or operation in service.operations):
            return service, operation
    return None
