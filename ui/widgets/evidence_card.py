"""One piece of evidence taken in with an event, with its file where there is one."""

from datetime import date
from pathlib import Path

from typing_extensions import override

from ui.widgets.entry_cards import EntryCard
from workstation.domain.evidence import EvidenceKind
from workstation.operations.event_files import EvidenceRequest

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".mp4", ".mov", ".avi", ".mp3", ".wav"})
_NEEDED = ("name", "source", "obtained_by", "proves")


def kind_of_file(path: Path) -> EvidenceKind:
    """Return what a file usually is: a picture or recording, else a document."""
    if path.suffix.lower() in _PICTURES:
        return EvidenceKind.AUDIOVISUAL
    return EvidenceKind.DOCUMENTARY


class EvidenceCard(EntryCard):
    """What must be noted of a piece (行政处罚法§46); the file is copied when it is recorded."""

    def __init__(self, people: tuple[str, ...]) -> None:
        super().__init__("证据")
        rows = self.rows
        rows.add_line("name", "名称", required=True)
        rows.add_choice("kind", "种类", {kind.value: kind.value for kind in EvidenceKind})
        rows.add_line("source", "来源", required=True, hint="从何处、由谁提供，是否与原件核对")
        rows.add_names("obtained_by", "取得人", people, required=True)
        rows.add_day("obtained_on", "取得日期", required=True)
        rows.add_line("proves", "证明对象", required=True)
        rows.add_line("pages", "页数").setText("1")
        rows.add_line("file", "文件", hint="纸质的留空")
        self.edited.connect(lambda name: rows.show_error(name, ""))

    @override
    def faults(self) -> int:
        """Show what must still be noted and return how many inputs lack it."""
        problems = {n: "" if self.rows.text(n) else "还没有填写" for n in _NEEDED}
        unread = "看不懂这个日期，请写作 2026-09-21、9-21 或 今天"
        problems["obtained_on"] = "" if self.rows.day("obtained_on") else unread
        problems["pages"] = "" if self.rows.text("pages").isdigit() else "请写页数，如 2"
        file = self.rows.text("file")
        missing = bool(file) and not Path(file).is_file()
        problems["file"] = "没有这个文件，请重新选择" if missing else ""
        for name, problem in problems.items():
            self.rows.show_error(name, problem)
        return sum(map(bool, problems.values()))

    def request(self) -> EvidenceRequest:
        """Return the piece as it is recorded; ask for :meth:`faults` first."""
        text = self.rows.text
        return EvidenceRequest(
            name=text("name"),
            kind=text("kind"),
            source=text("source"),
            obtained_by=text("obtained_by"),
            obtained_on=self.rows.day("obtained_on") or date.today(),
            proves=text("proves"),
            pages=int(text("pages")),
            file=Path(text("file")) if text("file") else None,
        )
