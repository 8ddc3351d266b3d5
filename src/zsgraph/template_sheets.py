"""What a template calls the sheets that it has beside the one to fill in."""

from typing import Final

from zsgraph.findings import Message

#: The sheet that explains the columns.
HELP: Final = Message("说明", "Help")
#: The sheet of the lists behind drop-downs.
LISTS: Final = "zsgraph-lists"
#: Sheets that hold no records; a reader passes them over.
NO_RECORDS: Final = frozenset((LISTS, HELP.zh, HELP.en))
