"""What a search of the law keeps to: day, place and kind, and whether other words count too."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from ui.widgets.law_day_line import CaseDays, LawDayLine
from ui.widgets.text_labels import row_of
from workstation.legislation.regions import NATIONAL
from workstation.operations.search_office import EVERYWHERE

_EVERY_KIND = "全部种类"


class LawFilters(QWidget):
    """The filters in a row; ``widening`` is a box of its own that stands where there is room."""

    changed = Signal()

    def __init__(self, days: CaseDays | None = None) -> None:
        """``days`` tells the days of the case in view; None: no case beside."""
        super().__init__()
        self.day_line = LawDayLine(days)
        self.kind = QComboBox()
        self.kind.setAccessibleName("法规种类")
        self.kind.addItem(_EVERY_KIND)
        self.region = QComboBox()
        self.region.setAccessibleName("地区")
        self.region.addItem("不限地区", EVERYWHERE)
        self.region.addItem("只看全国", NATIONAL)
        self.widening = QCheckBox("扩展日常用语")
        self.widening.setChecked(True)
        self.widening.setToolTip("按日常说法、相应的法律用语也检索；不选则只按所写的词（Alt+W）")
        self.widening.setShortcut("Alt+W")
        self.setLayout(row_of(self.day_line, self.region, self.kind))
        self.day_line.changed.connect(self.changed)
        self.widening.toggled.connect(lambda _on: self.changed.emit())
        for choice in (self.kind, self.region):
            choice.currentIndexChanged.connect(lambda _place: self.changed.emit())

    def offer_kinds(self, kinds: tuple[str, ...]) -> None:
        """Offer the kinds there are; what was chosen stays where it is still there."""
        chosen = self.kind.currentText()
        blocked = self.kind.blockSignals(True)
        self.kind.clear()
        self.kind.addItems([_EVERY_KIND, *kinds])
        self.kind.setCurrentIndex(max(0, self.kind.findText(chosen)))
        self.kind.blockSignals(blocked)

    def offer_own(self, region: str) -> None:
        """Put the office's own region first and choose it."""
        if self.region.findData(region) < 0:
            self.region.insertItem(0, f"全国和{region}", region)
            self.region.setCurrentIndex(0)

    @property
    def as_of(self) -> date | None:
        """The day the texts must be in force on; None is today."""
        return self.day_line.as_of

    @property
    def chosen_kind(self) -> str | None:
        """The kind of instrument; None is all."""
        return self.kind.currentText() if self.kind.currentIndex() else None

    @property
    def chosen_region(self) -> str:
        """The place whose law is looked for."""
        return str(self.region.currentData())

    @property
    def as_typed(self) -> bool:
        """Whether no other words than those typed count."""
        return not self.widening.isChecked()
