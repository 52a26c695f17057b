"""Starts the worker: `python -m worker`."""

import os
import signal
import sys
import threading

import boto3
import structlog
from opentelemetry import metrics

from worker import SERVICE
from worker.consumer import Consumer
from worker.handler import handle
from worker.health import serve_health
from worker.idempotency import BucketLedger
from worker.logs import start_logs
from worker.settings import SettingsError, read_settings
from worker.telemetry import Measured, start_telemetry


def main() -> int:
    """Works until it is told to end. What it returns is the exit code."""
    log = structlog.get_logger()
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        start_logs("info")
        log.error("cannot start", reason=str(error))
        return 2
    start_logs(settings.log_level)
    start_telemetry()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    sqs = boto3.client("sqs")
    # A queue that is not there, or may not be read, is found out now and not at the first message.
    sqs.get_queue_attributes(QueueUrl=settings.queue_url, AttributeNames=["QueueArn"])
    measured = Measured(metrics.get_meter(SERVICE), settings.queue_url)
    consumer = Consumer(sqs, settings, BucketLedger(boto3.client("s3"), settings.bucket_name), handle, measured)
    consumer.start()
    health = serve_health(settings.port, lambda: consumer.lives, lambda: not stopping.is_set())
    log.info("started", port=health.server_address[1], queue=settings.queue_url)
    stopping.wait()
    log.info("ending")
    consumer.stop()
    health.shutdown()
    log.info("ended")
    return 0


if __name__ == "__main__":
    sys.exit(main())
