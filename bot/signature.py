"""Whether a request is Slack's, judged before anything reads it. Pure."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from urllib.parse import parse_qs

WINDOW_SECONDS = 300
"""Slack's own rule: older requests, or ones from further in the future, are replays."""
_DIGITS_MOST = 12


def fault(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> int:
    """Give the HTTP status with which to refuse a request; 0 when it is Slack's and well formed."""
    if not _is_signed(headers, body, secret, now):
        return 401
    return 0 if _is_readable(headers.get("Content-Type", ""), body) else 400


def _is_signed(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> bool:
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _DIGITS_MOST):
        return False
    if abs(now - int(timestamp)) > WINDOW_SECONDS:
        return False
    base = b"v0:" + timestamp.encode() + b":" + body
    expected = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), headers.get("X-Slack-Signature", "").encode("utf-8", "replace"))


def _is_readable(content_type: str, body: bytes) -> bool:
    """Tell whether a body is a JSON object, or a form with a command or a payload that is a JSON object."""
    try:
        text = body.decode()
        if content_type.startswith("application/json"):
            return isinstance(json.loads(text), dict)
        form = parse_qs(text)
        if "payload" in form:
            return isinstance(json.loads(form["payload"][0]), dict)
    except (UnicodeDecodeError, ValueError, RecursionError):
        return False
    return "command" in form or "ssl_check" in form
