"""SQS and S3 of our own, with the queue, its dead letters and the bucket that the platform makes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import boto3
import pytest
from moto.server import ThreadedMotoServer

from worker.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

ATTEMPTS = 3


@pytest.fixture(scope="session")
def cloud() -> Iterator[str]:
    """Address of what stands for AWS."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def _environment(cloud: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AWS_ENDPOINT_URL": cloud,
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def sqs() -> SQSClient:
    """SQS, as the worker asks it."""
    return boto3.client("sqs")


@pytest.fixture
def s3() -> S3Client:
    """S3, as the worker asks it."""
    return boto3.client("s3")


@pytest.fixture
def settings(request: pytest.FixtureRequest, sqs: SQSClient, s3: S3Client) -> Settings:
    """A queue and a bucket for one test."""
    name = request.node.name.replace("_", "-")[:40]
    dead = sqs.create_queue(QueueName=f"{name}-dead-letters")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": ATTEMPTS})
    url = sqs.create_queue(QueueName=name, Attributes={"RedrivePolicy": redrive})["QueueUrl"]
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return Settings(
        queue_url=url,
        bucket_name=name,
        visibility_seconds=30,
        port=0,
        concurrency=2,
        wait_seconds=1,
        log_level="info",
    )
