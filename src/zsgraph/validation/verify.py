"""Verify queries: rules over the whole graph; each row that one returns is a finding."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from zsgraph.errors import KnowledgeError
from zsgraph.findings import Finding, Message, Severity
from zsgraph.labels import labels_of, local_name
from zsgraph.namespaces import PREFIXES
from zsgraph.queries import expand
from zsgraph.query_header import QueryFile, read_query_file
from zsgraph.sparql.faults import in_file, syntax_error
from zsgraph.store import ask
from zsgraph.validation.findings import Places

FOCUS: Final = "focus"
_Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Row = dict[str, _Value]


def verify(store: ox.Store, folder: Path, places: Places) -> list[Finding]:
    """Run all verify queries of a folder.

    Parameters
    ----------
    store
        The loaded graph.
    folder
        Folder of ``.rq`` files.  Each selects the offender as ``?focus``; its header gives
        ``severity`` and a ``message`` in both languages with ``{variable}`` placeholders, and may
        list as ``about`` the properties whose cell is at fault, of which the first counts that
        the record has a column for.
    places
        Knows in which file and row a record stands.

    Raises
    ------
    KnowledgeError
        If a query or its header cannot be used.
    """
    return [
        finding
        for path in sorted(folder.glob("*.rq"))
        for rule in [VerifyQuery(read_query_file(path))]
        for finding in rule.findings(rule.rows(store), store, places)
    ]


class VerifyQuery:
    """A verify query, ready to be asked.

    Parameters
    ----------
    query
        Its file.

    Raises
    ------
    KnowledgeError
        If its header lacks severity or message.
    """

    def __init__(self, query: QueryFile) -> None:
        self.query = query
        try:
            self._severity = Severity(query.header["severity"])
            self._zh, self._en = (query.header["message"][name] for name in ("zh", "en"))
            self._paths = [expand(str(name)) for name in query.header.get("about") or ()]
        except (KeyError, TypeError, ValueError):
            raise KnowledgeError(
                f"{query.path.name} 的头部缺少 severity（error、warning 或 info）或"
                "中英文 message。",
                f"The header of {query.path.name} lacks severity (error, warning or info) or a "
                "message in Chinese and English.",
            ) from None

    def rows(self, store: ox.Store) -> list[Row]:
        """Return the rows that the query finds in a store.

        Raises
        ------
        KnowledgeError
            If it is not a SELECT query.
        """
        path = self.query.path
        try:
            answers = ask(store, self.query.text)
        except SyntaxError as error:
            raise in_file(path, syntax_error(self.query.text, str(error), PREFIXES)) from None
        if not isinstance(answers, ox.QuerySolutions):
            raise KnowledgeError(
                f"{path.name} 不是 SELECT 查询。", f"{path.name} is not a SELECT query."
            )
        names = [variable.value for variable in answers.variables]
        return [{name: solution[name] for name in names} for solution in answers]

    def findings(self, rows: list[Row], store: ox.Store, places: Places) -> Iterator[Finding]:
        """Return the findings that rows are.

        Parameters
        ----------
        rows
            What :meth:`rows` returned.
        store
            The graph that has the labels of what they name.
        places
            Knows in which file and row a record stands; where the offender itself stands nowhere,
            another record that the row names is taken.
        """
        query = self.query
        shown = {language: _shown(store, rows, language) for language in ("zh", "en")}
        for row, values_zh, values_en in zip(rows, shown["zh"], shown["en"], strict=True):
            named = [v.value for v in row.values() if isinstance(v, ox.NamedNode)]
            focus = row[FOCUS].value if isinstance(row.get(FOCUS), ox.NamedNode) else ""  # type: ignore[union-attr]
            place = places.concerning([focus, *named])
            column, value = place.cell(self._paths) if place else (None, None)
            yield Finding(
                severity=self._severity,
                rule=f"verify/{query.name}",
                message=Message(
                    _filled(query, self._zh, values_zh), _filled(query, self._en, values_en)
                ),
                file=place.file if place else None,
                row=place.row if place else None,
                column=column,
                value=value,
                sheet=place.sheet if place else None,
                focus=focus or None,
            )


def _shown(store: ox.Store, rows: list[Row], language: str) -> list[dict[str, str]]:
    """Return the values of all rows as people read them: resources by label and id."""
    resources = [v.value for row in rows for v in row.values() if isinstance(v, ox.NamedNode)]
    labels = labels_of(store, resources, language)
    return [{name: _text(term, labels) for name, term in row.items()} for row in rows]


def _filled(query: QueryFile, message: str, values: dict[str, str]) -> str:
    try:
        return message.format_map(values)
    except (KeyError, IndexError, ValueError) as error:
        raise KnowledgeError(
            f"{query.path.name} 的 message 用了查询没有选出的变量：{error}。",
            f"The message of {query.path.name} uses a variable that the query does not select: "
            f"{error}.",
        ) from None


def _text(term: _Value, labels: dict[str, str]) -> str:
    if isinstance(term, ox.NamedNode):
        name = local_name(term.value)
        return f"{labels[term.value]} ({name})" if term.value in labels else name
    return term.value if isinstance(term, ox.Literal) else ""
