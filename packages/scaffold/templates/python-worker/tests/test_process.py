"""The process as its image starts it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from worker import SERVICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_sqs import SQSClient

    from worker.settings import Settings

PATIENCE_SECONDS = 30


class Process:
    """A worker that runs, and what it has written."""

    def __init__(self, settings: Settings) -> None:
        given = {"QUEUE_URL": settings.queue_url, "BUCKET_NAME": settings.bucket_name, "PORT": "0"}
        environment = {**os.environ, **given, "PYTHONUNBUFFERED": "1", "WORKER_WAIT_SECONDS": "1"}
        words = [sys.executable, "-m", "worker"]
        self.child = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603
        self.port: int = self.until("started")["port"]

    def until(self, event: str) -> dict[str, Any]:
        """The next line that says so."""
        assert self.child.stdout is not None
        for line in self.child.stdout:
            entry: dict[str, Any] = json.loads(line)
            assert entry["service"] == SERVICE
            if entry["event"] == event:
                return entry
        raise AssertionError(f"it ended before it said {event}")

    def get(self, path: str) -> tuple[int, str]:
        """What it answers."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"http://127.0.0.1:{self.port}{path}") as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""


@pytest.fixture
def process(settings: Settings) -> Iterator[Process]:
    running = Process(settings)
    yield running
    running.child.kill()
    running.child.wait()


def test_it_answers_handles_is_measured_and_ends(process: Process, sqs: SQSClient, settings: Settings) -> None:
    assert process.get("/healthz")[0] == 200
    assert process.get("/readyz")[0] == 200
    assert process.get("/other")[0] == 404

    sqs.send_message(QueueUrl=settings.queue_url, MessageBody='{"type": "paid"}')
    handled = process.until("handled")
    assert handled["event_type"] == "paid"
    assert len(handled["trace_id"]) == 32

    deadline = time.monotonic() + PATIENCE_SECONDS
    while "messaging_process_duration_seconds_count{" not in process.get("/metrics")[1]:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    metrics = process.get("/metrics")[1]
    queue = settings.queue_url.rsplit("/", maxsplit=1)[-1]
    assert f'messaging_destination_name="{queue}"' in metrics
    assert 'messaging_process_duration_seconds_bucket{le="0.005"' in metrics

    process.child.send_signal(signal.SIGTERM)
    process.until("ended")
    assert process.child.wait(PATIENCE_SECONDS) == 0


def test_it_says_why_it_cannot_start() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("QUEUE_URL", "BUCKET_NAME")}
    words = [sys.executable, "-m", "worker"]
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert ended.returncode == 2
    assert "QUEUE_URL is missing" in json.loads(ended.stdout)["reason"]
