"""Answers as data frames of pandas and polars and as Parquet, with real types.

Standard: Apache Parquet (https://parquet.apache.org/docs/file-format/)
"""

import io
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from zsgraph.column_kinds import kind_of
from zsgraph.errors import UsageError

if TYPE_CHECKING:
    import pandas
    import polars

    from zsgraph.answers import Answer

_PANDAS: Final = {
    "resource": "category",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "datetime": "datetime64[us, UTC]",
    "date": "datetime64[s]",
    "text": "string",
    "list": "object",
}
_LABEL: Final = "Label"


def to_pandas(answer: "Answer", *, labels: bool = True) -> "pandas.DataFrame":
    """Return an answer as a data frame of pandas.

    Parameters
    ----------
    answer
        The answer.
    labels
        Whether resources are shown by what they are called, else by their IRI.

    Returns
    -------
    pandas.DataFrame
        Columns bear the names of the variables; resources are categories, whole numbers ``Int64``,
        dates ``datetime64``.  ``attrs`` holds the headings by column and the name of the query.

    Raises
    ------
    UsageError
        If pandas is not installed.
    """
    pd = _needed("pandas")
    frame = pd.DataFrame(
        {name: _series(pd, kind, values) for name, kind, values in _columns(answer, labels=labels)}
    )
    frame.attrs = {
        "query": answer.query.name,
        "headings": dict(zip(frame.columns, answer.headings, strict=True)),
    }
    return frame


def to_polars(answer: "Answer", *, labels: bool = True) -> "polars.DataFrame":
    """Return an answer as a data frame of polars.

    Parameters
    ----------
    answer
        The answer.
    labels
        Whether resources are shown by what they are called, else by their IRI.

    Returns
    -------
    polars.DataFrame
        Columns bear the names of the variables; resources are ``Categorical``, dates ``Date``,
        lists ``List(String)``.

    Raises
    ------
    UsageError
        If polars is not installed.
    """
    pl = _needed("polars")
    types = {
        "resource": pl.Categorical,
        "integer": pl.Int64,
        "number": pl.Float64,
        "boolean": pl.Boolean,
        "datetime": pl.Datetime("us", "UTC"),
        "date": pl.Date,
        "text": pl.String,
        "list": pl.List(pl.String),
    }
    return pl.DataFrame(  # type: ignore[no-any-return]
        [
            pl.Series(name, values, dtype=types[kind], strict=False)
            for name, kind, values in _columns(answer, labels=labels)
        ]
    )


def to_parquet(answer: "Answer") -> bytes:
    """Return an answer as a Parquet file.

    A resource is its IRI, with its label in the column named after it with ``Label``; the heading
    of each column is in the metadata of its field.

    Raises
    ------
    UsageError
        If pyarrow is not installed.
    """
    pa = _needed("pyarrow")
    parquet = import_module("pyarrow.parquet")
    types = {
        "resource": pa.dictionary(pa.int32(), pa.string()),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "datetime": pa.timestamp("us", "UTC"),
        "date": pa.date32(),
        "text": pa.string(),
        "list": pa.list_(pa.string()),
    }
    fields, arrays = [], []
    shown = dict(zip((c.name for c in answer.columns), answer.headings, strict=True))
    named = {name: values for name, kind, values in _columns(answer) if kind == "resource"}
    for name, kind, values in _columns(answer, labels=False):
        columns = {name: values} | ({name + _LABEL: named[name]} if name in named else {})
        for column, cells in columns.items():
            fields.append(pa.field(column, types[kind], metadata={"heading": shown[name]}))
            arrays.append(pa.array(cells, types[kind]))
    metadata = {"query": answer.query.name, "language": answer.language}
    stream = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata)), stream)
    return stream.getvalue()


def _columns(answer: "Answer", *, labels: bool = True) -> list[tuple[str, str, list[Any]]]:
    """Return name, kind and values of each column."""
    kinds = {
        column.name: kind_of(column, (row[place] for row in answer.terms))
        for place, column in enumerate(answer.columns)
    }
    records = answer.rows
    return [
        (name, kind, [_cell(record[name], kind, labels=labels) for record in records])
        for name, kind in kinds.items()
    ]


def _cell(value: Any, kind: str, *, labels: bool) -> Any:
    if value is None:
        return None
    if kind == "list":
        return [_text(member, labels=labels) for member in value]
    if kind == "datetime" and value.tzinfo is None:
        from datetime import UTC

        return value.replace(tzinfo=UTC)
    if kind in ("resource", "text"):
        return _text(value, labels=labels)
    return float(value) if kind == "number" else value


def _text(value: Any, *, labels: bool) -> str:
    return str(getattr(value, "label", value)) if labels else str(value)


def _series(pd: Any, kind: str, values: list[Any]) -> Any:
    if kind == "date":
        try:
            return pd.Series(pd.to_datetime(pd.Series(values, dtype="object")), dtype=_PANDAS[kind])
        except (pd.errors.OutOfBoundsDatetime, OverflowError):
            return pd.Series(values, dtype="object")
    return pd.Series(values, dtype=_PANDAS[kind])


def _needed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        extra = {"pyarrow": "parquet"}.get(name, name)
        raise UsageError(
            f"需要 {name}，它没有安装。请运行：pip install 'zsgraph[{extra}]'",
            f"{name} is needed and not installed. Run: pip install 'zsgraph[{extra}]'",
        ) from None
