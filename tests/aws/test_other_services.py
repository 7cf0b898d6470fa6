import os
from typing import Any

from tests.aws.account import BUCKET, Account, a_name


def test_large_object_survives_the_way_there_and_back(account: Account) -> None:
    body = os.urandom(40_000_000)
    key = a_name("large")
    account.s3.put_object(Bucket=BUCKET, Key=key, Body=body)
    assert account.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() == body
    account.s3.delete_object(Bucket=BUCKET, Key=key)


def test_account_is_the_one_in_the_arns(account: Account) -> None:
    assert account.sts.get_caller_identity()["Account"] == "123456789012"


def _keys(account: Account, **wish: Any) -> list[list[str]]:
    """The keys of each page, which is asked for with the token of the last."""
    pages: list[list[str]] = []
    asked: dict[str, Any] = {"Bucket": BUCKET} | wish
    while True:
        page: dict[str, Any] = {**account.s3.list_objects_v2(**asked)}
        pages.append([item["Key"] for item in page.get("Contents", [])])
        assert page["KeyCount"] == len(pages[-1]) + len(page.get("CommonPrefixes", []))
        if not page["IsTruncated"]:
            return pages
        asked["ContinuationToken"] = page["NextContinuationToken"]


def test_objects_under_a_prefix_are_listed_by_pages_and_deleted_together(account: Account) -> None:
    prefix = f"{a_name('many')}/"
    names = [f"{prefix}photos/{number:02}.jpg" for number in range(7)]
    for key in (*names, f"{prefix}dataset_info.json"):
        account.s3.put_object(Bucket=BUCKET, Key=key, Body=b"{}")
    assert _keys(account, Prefix=f"{prefix}photos/", MaxKeys=3) == [names[:3], names[3:6], names[6:]]
    folder = account.s3.list_objects_v2(Bucket=BUCKET, Prefix=prefix, Delimiter="/")
    assert [one.get("Prefix") for one in folder.get("CommonPrefixes", [])] == [f"{prefix}photos/"]
    doomed = {"Objects": [{"Key": key} for key in (*names, f"{prefix}never-was")]}
    deleted = account.s3.delete_objects(Bucket=BUCKET, Delete=doomed)  # type: ignore[reportArgumentType] - as a dict
    assert len(deleted.get("Deleted", [])) == 8
    assert not deleted.get("Errors")
    assert _keys(account, Prefix=prefix) == [[f"{prefix}dataset_info.json"]]
    account.s3.delete_object(Bucket=BUCKET, Key=f"{prefix}dataset_info.json")
    account.s3.delete_object(Bucket=BUCKET, Key=f"{prefix}dataset_info.json")
    assert _keys(account, Prefix=prefix) == [[]]


def test_pages_of_a_list_go_on_where_they_were_though_objects_are_deleted(account: Account) -> None:
    prefix = f"{a_name('shrinking')}/"
    for number in range(6):
        account.s3.put_object(Bucket=BUCKET, Key=f"{prefix}{number}", Body=b"")
    page = account.s3.list_objects_v2(Bucket=BUCKET, Prefix=prefix, MaxKeys=2)
    for item in page.get("Contents", []):
        account.s3.delete_object(Bucket=BUCKET, Key=item.get("Key", ""))
    token = page.get("NextContinuationToken", "")
    assert _keys(account, Prefix=prefix, ContinuationToken=token) == [[f"{prefix}{number}" for number in range(2, 6)]]
