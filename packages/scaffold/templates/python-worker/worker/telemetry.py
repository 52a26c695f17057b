"""Metrics in the names that dashboards and alerts read, and traces."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from opentelemetry import metrics, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.instrumentation.botocore import BotocoreInstrumentor
from opentelemetry.metrics import Meter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from worker import SERVICE

# What OpenTelemetry's conventions for messaging advise, in seconds.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)


def start_telemetry() -> None:
    """Metrics are read at `/metrics`; traces are sent to OTEL_EXPORTER_OTLP_ENDPOINT, and nowhere without it."""
    resource = Resource.create({SERVICE_NAME: SERVICE})
    metrics.set_meter_provider(MeterProvider(resource=resource, metric_readers=[PrometheusMetricReader()]))
    provider = TracerProvider(resource=resource)
    if "OTEL_EXPORTER_OTLP_ENDPOINT" in os.environ:
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    BotocoreInstrumentor().instrument()  # type: ignore[no-untyped-call]


@dataclass
class Outcome:
    """How the handling of a message went."""

    error_type: str | None = None

    def failed(self, error: Exception) -> None:
        """Takes note of why it failed."""
        self.error_type = type(error).__name__


class Measured:
    """Measures every message: `messaging.process.duration`."""

    def __init__(self, meter: Meter, queue_url: str) -> None:
        self._queue = queue_url.rsplit("/", maxsplit=1)[-1]
        self._duration = meter.create_histogram(
            "messaging.process.duration",
            unit="s",
            description="Duration of processing operation.",
            explicit_bucket_boundaries_advisory=BOUNDS,
        )
        self._tracer = trace.get_tracer(SERVICE)

    @contextmanager
    def processing(self) -> Iterator[Outcome]:
        """Around the handling of one message."""
        outcome = Outcome()
        attributes = {
            "messaging.system": "aws_sqs",
            "messaging.operation.name": "process",
            "messaging.destination.name": self._queue,
        }
        start = time.monotonic()
        with self._tracer.start_as_current_span(
            f"process {self._queue}", kind=trace.SpanKind.CONSUMER, attributes=attributes
        ) as span:
            try:
                yield outcome
            finally:
                if outcome.error_type is not None:
                    attributes["error.type"] = outcome.error_type
                    span.set_status(trace.StatusCode.ERROR)
                self._duration.record(time.monotonic() - start, attributes)
