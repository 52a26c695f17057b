"""What the environment says."""

import pytest

from worker.settings import SettingsError, read_settings

GIVEN = {"QUEUE_URL": "https://queue", "BUCKET_NAME": "bucket"}


def test_what_is_not_said_is_as_usual() -> None:
    settings = read_settings(GIVEN)
    assert (settings.visibility_seconds, settings.port) == (60, 8080)
    assert (settings.concurrency, settings.wait_seconds) == (4, 20)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(SettingsError, match=r"QUEUE_URL is missing; BUCKET_NAME is missing; PORT .*; LOG_LEVEL "):
        read_settings({"PORT": "http", "LOG_LEVEL": "loud"})
