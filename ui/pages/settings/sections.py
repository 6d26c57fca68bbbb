"""The sections of the settings page, in order; a new one is a module here and a line below."""

from ui.pages.settings.authority_section import AuthoritySection
from ui.pages.settings.holiday_section import HolidaySection
from ui.pages.settings.law_pack_section import LawPackSection
from ui.pages.settings.law_section import LawSection
from ui.pages.settings.matter_list_section import MatterListSection
from ui.pages.settings.notice_section import NoticeSection
from ui.pages.settings.office_sections import (
    bureau_section,
    deadline_rules_section,
    people_section,
    self_check_section,
)
from ui.pages.settings.parameters_section import ParametersSection
from ui.pages.settings.password_section import PasswordSection
from ui.pages.settings.phrase_section import PhraseSection
from ui.pages.settings.printer_section import PrinterSection
from ui.pages.settings.radar_section import RadarSection
from ui.pages.settings.section_entry import SectionEntry
from ui.pages.settings.template_section import TemplateSection

SECTIONS = (
    SectionEntry(key="bureau", title="机关", make=bureau_section),
    SectionEntry(key="people", title="人员与证件", make=people_section),
    SectionEntry(key="matters", title="权力事项", make=MatterListSection),
    SectionEntry(key="notices", title="清单导入与比较", make=NoticeSection),
    SectionEntry(key="authority", title="委托·赋权·柔性清单", make=AuthoritySection),
    SectionEntry(key="radar", title="修法雷达", make=RadarSection),
    SectionEntry(key="laws", title="法规库", make=LawSection),
    SectionEntry(key="law_packs", title="法规包", make=LawPackSection),
    SectionEntry(key="holidays", title="节假日", make=HolidaySection),
    SectionEntry(key="deadline_rules", title="期限规则", make=deadline_rules_section),
    SectionEntry(key="parameters", title="参数", make=ParametersSection),
    SectionEntry(key="passwords", title="登录口令", make=PasswordSection),
    SectionEntry(key="templates", title="文书模板", make=TemplateSection),
    SectionEntry(key="phrases", title="常用语", make=PhraseSection),
    SectionEntry(key="printers", title="打印机", make=PrinterSection),
    SectionEntry(key="self_check", title="自检", make=self_check_section),
)
