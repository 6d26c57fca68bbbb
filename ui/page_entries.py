"""The pages of the rail beside the cases, in order."""

from ui.main_window import PageEntry
from ui.pages.archive_page import ArchivePage
from ui.pages.due_page import DuePage
from ui.pages.law_page import LawPage
from ui.pages.ledgers_page import LedgersPage
from ui.pages.review_inbox_page import ReviewInboxPage
from ui.pages.settings_page import SettingsPage

ENTRIES = (
    PageEntry(key="due", title="待办", icon="due", shortcut="F3", make=DuePage),
    PageEntry(key="review", title="审核", icon="review", shortcut="F4", make=ReviewInboxPage),
    PageEntry(key="law", title="e助理", icon="law", shortcut="F5", make=LawPage),
    PageEntry(key="archive", title="档案", icon="archive", shortcut="F6", make=ArchivePage),
    PageEntry(key="ledger", title="台账", icon="ledger", shortcut="F7", make=LedgersPage),
    PageEntry(key="settings", title="设置", icon="settings", shortcut="F8", make=SettingsPage),
)
