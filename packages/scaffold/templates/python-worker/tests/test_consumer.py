"""What becomes of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from tests.conftest import ATTEMPTS
from worker import consumer as consumer_module
from worker.consumer import Consumer
from worker.handler import Message, UnprocessableError, handle
from worker.idempotency import BucketLedger
from worker.telemetry import Measured

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef

    from worker.settings import Settings


class Bench:
    """A consumer, what it was given, and what it measured."""

    def __init__(self, sqs: SQSClient, s3: S3Client, settings: Settings) -> None:
        self.sqs = sqs
        self.settings = settings
        self.ledger = BucketLedger(s3, settings.bucket_name)
        self.handled: list[Message] = []
        self.reader = InMemoryMetricReader()
        meter = MeterProvider(metric_readers=[self.reader]).get_meter("test")
        self.measured = Measured(meter, settings.queue_url)

    def consumer(self, work: Callable[[Message], None] | None = None) -> Consumer:
        return Consumer(self.sqs, self.settings, self.ledger, work or self.handled.append, self.measured)

    def send(self, body: str, key: str | None = None) -> None:
        attributes: dict[str, MessageAttributeValueTypeDef] = {}
        if key is not None:
            attributes["idempotency-key"] = {"DataType": "String", "StringValue": key}
        self.sqs.send_message(QueueUrl=self.settings.queue_url, MessageBody=body, MessageAttributes=attributes)

    def waiting(self, url: str | None = None) -> int:
        names: list[QueueAttributeNameType] = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self.sqs.get_queue_attributes(QueueUrl=url or self.settings.queue_url, AttributeNames=names)
        return sum(int(count) for count in answer["Attributes"].values())

    def dead(self) -> int:
        return self.waiting(f"{self.settings.queue_url}-dead-letters")

    def durations(self) -> list[dict[str, object]]:
        data = self.reader.get_metrics_data()
        assert data is not None
        metrics = [metric for each in data.resource_metrics for scope in each.scope_metrics for metric in scope.metrics]
        return [dict(point.attributes or {}) for metric in metrics for point in metric.data.data_points]


@pytest.fixture
def bench(sqs: SQSClient, s3: S3Client, settings: Settings) -> Bench:
    return Bench(sqs, s3, settings)


def test_a_message_is_handled_and_gone(bench: Bench) -> None:
    bench.send("hello")
    assert bench.consumer().take_one(0)
    assert [message.body for message in bench.handled] == ["hello"]
    assert bench.waiting() == 0


def test_an_empty_queue_is_nothing_to_do(bench: Bench) -> None:
    assert not bench.consumer().take_one(0)


def test_a_message_that_comes_twice_is_handled_once(bench: Bench) -> None:
    for _ in range(2):
        bench.send("pay", key="order-7")
        assert bench.consumer().take_one(0)
    assert len(bench.handled) == 1
    assert bench.waiting() == 0


def test_two_messages_of_one_text_are_two(bench: Bench) -> None:
    for _ in range(2):
        bench.send("pay")
        bench.consumer().take_one(0)
    assert len(bench.handled) == 2


def test_what_fails_is_tried_again_later_and_not_lost(bench: Bench) -> None:
    def fail(_: Message) -> None:
        raise ConnectionError("down")

    bench.send("hello")
    assert bench.consumer(fail).take_one(0)
    assert bench.waiting() == 1
    assert not bench.consumer().take_one(0), "it waits before it is tried again"


def test_what_fails_once_is_handled_the_next_time(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumer_module, "_pause", lambda _attempt: 0)
    failures = iter([ConnectionError("down")])

    def work(message: Message) -> None:
        for failure in failures:
            raise failure
        bench.handled.append(message)

    bench.send("hello")
    consumer = bench.consumer(work)
    consumer.take_one(0)
    consumer.take_one(0)
    assert len(bench.handled) == 1
    assert bench.waiting() == 0


def test_pauses_grow_up_to_the_longest() -> None:
    for attempt, longest in [(1, 5), (2, 10), (3, 20), (9, 900), (1000, 900)]:
        pause = consumer_module._pause(attempt)
        assert longest / 2 - 1 <= pause <= longest


def test_what_can_never_be_handled_goes_to_the_dead_letters(bench: Bench) -> None:
    bench.send("not JSON")
    consumer = bench.consumer(handle)
    for _ in range(ATTEMPTS + 1):
        consumer.take_one(0)
    assert bench.waiting() == 0
    assert bench.dead() == 1


@pytest.mark.parametrize("body", ["{", "[]", "{}", '{"type": 1}'])
def test_the_example_refuses_what_is_no_event(body: str) -> None:
    with pytest.raises(UnprocessableError):
        handle(Message(id="1", body=body, attributes={}))


def test_each_message_is_measured_by_queue_and_outcome(bench: Bench) -> None:
    def fail(_: Message) -> None:
        raise ConnectionError("down")

    bench.send("one")
    bench.consumer().take_one(0)
    bench.send("two")
    bench.consumer(fail).take_one(0)
    queue = bench.settings.queue_url.rsplit("/", maxsplit=1)[-1]
    points = bench.durations()
    assert {point["messaging.destination.name"] for point in points} == {queue}
    assert {point.get("error.type") for point in points} == {None, "ConnectionError"}
