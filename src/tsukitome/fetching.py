"""Downloading open data: tried again where the network fails, hashed, and never left behind in part."""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
import os
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tsukitome import __version__
from tsukitome.documents.origin import Origin, write_origin
from tsukitome.errors import TsukitomeError

# 調達ポータル 落札実績オープンデータ: one zip a year, and one a day for about the last two months.
PORTAL = "https://api.p-portal.go.jp/pps-web-biz/UAB03/OAB0301"
TIMEOUT = 60.0  # seconds without a byte
TRIES = 3
_WAITS = (1.0, 5.0)  # seconds before the second and the third try
_LARGEST = 1 << 30
_CHUNK = 1 << 16
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})

# Told how many bytes have come, and how many there will be, if the server says so.
Watch = Callable[[int, int | None], None]


class FetchError(TsukitomeError):
    """A download that failed for good; the sentence names the address and what to do."""


class _TryError(Exception):
    """One try that failed; ``again`` says whether another one may succeed."""

    def __init__(self, reason: str, again: bool) -> None:
        super().__init__(reason)
        self.again = again


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was fetched, and where it came from."""

    path: Path
    origin: Origin


def portal_name(year: int, day: dt.date | None = None) -> str:
    """The name of the portal's file of a year, or of one day's changes."""
    part = f"diff_{day:%Y%m%d}" if day else f"all_{year:04d}"
    return f"successful_bid_record_info_{part}.zip"


def portal_url(name: str, base: str = PORTAL) -> str:
    """The address of one of the portal's files. A ``base`` without a path gets the portal's own. Raises FetchError."""
    try:
        parts = urllib.parse.urlsplit(base)
        known = parts.scheme in ("http", "https") and bool((parts.hostname or "").encode("idna")) and parts.port != 0
    except ValueError:  # brackets, a port that is none, a name that no host can have
        known = False
    if not known:
        raise FetchError(f"{base}: is no web address. Give one that begins with https://")
    path = parts.path if parts.path.strip("/") else urllib.parse.urlsplit(PORTAL).path
    path = urllib.parse.quote(path, safe="/%:@!$&'()*+,;=~")
    query = urllib.parse.urlencode({"fileversion": "v001", "filename": name})
    return urllib.parse.urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def fetch_zip(
    url: str,
    target: Path,
    *,
    timeout: float = TIMEOUT,
    wait: Callable[[float], None] = time.sleep,
    watch: Watch | None = None,
) -> Download:
    """Downloads a zip archive to ``target``, and notes its address, time and hash in ``target`` + ``.json``.

    What fails for a reason that may pass is tried :data:`TRIES` times, with ``wait`` between. What stood at ``target`` is replaced
    only by a whole archive; on failure nothing is left behind. Raises FetchError.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    except OSError as error:
        raise FetchError(f"{target.parent}: can't be written to ({error.strerror}).") from error
    os.close(handle)
    part = Path(name)
    try:
        origin = _tried(url, part, timeout, wait, watch or (lambda done, whole: None))  # noqa: ARG005
        part.chmod(0o644)
        part.replace(target)
        write_origin(target, origin)
    except OSError as error:
        raise FetchError(f"{target}: can't be written ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)
    return Download(target, origin)


def _tried(url: str, part: Path, timeout: float, wait: Callable[[float], None], watch: Watch) -> Origin:
    for number in range(1, TRIES + 1):
        try:
            return _fetched(url, part, timeout, watch)
        except _TryError as failed:
            if not failed.again:
                raise FetchError(f"{url}: {failed}") from failed
            if number == TRIES:
                raise FetchError(f"{url}: {failed} It was tried {TRIES} times; try again later.") from failed
            wait(_WAITS[number - 1])
    raise AssertionError("unreachable")


def _fetched(url: str, part: Path, timeout: float, watch: Watch) -> Origin:
    request = urllib.request.Request(url, headers={"User-Agent": f"tsukitome/{__version__}"})
    digest = hashlib.sha256()
    size = 0
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            length = answer.headers.get("Content-Length", "")
            whole = int(length) if length.isascii() and length.isdecimal() else None
            with part.open("wb") as stream:
                while chunk := answer.read(_CHUNK):
                    if size == 0 and not chunk.startswith(b"PK"):
                        raise _TryError("the server sent no zip archive; there may be no file for that time.", False)
                    size += len(chunk)
                    if size > _LARGEST:
                        raise _TryError("the file is larger than 1 GiB.", False)
                    digest.update(chunk)
                    stream.write(chunk)
                    watch(size, whole)
    except urllib.error.HTTPError as error:
        error.close()
        reason = "there is no such file." if error.code == 404 else f"the server answered {error.code}."
        raise _TryError(reason, error.code in _AGAIN) from error
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        cause = getattr(error, "reason", None) or error
        raise _TryError(f"the download failed ({cause or type(cause).__name__}).", True) from error
    if size == 0 or (whole is not None and size != whole):
        raise _TryError(f"the download was cut off after {size:,} bytes.", True)
    if not zipfile.is_zipfile(part):  # a server that states no length can be cut off as well
        raise _TryError(f"the archive of {size:,} bytes has no end: it is cut off or damaged.", True)
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return Origin(url, now, digest.hexdigest(), size)
