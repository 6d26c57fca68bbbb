"""Putting the program together for one home folder; knows no screen."""

from workstation.archive.volume_order import load_volume_order
from workstation.documents.system_fonts import system_library
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
from workstation.operations.desk_printers import DeskPrinters
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
from workstation.operations.numbering import load_number_rules
from workstation.operations.numbers import NumberOperations
from workstation.operations.office import OfficeOperations
from workstation.operations.paper_remarks import PaperRemarkOperations
from workstation.operations.paper_texts import PaperTexts
from workstation.operations.papers import PaperMaker
from workstation.operations.parameters import ParameterOperations
from workstation.operations.phrases import PhraseOperations
from workstation.operations.pinned_articles import PinnedArticleOperations
from workstation.operations.print_batches.operations import BatchOperations
from workstation.operations.print_rules import load_print_rules
from workstation.operations.printer_settings import PrinterSettings
from workstation.operations.printing import PrintOperations
from workstation.operations.proofs import ProofOperations, ProofReader
from workstation.operations.read_backs import ReadBackOperations
from workstation.operations.recording import Recorder
from workstation.operations.rehearsals import RehearsalOperations
from workstation.operations.review_inbox import ReviewInboxOperations
from workstation.operations.review_rounds import ReviewRoundOperations
from workstation.operations.review_runs import ReviewRunOperations
from workstation.operations.reviews import ReviewOperations
from workstation.operations.ruling_reasons import RulingReasonOperations
from workstation.operations.search_memory import SearchMemory
from workstation.operations.search_office import SearchOffice
from workstation.operations.services import ServiceOperations
from workstation.operations.shelves.operations import ShelfOperations
from workstation.operations.shelves.searching import ShelfSearch
from workstation.operations.sign_ins import SignInOperations
from workstation.operations.similar_cases import SimilarCaseOperations
from workstation.operations.templates import TemplateOperations
from workstation.operations.value_traces import ValueTraceOperations
from workstation.operations.workstation import Workstation
from workstation.procedure import load_rules
from workstation.review.relation_table import load_relations
from workstation.settings import Home
from workstation.storage.blobs import BlobStore
from workstation.storage.database import Database

__all__ = ["Workstation", "open_workstation"]


def open_workstation(home: Home) -> Workstation:
    """Open the office of ``home``; the database is made or migrated where needed.

    Raises:
        WorkstationError: the database or a data file can't be used; each says what to do.
    """
    rules = load_rules(home.root)
    papers = PaperMaker(home.root, system_library(), BlobStore(home.blobs))
    order = load_volume_order(home.root)
    desk_printers = DeskPrinters(home.root)
    print_rules = load_print_rules(home.root, desk_printers)
    numbers = load_number_rules(home.root)
    database = Database.open(home)
    recorder = Recorder(rules=rules, numbers=numbers, papers=papers, blobs=database.blobs)
    forms = FormOperations(database, recorder)
    sign_ins = SignInOperations(database)
    law = LawOperations(home.legislation, home.root, SearchOffice(database))
    office = OfficeOperations(database, rules, law)
    deadlines = DeadlineOperations(database, rules)
    texts = PaperTexts(papers)
    printing = PrintOperations(database, forms, order, print_rules)
    interventions = InterventionOperations(database, sign_ins)
    citations = CaseCitationOperations(database, papers, law, home.root)
    reader = ProofReader(texts, load_relations(home.root))
    reviews = ReviewOperations(database, recorder, law, reader, home.root)
    reasons = RulingReasonOperations(database, reviews, law, rules, home.root)
    cases = CaseOperations(database, recorder)
    rounds = ReviewRoundOperations(database, recorder, cases, reviews, home.root)
    shelves = ShelfOperations(database, law)
    similar = SimilarCaseOperations(database, rules)
    lists = MatterListOperations(database, law, home.root)
    return Workstation(
        home=home,
        cases=cases,
        intake=IntakeOperations(database, recorder),
        links=CaseLinkOperations(database, recorder),
        forms=forms,
        law=law,
        archive=ArchiveOperations(database, recorder, forms, order),
        appraisals=AppraisalOperations(database, reviews, home.root),
        appraisal_papers=AppraisalPapers(database, papers, home.root),
        office=office,
        article_uses=ArticleUseOperations(database, papers.forms, law),
        shelves=shelves,
        shelf_search=ShelfSearch(database, papers.forms, home.legislation, home.root),
        searches=SearchMemory(home.root, law, office),
        parameters=ParameterOperations(database, rules),
        authorities=AuthorityOperations(database),
        law_packs=LawPackOperations(home.legislation, database, law),
        law_radar=LawRadarOperations(database, rules, law),
        case_search=CaseSearch(database, texts),
        case_tiers=CaseTierOperations(database),
        similar_cases=similar,
        sign_ins=sign_ins,
        interventions=interventions,
        matter_lists=lists,
        matter_sheets=MatterSheetOperations(lists, similar, shelves, law, papers.forms),
        deadlines=deadlines,
        services=ServiceOperations(database, rules, papers.forms),
        certificates=CertificateOperations(database, papers, deadlines, law, home.root),
        templates=TemplateOperations(database, papers),
        read_backs=ReadBackOperations(database, papers.forms),
        due=DueOperations(database, rules),
        holidays=HolidayOperations(database, rules),
        numbers=NumberOperations(database, numbers, papers.forms),
        printing=printing,
        printers=PrinterSettings(papers.forms, desk_printers, printing),
        batches=BatchOperations(database, forms, print_rules),
        merges=DraftMergeOperations(database, forms),
        traces=ValueTraceOperations(database, recorder),
        citations=citations,
        pinned_articles=PinnedArticleOperations(database, forms, law),
        reviews=reviews,
        review_rounds=rounds,
        capsules=CapsuleOperations(database, forms, reviews, citations, interventions, order),
        paper_remarks=PaperRemarkOperations(database, papers.forms, reviews),
        review_runs=ReviewRunOperations(database, reviews, law, home.root),
        proofs=ProofOperations(database, papers, reader, home.root),
        review_inbox=ReviewInboxOperations(database, rules),
        ruling_reasons=reasons,
        heat_maps=HeatMapOperations(database, reviews, reasons, papers.forms, rules),
        rehearsals=RehearsalOperations(database, papers, reviews, reasons, home.root),
        interviews=InterviewOperations(database, home.root),
        phrases=PhraseOperations(database, forms, law, home.root),
        database=database,
    )
