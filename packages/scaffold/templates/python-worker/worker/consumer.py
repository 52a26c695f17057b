"""Takes messages from the queue, one at a time and thread, until it is told to stop."""

from __future__ import annotations

import hashlib
import random
import threading
import time
from typing import TYPE_CHECKING

import structlog

from worker.handler import Message, UnprocessableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

    from worker.idempotency import Ledger
    from worker.settings import Settings
    from worker.telemetry import Measured

log = structlog.get_logger()

# Seconds before a message that failed is tried again: doubled with every attempt, up to the longest.
FIRST_PAUSE_SECONDS = 5
LONGEST_PAUSE_SECONDS = 900
# How often a message is hidden anew: what takes longer is stuck, and the pod is restarted.
MOST_HEARTBEATS = 20
# Seconds of rest after the queue could not be asked.
REST_SECONDS = 5


class Consumer:
    """Hands each message to the handler, once, and sees to what becomes of it."""

    def __init__(
        self,
        client: SQSClient,
        settings: Settings,
        ledger: Ledger,
        handle: Callable[[Message], None],
        measured: Measured,
    ) -> None:
        self._client = client
        self._settings = settings
        self._ledger = ledger
        self._handle = handle
        self._measured = measured
        self._stopping = threading.Event()
        self._asked_at = time.monotonic()
        self._threads = [
            threading.Thread(target=self._run, name=f"consumer-{number}") for number in range(settings.concurrency)
        ]

    def start(self) -> None:
        """Begins to take messages."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Takes no more messages, and comes back when those in hand are done."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    @property
    def lives(self) -> bool:
        """Whether every thread goes on, and the queue was asked not long ago."""
        patience = self._settings.visibility_seconds + 2 * self._settings.wait_seconds + REST_SECONDS
        return all(thread.is_alive() for thread in self._threads) and time.monotonic() - self._asked_at < patience

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.take_one(self._settings.wait_seconds)
            except Exception:
                log.exception("the queue cannot be asked")
                self._stopping.wait(REST_SECONDS)

    def take_one(self, wait_seconds: int) -> bool:
        """Takes one message and handles it. Says whether there was one."""
        self._asked_at = time.monotonic()
        answer = self._client.receive_message(
            QueueUrl=self._settings.queue_url,
            MaxNumberOfMessages=1,
            WaitTimeSeconds=wait_seconds,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["ApproximateReceiveCount"],
        )
        for raw in answer.get("Messages", []):
            if self._stopping.is_set():
                # It came while this pod was told to end: another one takes it at once.
                self._hide(raw, 0)
                return False
            self._process(raw)
            return True
        return False

    def _process(self, raw: MessageTypeDef) -> None:
        message = _message(raw)
        key = _key(message)
        attempt = int(raw.get("Attributes", {}).get("ApproximateReceiveCount", "1"))
        bound = log.bind(message_id=message.id, attempt=attempt)
        again_in: int | None = None
        with self._measured.processing() as outcome, _Heartbeat(self, raw):
            try:
                if self._ledger.has(key):
                    bound.info("handled before")
                else:
                    self._handle(message)
                    self._ledger.add(key)
            except UnprocessableError as error:
                outcome.failed(error)
                # Nothing is gained by waiting: it is handed out again at once, until its attempts are used up.
                again_in = 0
                bound.error("failed for good", reason=str(error))
            except Exception as error:
                outcome.failed(error)
                again_in = _pause(attempt)
                bound.exception("failed", again_in_seconds=again_in)
        if again_in is None:
            self._client.delete_message(QueueUrl=self._settings.queue_url, ReceiptHandle=raw["ReceiptHandle"])
        else:
            self._hide(raw, again_in)

    def _hide(self, raw: MessageTypeDef, seconds: int) -> None:
        self._client.change_message_visibility(
            QueueUrl=self._settings.queue_url, ReceiptHandle=raw["ReceiptHandle"], VisibilityTimeout=seconds
        )

    def keep_hidden(self, raw: MessageTypeDef) -> None:
        """Hides a message for as long again, while it is worked on."""
        self._asked_at = time.monotonic()
        self._hide(raw, self._settings.visibility_seconds)

    @property
    def heartbeat_seconds(self) -> float:
        """How often a message that is worked on is hidden anew."""
        return self._settings.visibility_seconds / 2


class _Heartbeat:
    """Keeps a message hidden from other pods for as long as it is worked on."""

    def __init__(self, consumer: Consumer, raw: MessageTypeDef) -> None:
        self._consumer = consumer
        self._raw = raw
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _beat(self) -> None:
        for _ in range(MOST_HEARTBEATS):
            if self._done.wait(self._consumer.heartbeat_seconds):
                return
            try:
                self._consumer.keep_hidden(self._raw)
            except Exception:
                log.exception("a message in hand cannot be kept hidden")


def _message(raw: MessageTypeDef) -> Message:
    attributes = {name: value.get("StringValue", "") for name, value in raw.get("MessageAttributes", {}).items()}
    return Message(id=raw["MessageId"], body=raw.get("Body", ""), attributes=attributes)


def _key(message: Message) -> str:
    """What a message is known by: what its sender says, or its own id; hashed, since not all can be a key of S3."""
    said = message.attributes.get("idempotency-key", "")
    return hashlib.sha256((said or message.id).encode()).hexdigest()


def _pause(attempt: int) -> int:
    """Longer with every attempt, and never the same for many, who would come back together."""
    longest = min(FIRST_PAUSE_SECONDS * 2 ** min(attempt - 1, 20), LONGEST_PAUSE_SECONDS)
    return round(random.uniform(longest / 2, longest))  # noqa: S311 - no secret depends on it
