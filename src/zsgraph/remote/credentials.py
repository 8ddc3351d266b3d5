"""Names, passwords and tokens of services: from the environment, a file or the keyring.

They are never arguments of a command, which other users of a machine can see, and their text form
tells nothing of them.
"""

import netrc
import os
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from zsgraph.errors import UsageError

#: How a service is told who asks.
METHODS: Final = ("basic", "digest", "bearer")
USER: Final = "ZSGRAPH_USER"
PASSWORD: Final = "ZSGRAPH_PASSWORD"
TOKEN: Final = "ZSGRAPH_TOKEN"
FILE: Final = "ZSGRAPH_CREDENTIALS"
#: Under this name the keyring keeps the passwords, with ``user@host`` as the account.
SERVICE: Final = "zsgraph"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks.

    Attributes
    ----------
    method
        One of :data:`METHODS`; empty for nobody in particular.
    user, secret
        Name, and password or token; neither is in the text form of this object.
    """

    method: str = ""
    user: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)


def credentials_for(address: str, method: str = "") -> Credentials:
    """Return the credentials for an address.

    Looked for in this order: the environment (``ZSGRAPH_TOKEN``, or ``ZSGRAPH_USER`` with
    ``ZSGRAPH_PASSWORD``), the file that ``ZSGRAPH_CREDENTIALS`` names (in the form of ``.netrc``,
    readable by its owner only), and the keyring, if the package ``keyring`` is installed.

    Parameters
    ----------
    address
        Where the service is.
    method
        One of :data:`METHODS`; by default ``bearer`` for a token and ``basic`` for a password.

    Raises
    ------
    UsageError
        If a method was asked for and there is nothing to use with it, or the file is of no use.
    """
    host = urlsplit(address).hostname or ""
    token, user = os.environ.get(TOKEN, ""), os.environ.get(USER, "")
    if token and method in ("", "bearer"):
        return Credentials("bearer", secret=token)
    secret = os.environ.get(PASSWORD, "") if user else ""
    if not secret and os.environ.get(FILE):
        user, secret = _from_file(Path(os.environ[FILE]), host)
    if not secret and user:
        secret = _from_keyring(f"{user}@{host}")
    if secret:
        return Credentials(method or "basic", user, secret)
    if method:
        raise UsageError(
            f"--auth {method} 缺少凭据。请设环境变量 {USER} 和 {PASSWORD}（bearer 用 {TOKEN}），"
            f"或让 {FILE} 指向 .netrc 格式的文件，或存入 keyring。",
            f"--auth {method} lacks credentials. Set {USER} and {PASSWORD} ({TOKEN} for bearer) "
            f"in the environment, let {FILE} name a file in the form of .netrc, or use the "
            "keyring.",
        )
    return Credentials()


def _from_file(path: Path, host: str) -> tuple[str, str]:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise UsageError(
                f"凭据文件 {path} 别人也能读。请运行 chmod 600 {path}。",
                f"Others can read the file of credentials {path}. Run chmod 600 {path}.",
            )
        found = netrc.netrc(str(path)).authenticators(host)
    except OSError as error:
        raise UsageError(
            f"读不了凭据文件 {path}：{error.strerror}。",
            f"The file of credentials {path} cannot be read: {error.strerror}.",
        ) from None
    except netrc.NetrcParseError as error:
        raise UsageError(
            f"凭据文件 {path} 第{error.lineno}行不是 .netrc 格式。",
            f"The file of credentials {path} is not of the form of .netrc in line {error.lineno}.",
        ) from None
    return (found[0] or "", found[2] or "") if found else ("", "")


def _from_keyring(account: str) -> str:
    try:
        keyring = import_module("keyring")
        return str(keyring.get_password(SERVICE, account) or "")
    except Exception:  # no such package, or a machine without a keyring: there are other ways
        return ""
