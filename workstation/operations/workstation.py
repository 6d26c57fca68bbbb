"""The whole of what a user can do with one home folder, in one record."""

from dataclasses import dataclass

from workstation.operations.appraisal_papers import AppraisalPapers
from workstation.operations.appraisals import AppraisalOperations
from workstation.operations.archive import ArchiveOperations
from workstation.operations.article_uses import ArticleUseOperations
from workstation.operations.authorities import AuthorityOperations
from workstation.operations.capsules.operations import CapsuleOperations
from workstation.operations.case_citations import CaseCitationOperations
from workstation.operations.case_links import CaseLinkOperations
from workstation.operations.case_search import CaseSearch
from workstation.operations.case_tiers import CaseTierOperations
from workstation.operations.cases import CaseOperations
from workstation.operations.certificates import CertificateOperations
from workstation.operations.deadlines import DeadlineOperations
from workstation.operations.draft_merges import DraftMergeOperations
from workstation.operations.due_board import DueOperations
from workstation.operations.forms import FormOperations
from workstation.operations.heat_maps import HeatMapOperations
from workstation.operations.holidays import HolidayOperations
from workstation.operations.intake import IntakeOperations
from workstation.operations.interventions import InterventionOperations
from workstation.operations.interviews import InterviewOperations
from workstation.operations.law import LawOperations
from workstation.operations.law_packs import LawPackOperations
from workstation.operations.law_radar import LawRadarOperations
from workstation.operations.matter_lists.operations import MatterListOperations
from workstation.operations.matter_sheets import MatterSheetOperations
from workstation.operations.numbers import NumberOperations
from workstation.operations.office import OfficeOperations
from workstation.operations.paper_remarks import PaperRemarkOperations
from workstation.operations.parameters import ParameterOperations
from workstation.operations.phrases import PhraseOperations
from workstation.operations.pinned_articles import PinnedArticleOperations
from workstation.operations.print_batches.operations import BatchOperations
from workstation.operations.printer_settings import PrinterSettings
from workstation.operations.printing import PrintOperations
from workstation.operations.proofs import ProofOperations
from workstation.operations.read_backs import ReadBackOperations
from workstation.operations.rehearsals import RehearsalOperations
from workstation.operations.review_inbox import ReviewInboxOperations
from workstation.operations.review_rounds import ReviewRoundOperations
from workstation.operations.review_runs import ReviewRunOperations
from workstation.operations.reviews import ReviewOperations
from workstation.operations.ruling_reasons import RulingReasonOperations
from workstation.operations.search_memory import SearchMemory
from workstation.operations.services import ServiceOperations
from workstation.operations.shelves.operations import ShelfOperations
from workstation.operations.shelves.searching import ShelfSearch
from workstation.operations.sign_ins import SignInOperations
from workstation.operations.similar_cases import SimilarCaseOperations
from workstation.operations.templates import TemplateOperations
from workstation.operations.value_traces import ValueTraceOperations
from workstation.settings import Home
from workstation.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Workstation:
    """Everything a user can do with one home folder."""

    home: Home
    cases: CaseOperations
    intake: IntakeOperations
    links: CaseLinkOperations
    forms: FormOperations
    law: LawOperations
    archive: ArchiveOperations
    appraisals: AppraisalOperations
    appraisal_papers: AppraisalPapers
    office: OfficeOperations
    deadlines: DeadlineOperations
    services: ServiceOperations
    certificates: CertificateOperations
    due: DueOperations
    holidays: HolidayOperations
    parameters: ParameterOperations
    authorities: AuthorityOperations
    law_packs: LawPackOperations
    law_radar: LawRadarOperations
    case_search: CaseSearch
    case_tiers: CaseTierOperations
    similar_cases: SimilarCaseOperations
    article_uses: ArticleUseOperations
    shelves: ShelfOperations
    shelf_search: ShelfSearch
    searches: SearchMemory
    sign_ins: SignInOperations
    interventions: InterventionOperations
    matter_lists: MatterListOperations
    matter_sheets: MatterSheetOperations
    templates: TemplateOperations
    read_backs: ReadBackOperations
    numbers: NumberOperations
    printing: PrintOperations
    printers: PrinterSettings
    batches: BatchOperations
    merges: DraftMergeOperations
    traces: ValueTraceOperations
    citations: CaseCitationOperations
    pinned_articles: PinnedArticleOperations
    reviews: ReviewOperations
    review_runs: ReviewRunOperations
    review_rounds: ReviewRoundOperations
    proofs: ProofOperations
    review_inbox: ReviewInboxOperations
    heat_maps: HeatMapOperations
    ruling_reasons: RulingReasonOperations
    rehearsals: RehearsalOperations
    interviews: InterviewOperations
    capsules: CapsuleOperations
    paper_remarks: PaperRemarkOperations
    phrases: PhraseOperations
    database: Database

    def close(self) -> None:
        """Close the database, the statutes and the process of the bureau's own templates."""
        self.templates.close()
        self.law.close()
        self.database.close()
