"""What the process is told by its environment; the platform sets all of it."""

from collections.abc import Mapping
from dataclasses import dataclass


class SettingsError(Exception):
    """Says which variables are missing or wrong, so that a pod that cannot start says why."""


@dataclass(frozen=True)
class Settings:
    """What the worker works with."""

    queue_url: str
    bucket_name: str
    # Seconds that a message is hidden from other pods while this one handles it.
    visibility_seconds: int
    # Port of health checks and metrics.
    port: int
    # Messages that are handled at once.
    concurrency: int
    # Seconds that one call waits for a message; the longer, the fewer empty answers, each of which is billed.
    wait_seconds: int
    log_level: str


LEVELS = ("debug", "info", "warning", "error", "critical")


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Reads the settings; all that is wrong is said at once."""
    wrong: list[str] = []

    def text(name: str) -> str:
        value = environment.get(name, "")
        if value == "":
            wrong.append(f"{name} is missing")
        return value

    def number(name: str, usual: int, least: int, most: int) -> int:
        value = environment.get(name, str(usual))
        if value.isdecimal() and least <= int(value) <= most:
            return int(value)
        wrong.append(f"{name} has to be a number from {least} to {most}")
        return usual

    settings = Settings(
        queue_url=text("QUEUE_URL"),
        bucket_name=text("BUCKET_NAME"),
        visibility_seconds=number("QUEUE_VISIBILITY_SECONDS", 60, 1, 43_200),
        port=number("PORT", 8080, 0, 65_535),
        concurrency=number("WORKER_CONCURRENCY", 4, 1, 64),
        wait_seconds=number("WORKER_WAIT_SECONDS", 20, 0, 20),
        log_level=environment.get("LOG_LEVEL", "info"),
    )
    if settings.log_level not in LEVELS:
        wrong.append(f"LOG_LEVEL has to be one of {', '.join(LEVELS)}")
    if wrong:
        raise SettingsError("; ".join(wrong))
    return settings
