"""Frames: how a query worker and its child talk over a pipe.

A frame is one byte that tells its kind, four bytes of length (big-endian) and the content.
"""

import struct
from typing import Final

HEADER: Final = struct.Struct(">cI")
#: A request, as JSON; the only kind that goes to the child.
REQUEST: Final = b"Q"
#: What the answer is, as JSON: its form, its variables and whether it was cut.
HEAD: Final = b"H"
#: A piece of the serialised answer.
DATA: Final = b"D"
#: The answer is complete.
END: Final = b"E"
#: The query failed; what of, as JSON.
FAULT: Final = b"X"


def frame(kind: bytes, content: bytes = b"") -> bytes:
    """Return a frame as bytes."""
    return HEADER.pack(kind, len(content)) + content
