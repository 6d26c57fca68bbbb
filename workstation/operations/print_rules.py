"""How each form is printed: copies and whom they go to, printer, tray, sides, stamps across pages.

The rules are data in ``templates/printing.toml``; a form's own entry wins over that of its kind.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workstation.data_files import overlay
from workstation.documents.forms import FormDefinition
from workstation.errors import DataFileError
from workstation.operations.desk_printers import DEFAULT, DeskPrinters

_DRAFT_COPIES = (("核稿", 1),)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRule:
    """How one form is printed; ``copies`` says how many go to whom, ``tray`` is a media-source.

    ``printer`` is the one printer for it, empty for the printer the user chooses.
    ``supersedes``: a further paper of the form makes what was printed before out of date.
    """

    copies: tuple[tuple[str, int], ...]
    duplex: bool
    tray: str
    supersedes: bool
    printer: str = ""

    @property
    def total(self) -> int:
        """All copies together."""
        return sum(count for _, count in self.copies)

    def for_draft(self) -> "PrintRule":
        """Return the rule of a draft of the form: one copy to check, superseding nothing."""
        return replace(self, copies=_DRAFT_COPIES, supersedes=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRules:
    """The rules of an office; ``qr`` puts a code on every page unless the call says otherwise."""

    qr: bool
    across_pages: bool
    page: Mapping[str, Any]
    kinds: Mapping[str, Mapping[str, Any]]
    forms: Mapping[str, Mapping[str, Any]]
    desk: DeskPrinters | None = None

    def of(self, form: FormDefinition) -> PrintRule:
        """Return the rule of a form; what the desk set wins over the bureau's rule for it.

        Raises:
            DataFileError: the desk's file of printers can't be read.
        """
        merged = (
            self._page()
            | dict(self.kinds.get(form.kind.value, {}))
            | dict(self.forms.get(form.id, {}))
            | self._of_desk(form.id)
        )
        return _rule(merged, {"存档": form.copies})

    def default(self) -> PrintRule:
        """Return what holds for forms that no rule names.

        Raises:
            DataFileError: the desk's file of printers can't be read.
        """
        return _rule(self._page(), {})

    def _page(self) -> dict[str, Any]:
        return dict(self.page) | self._of_desk(DEFAULT)

    def _of_desk(self, key: str) -> dict[str, Any]:
        return dict(self.desk.rule(key)) if self.desk is not None else {}


def _rule(merged: Mapping[str, Any], copies: Mapping[str, int]) -> PrintRule:
    wanted = merged.get("copies") or copies
    return PrintRule(
        copies=tuple((str(name), int(count)) for name, count in wanted.items()),
        duplex=bool(merged.get("duplex", True)),
        tray=str(merged.get("tray", "")),
        supersedes=bool(merged.get("supersedes", False)),
        printer=str(merged.get("printer", "")),
    )


def load_print_rules(home: Path | None = None, desk: DeskPrinters | None = None) -> PrintRules:
    """Read the bureau's rules, else the shipped ones; ``desk`` is what this desk set.

    Raises:
        DataFileError: the file is malformed.
    """
    path = overlay("templates/printing.toml", home)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        page = dict(data["page"])
        return PrintRules(
            qr=bool(page.pop("qr", False)),
            across_pages=bool(page.pop("across_pages", True)),
            page=page,
            kinds=data.get("kinds", {}),
            forms=data.get("forms", {}),
            desk=desk,
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        message = f"打印规则文件“{path.name}”有误：{error}。"
        raise DataFileError(
            message, hint="请改正该文件，或删除本局自有的版本以恢复默认规则。"
        ) from error
