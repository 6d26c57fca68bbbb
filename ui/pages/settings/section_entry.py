"""What a section of the settings page is."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionEntry:
    """A section: its key, the title in the list, and what makes its widget when first opened.

    The widget re-reads by itself what the bus says was touched. Where it has them, the page
    passes on its signals ``citation_activated(str, object)`` and ``case_opened(str)``, and
    Ctrl+F inside it goes to its ``find_box``.
    """

    key: str
    title: str
    make: Callable[[Desk], QWidget]
