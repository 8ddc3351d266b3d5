"""What may go wrong at a SPARQL service, each as a sentence with the way out."""

import re
from typing import Final

from zsgraph.errors import ZsgraphError

_LONGEST: Final = 300
#: Statuses of a service that is busy or about to come up.
_PASSING: Final = (429, 502, 503, 504)
#: How Virtuoso says that a transaction gave way to another (SQLSTATE 40001).
_DEADLOCK: Final = b"40001"
_TAG: Final = re.compile(r"<[^>]{0,200}>")
#: Some engines repeat the whole query after their message.
_ECHO: Final = re.compile(r"\s*SPARQL query:.*", re.DOTALL)


class RemoteError(ZsgraphError):
    """A SPARQL service did not do what it was asked."""


class UnreachableError(RemoteError):
    """A service does not answer; another try may help."""


class RemoteQueryError(RemoteError):
    """A service does not accept a query or an update."""


def unreachable(address: str, reason: str) -> UnreachableError:
    """Return the failure that a service does not answer."""
    return UnreachableError(
        f"连不上 {address}（{reason}）。请检查地址和网络，或稍后再试。",
        f"{address} cannot be reached ({reason}). Check the address and the network, or try again "
        "later.",
    )


def too_slow(address: str, seconds: float) -> RemoteError:
    """Return the failure that a service takes too long, which another try would not mend."""
    return RemoteError(
        f"{address} 在 {seconds:g} 秒内没有回答。请加上限定条件，或用 --timeout 放宽时限。",
        f"{address} did not answer within {seconds:g} s. Restrict the query, or allow more time "
        "with --timeout.",
    )


def refused(address: str, status: int, body: bytes) -> RemoteError:
    """Return the failure that a service answered with an HTTP status of failure."""
    said = engine_message(body)
    told_zh = f"服务的说明：{said}" if said else ""
    told_en = f" It says: {said}" if said else ""
    if status == 401:
        return RemoteError(
            f"{address} 不接受现有的凭据（401）。请检查用户名、密码或令牌，以及 --auth 的方式。"
            f"{told_zh}",
            f"{address} does not accept the credentials at hand (401). Check name, password or "
            f"token, and the way of --auth.{told_en}",
        )
    if status == 403:
        return RemoteError(
            f"{address} 拒绝了这个请求（403）。请检查这个用户能否查询或更新。{told_zh}",
            f"{address} refuses this request (403). Check whether this user may query or update."
            f"{told_en}",
        )
    if status in (404, 405):
        return RemoteError(
            f"{address} 不是 SPARQL 服务（{status}）。请检查地址。",
            f"{address} is no SPARQL service ({status}). Check the address.",
        )
    if status in _PASSING or (status == 500 and _DEADLOCK in body):
        return UnreachableError(
            f"{address} 眼下不能回答（{status}）。请稍后再试。{told_zh}",
            f"{address} cannot answer at the moment ({status}). Try again later.{told_en}",
        )
    return RemoteQueryError(
        f"{address} 没有执行这个请求（{status}）。{told_zh}",
        f"{address} did not do what it was asked ({status}).{told_en}",
    )


def engine_message(body: bytes) -> str:
    """Return what an engine says of a failure, in one line and without what it repeats of us."""
    text = _ECHO.sub("", _TAG.sub(" ", body[:20_000].decode("utf-8", "replace")))
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST].rsplit(" ", 1)[0] + " …"
