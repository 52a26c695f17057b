"""What is done with a message: the part to replace."""

import json
from dataclasses import dataclass

import structlog

log = structlog.get_logger()


class UnprocessableError(Exception):
    """The message will never be handled, however often it is tried: it goes to the dead letters as soon as it can."""


@dataclass(frozen=True)
class Message:
    """A message as it was sent."""

    id: str
    body: str
    attributes: dict[str, str]


def handle(message: Message) -> None:
    """An example to replace: reads the name of an event. What it raises has the message tried again, ever later."""
    try:
        event = json.loads(message.body)
    except json.JSONDecodeError as error:
        raise UnprocessableError(f"not JSON: {error.msg}") from error
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise UnprocessableError("an event without a type")
    log.info("handled", message_id=message.id, event_type=event["type"])
