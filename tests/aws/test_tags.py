from tests.aws.account import Account, a_name
from tests.aws.conftest import Refusal


def test_tags_are_added_overwritten_listed_and_deleted(account: Account) -> None:
    tags = [{"Key": "app", "Value": "darkroom"}, {"Key": "team", "Value": "T1"}]
    arn = account.job(account.start_job(Tags=tags))["TrainingJobArn"]
    account.sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "team", "Value": "T2"}])
    account.sagemaker.delete_tags(ResourceArn=arn, TagKeys=["app"])
    assert account.sagemaker.list_tags(ResourceArn=arn)["Tags"] == [{"Key": "team", "Value": "T2"}]


def test_tags_of_nothing_are_refused(account: Account, refusal: Refusal) -> None:
    arn = f"arn:aws:sagemaker:us-west-2:123456789012:endpoint/{a_name('none')}"
    error = refusal(account.sagemaker.list_tags, ResourceArn=arn)
    assert (error["Code"], error["Status"]) == ("ValidationException", 400)


def test_more_than_fifty_tags_are_refused(account: Account, refusal: Refusal) -> None:
    tags = [{"Key": f"k{number}", "Value": ""} for number in range(50)]
    arn = account.job(account.start_job(Tags=tags))["TrainingJobArn"]
    error = refusal(account.sagemaker.add_tags, ResourceArn=arn, Tags=[{"Key": "more", "Value": ""}])
    assert error["Code"] == "ValidationException"
