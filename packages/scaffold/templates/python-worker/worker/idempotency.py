"""What was done is written down, so that it is not done twice: SQS hands a message out at least once, not just once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PREFIX = "handled/"


class Ledger(Protocol):
    """What has been handled, by key."""

    def has(self, key: str) -> bool:
        """Whether it was handled before."""

    def add(self, key: str) -> None:
        """Writes down that it is handled."""


class BucketLedger:
    """In the service's own bucket, so that every pod knows. An object is empty; its name is what counts."""

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def has(self, key: str) -> bool:
        """Whether it was handled before."""
        try:
            self._client.head_object(Bucket=self._bucket, Key=PREFIX + key)
        except ClientError as error:
            if error.response["Error"]["Code"] in ("404", "NoSuchKey", "NotFound"):
                return False
            raise
        return True

    def add(self, key: str) -> None:
        """Writes down that it is handled."""
        self._client.put_object(Bucket=self._bucket, Key=PREFIX + key, Body=b"")
