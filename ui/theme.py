"""Colours and type of the window: palette tokens, light and dark, and one short style sheet."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from workstation.data_files import resources_dir

UI_FONT_FILE = "NotoSansSC-Regular.ttf"
_PREFERRED = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")


class Scheme(StrEnum):
    """Light or dark."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours everything is painted with, as #RRGGBB; text on page and card is ≥ 4.5:1."""

    page: str
    card: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    ok: str
    warn: str
    error: str
    selection: str
    mark: str


LIGHT = Tokens(
    page="#F5F6F8",
    card="#FFFFFF",
    line="#DFE3E8",
    text="#1F2933",
    muted="#5F6B78",
    accent="#1F5FA8",
    on_accent="#FFFFFF",
    ok="#1E7B4D",
    warn="#9A5B00",
    error="#B3261E",
    selection="#DCE8F6",
    mark="#FFF1B8",
)
DARK = Tokens(
    page="#1B1F24",
    card="#23282F",
    line="#3A424C",
    text="#E6EAEF",
    muted="#9AA5B1",
    accent="#7DB3F2",
    on_accent="#10202F",
    ok="#6CCB95",
    warn="#E9B44C",
    error="#F28B82",
    selection="#2E4560",
    mark="#5C4B12",
)


def tokens_of(scheme: Scheme) -> Tokens:
    """Return the colours of a scheme."""
    return DARK if scheme is Scheme.DARK else LIGHT


def apply_theme(application: QApplication, scheme: Scheme, point_size: float = 10.5) -> Tokens:
    """Set style, palette, font and style sheet of the whole application; return the tokens."""
    tokens = tokens_of(scheme)
    application.setStyle("Fusion")
    application.setPalette(_palette(tokens))
    application.setFont(_font(point_size))
    sheet = (resources_dir() / "qss" / "window.qss").read_text(encoding="utf-8")
    for name in Tokens.__slots__:
        sheet = sheet.replace(f"@{name}@", getattr(tokens, name))
    icons = (resources_dir() / "icons").as_posix()
    application.setStyleSheet(sheet.replace("@icons@", icons))
    application.setProperty("scheme", scheme.value)
    return tokens


def current_tokens() -> Tokens:
    """Return the colours the application was last given."""
    application = QApplication.instance()
    scheme = application.property("scheme") if application else None
    return tokens_of(Scheme(scheme) if scheme else Scheme.LIGHT)


def register_ui_font() -> str:
    """Make the bundled sans face known to Qt and return its family."""
    path = resources_dir() / "fonts" / UI_FONT_FILE
    number = QFontDatabase.addApplicationFont(str(path))
    families = QFontDatabase.applicationFontFamilies(number)
    return families[0] if families else ""


def _font(point_size: float) -> QFont:
    installed = set(QFontDatabase.families())
    bundled = register_ui_font()
    family = next((name for name in _PREFERRED if name in installed), bundled)
    font = QFont([family, bundled] if bundled and bundled != family else [family])
    font.setPointSizeF(point_size)
    return font


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.page,
        role.Base: tokens.card,
        role.AlternateBase: tokens.page,
        role.Button: tokens.card,
        role.Text: tokens.text,
        role.WindowText: tokens.text,
        role.ButtonText: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Highlight: tokens.selection,
        role.HighlightedText: tokens.text,
        role.ToolTipBase: tokens.card,
        role.ToolTipText: tokens.text,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Mid: tokens.line,
        role.Midlight: tokens.line,
        role.Light: tokens.card,
        role.Dark: tokens.line,
        role.Shadow: tokens.line,
    }
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.muted))
    return palette
