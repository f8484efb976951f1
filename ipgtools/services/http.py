"""
Ask a question over HTTP, within limits of time, size and tries.

The standard library does the work; proxies of the machine are used as they are set. A
redirection to another host is refused: what is asked may be an address.
"""

import http.client
import json
import socket
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any

from ipgtools.errors import ServiceError
from ipgtools.nl import services as nl

__all__ = ["PAUSE", "RETRIES", "TIMEOUT", "get", "get_json", "host_of", "refused", "unusable"]

TIMEOUT = 20.0
"""Seconds that one try may take."""
RETRIES = 2
PAUSE = 1.0
"""Seconds before the first new try; twice as long before each next one."""
_LONGEST_PAUSE = 10.0
_BUSY = {429, 502, 503, 504}
_BLOCK = 1 << 16
_MARGIN = 0.5
"""Seconds more, so that a socket can say itself what went wrong."""


def host_of(base: str) -> str:
    """
    Return the host that an address asks.

    Examples
    --------
    >>> host_of("https://api.pdok.nl/bzk/locatieserver/search/v3_1")
    'api.pdok.nl'
    """
    try:
        parts = urllib.parse.urlsplit(base)
        host = parts.hostname if parts.scheme in {"http", "https"} else None
    except ValueError:
        host = None
    if not host:
        msg = f"{base!r} is no address of a service; write it out, with https:// before it"
        raise ServiceError(msg, code="service_address", found=base)
    return host


def get(
    base: str,
    params: Mapping[str, Any],
    *,
    timeout: float = TIMEOUT,
    retries: int = RETRIES,
    pause: float = PAUSE,
    max_bytes: int = 50_000_000,
) -> bytes:
    """Get the answer to a question."""
    host = host_of(base)
    url = f"{base}?{urllib.parse.urlencode(params)}"
    asked = urllib.request.Request(url, headers={"User-Agent": "ipgtools"})  # noqa: S310
    opener = urllib.request.build_opener(_SameHost)
    for attempt in range(retries + 1):
        wait = min(pause * 2**attempt, _LONGEST_PAUSE)
        try:
            return _within(timeout, lambda: _read(opener, asked, host, timeout, max_bytes))
        except urllib.error.HTTPError as error:
            with error:
                said = _said(error.read(_BLOCK))
                wait = _asked_pause(error.headers.get("Retry-After"), wait)
            if error.code not in _BUSY:
                raise refused(host, error.code, said) from error
            problem = _busy(host, error.code, attempt + 1)
        except (OSError, http.client.HTTPException) as error:
            problem = _unreachable(host, error)
        if attempt < retries:
            time.sleep(wait)
    raise problem


def get_json(base: str, params: Mapping[str, Any], **limits: Any) -> Any:
    """Get an answer in JSON."""
    answer = get(base, params, **limits)
    try:
        return json.loads(answer)
    except (ValueError, RecursionError) as cause:
        host = host_of(base)
        if b"Exception" in answer[:_BLOCK] and answer.lstrip()[:1] == b"<":
            raise refused(host, 200, _said(answer[:_BLOCK])) from cause
        raise unusable(host, "not_json") from cause


def refused(host: str, status: int, said: str) -> ServiceError:
    """Make the error for a question that a service refuses."""
    msg = f"{host} refuses the question ({status}): {said or 'without a reason'}"
    reason = said or "geen reden gegeven"
    return ServiceError(msg, code="service_refused", host=host, status=status, reason=reason)


def unusable(host: str, why: str, **facts: Any) -> ServiceError:
    """Make the error for an answer that isn't what was asked; `why` is a key of the reasons."""
    msg = f"{host} gives no usable answer: {why} {facts or ''}".rstrip()
    return ServiceError(msg, code="service_answer", host=host, reason=nl.REASONS[why])


def _within(seconds: float, work: Callable[[], bytes]) -> bytes:
    """
    Do work that must be done in time, whatever it waits for.

    The time limit of a socket counts from each byte, and finding the host of a name has none.
    """
    done: list[bytes] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again where it was asked for
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds + _MARGIN)
    if failed:
        raise failed[0]
    if not done:
        msg = f"no answer within {seconds:g} s"
        raise TimeoutError(msg)
    return done[0]


def _read(opener: Any, asked: Any, host: str, timeout: float, max_bytes: int) -> bytes:
    """Read an answer in blocks, so that a slow drip can't take longer than the time given."""
    until = time.monotonic() + timeout
    parts: list[bytes] = []
    size = 0
    with opener.open(asked, timeout=timeout) as answer:
        while block := answer.read1(_BLOCK):
            parts.append(block)
            size += len(block)
            if size > max_bytes:
                raise unusable(host, "large")
            if time.monotonic() > until:
                msg = f"{host} took longer than {timeout:g} s"
                raise TimeoutError(msg)
        length = answer.headers.get("Content-Length")
    if length is not None and length.isdecimal() and size < float(length):
        msg = f"{size} of {length} bytes"
        raise http.client.HTTPException(msg)
    return b"".join(parts)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follow a redirection within a host only."""

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        """Reject a malformed address, at which the library would fail."""
        try:
            return super().http_error_302(req, fp, code, msg, headers)
        except ServiceError:
            raise
        except ValueError as cause:
            fp.close()
            raise unusable(host_of(req.full_url), "elsewhere") from cause

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    def redirect_request(  # noqa: PLR0913, RUF100 - the library's signature
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        """Refuse another host, or a way back from https to http."""
        before, after = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        if after.hostname != before.hostname or (before.scheme, after.scheme) == ("https", "http"):
            fp.close()
            raise unusable(before.hostname or "", "elsewhere", to=after.hostname)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _asked_pause(header: str | None, otherwise: float) -> float:
    if header is None or not header.strip().isdecimal():
        return otherwise
    return min(float(header), _LONGEST_PAUSE)


def _busy(host: str, status: int, tries: int) -> ServiceError:
    msg = f"{host} is busy ({status}), also after {tries} tries"
    return ServiceError(msg, code="service_busy", host=host, status=status, tries=tries)


def _unreachable(host: str, error: Exception) -> ServiceError:
    cause = getattr(error, "reason", error)
    kinds: tuple[tuple[Any, str], ...] = (
        (TimeoutError, "timeout"),
        (ConnectionRefusedError, "refused"),
        (socket.gaierror, "name"),
        (ssl.SSLError, "certificate"),
        ((ConnectionError, http.client.HTTPException), "broken"),
    )
    why = next((key for kind, key in kinds if isinstance(cause, kind)), "other")
    msg = f"{host} can't be reached: {cause}"
    return ServiceError(msg, code="service_unreachable", host=host, reason=nl.REASONS[why])


def _said(body: bytes) -> str:
    """Take the reason out of an error's body: JSON, or an exception report of the OGC."""
    import html
    import re

    text = body.decode("utf-8", errors="replace")
    said = ""
    try:
        given = json.loads(text)
        fields = given if isinstance(given, dict) else {}
        inner = fields.get("error", fields)
        fields = inner if isinstance(inner, dict) else {"message": inner}
        names = ("message", "msg", "detail", "title", "errorMessage")
        said = str(next((fields[name] for name in names if fields.get(name)), ""))
    except (ValueError, RecursionError):
        found = re.search(
            r"<(?:\w+:)?(?:ExceptionText|ServiceException)[^<>]*>([^<]*)<", text, re.DOTALL
        )
        said = html.unescape(found[1]) if found else ""
    return " ".join("".join(mark for mark in said if mark.isprintable() or mark == " ").split())[
        :200
    ]
