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

    def of(self, form: FormDefinition) -> PrintRule:
        """Return the rule of a form."""
        merged = (
            dict(self.page)
            | dict(self.kinds.get(form.kind.value, {}))
            | dict(self.forms.get(form.id, {}))
        )
        copies = merged.get("copies") or {"存档": form.copies}
        return PrintRule(
            copies=tuple((str(name), int(count)) for name, count in copies.items()),
            duplex=bool(merged.get("duplex", True)),
            tray=str(merged.get("tray", "")),
            supersedes=bool(merged.get("supersedes", False)),
            printer=str(merged.get("printer", "")),
        )


def load_print_rules(home: Path | None = None) -> PrintRules:
    """Read the bureau's rules, else the shipped ones.

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
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        message = f"打印规则文件“{path.name}”有误：{error}。"
        raise DataFileError(
            message, hint="请改正该文件，或删除本局自有的版本以恢复默认规则。"
        ) from error
