import os

from tests.aws.account import BUCKET, Account, a_name


def test_large_object_survives_the_way_there_and_back(account: Account) -> None:
    body = os.urandom(40_000_000)
    key = a_name("large")
    account.s3.put_object(Bucket=BUCKET, Key=key, Body=body)
    assert account.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() == body
    account.s3.delete_object(Bucket=BUCKET, Key=key)


def test_account_is_the_one_in_the_arns(account: Account) -> None:
    assert account.sts.get_caller_identity()["Account"] == "123456789012"
