"""The least number of records that each table must have."""

from pathlib import Path

from zsgraph.errors import KnowledgeError
from zsgraph.findings import Finding, Message, Severity

FILE = "expectations.yaml"


def check_counts(data: Path, rows: dict[str, int]) -> list[Finding]:
    """Compare the records of each table with ``expectations.yaml`` beside them.

    Parameters
    ----------
    data
        Folder of the records; without the file nothing is expected.
    rows
        Number of records by table.

    Raises
    ------
    KnowledgeError
        If the file is not a mapping from table to number.
    """
    path = data / FILE
    if not path.is_file():
        return []
    import yaml

    try:
        expected = yaml.safe_load(path.read_text(encoding="utf-8"))
        least = {str(table): int(count) for table, count in expected.items()}
    except (yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        raise KnowledgeError(
            f"{FILE} 不是“表: 数字”的清单：{error}。请改正。",
            f"{FILE} is not a list of “table: number”: {error}. Mend it.",
        ) from None
    return [
        Finding(
            Severity.ERROR,
            "expectations",
            Message(
                f"表 {table} 只有 {rows.get(table, 0)} 条记录，至少应有 {count} 条。",
                f"Table {table} has {rows.get(table, 0)} records, at least {count} are expected.",
            ),
            file=f"{table}.csv",
            advice=Message(
                f"找回缺少的记录；确属删减时改 {FILE}。",
                f"Bring the missing records back; change {FILE} only if they are meant to go.",
            ),
        )
        for table, count in least.items()
        if rows.get(table, 0) < count
    ]
