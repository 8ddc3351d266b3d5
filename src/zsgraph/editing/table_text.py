"""The text of a CSV file, edited so that every other line keeps its bytes.

Standard: RFC 4180, https://www.rfc-editor.org/rfc/rfc4180
"""

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file.

    Attributes
    ----------
    text
        The row as it stands in the file, without the end of the line.
    end
        The end of the line; empty at the end of a file that has none.
    cells
        What the row holds; a blank row holds nothing.
    """

    text: str
    end: str
    cells: tuple[str, ...]


class TableText:
    """A CSV file that is being edited.

    Parameters
    ----------
    content
        The file in UTF-8, with or without a byte order mark; the first row that is not blank is
        the header.
    """

    def __init__(self, content: bytes) -> None:
        text = content.decode()
        self._mark = _MARK if text.startswith(_MARK) else ""
        self._lines = list(_lines(text.removeprefix(_MARK)))
        self._top = next((n for n, line in enumerate(self._lines) if any(line.cells)), 0)
        # Spreadsheets write \r\n, git and most editors \n: new rows end as the header does.
        self._end = (self._lines[self._top].end if self._lines else "") or "\n"

    @property
    def header(self) -> tuple[str, ...]:
        """Return the cells of the header."""
        return self._lines[self._top].cells if self._lines else ()

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield number (as in a spreadsheet) and cells of each row that is not blank."""
        for number, line in enumerate(self._lines, start=1):
            if any(line.cells):
                yield number, line.cells

    def put(self, number: int, cells: Mapping[int, str]) -> None:
        """Write cells of a row, given by their places, anew.

        Parameters
        ----------
        number
            The row, as in a spreadsheet.
        cells
            Places from 0 with what is to stand there.
        """
        line = self._lines[number - 1]
        new = tuple(cells.get(place, cell) for place, cell in enumerate(line.cells))
        if new != line.cells:
            self._lines[number - 1] = replace(line, text=_text(new), cells=new)

    def add_column(self, heading: str) -> int:
        """Add an empty column on the right and return its place."""
        place = len(self.header)
        for number, line in enumerate(self._lines):
            if line.cells:
                cell = heading if number == self._top else ""
                text = f"{line.text},{_text([cell])}" if cell else f"{line.text},"
                self._lines[number] = replace(line, text=text, cells=(*line.cells, cell))
        return place

    def add(self, rows: Sequence[Sequence[str]], key: int) -> None:
        """Add rows at their places.

        Where the file is sorted by its key in code points, it stays sorted; else the rows come
        last, in the order given.

        Parameters
        ----------
        rows
            Cells of the new rows, as many as the header has.
        key
            Place of the cell by which the file may be sorted.
        """
        keys = [cells[key] for _, cells in self.rows()][1:]
        if keys != sorted(keys):
            self._append(rows)
            return
        waiting = deque(sorted(rows, key=lambda cells: cells[key]))
        merged = self._lines[: self._top + 1]
        for line in self._lines[self._top + 1 :]:
            while any(line.cells) and waiting and waiting[0][key] < line.cells[key]:
                merged.append(self._line(waiting.popleft()))
            merged.append(line)
        self._lines = merged
        self._append(waiting)

    def content(self) -> bytes:
        """Return the file as it is to be written."""
        return (self._mark + "".join(line.text + line.end for line in self._lines)).encode()

    def _append(self, rows: Iterable[Sequence[str]]) -> None:
        new = [self._line(cells) for cells in rows]
        if new and self._lines and not self._lines[-1].end:
            self._lines[-1] = replace(self._lines[-1], end=self._end)
        self._lines += new

    def _line(self, cells: Sequence[str]) -> Line:
        return Line(_text(cells), self._end, tuple(cells))


def _lines(text: str) -> Iterator[Line]:
    taken: list[str] = []

    def physical() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    for cells in csv.reader(physical(), strict=True):
        raw = "".join(taken)
        taken.clear()
        bare = raw.removesuffix("\n").removesuffix("\r")
        yield Line(bare, raw[len(bare) :], tuple(cells))


def _text(cells: Sequence[str]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow(cells)  # quotes both \r and \n, since its own rows end in them
    return stream.getvalue().removesuffix("\r\n")
