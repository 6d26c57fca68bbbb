"""From a matter to its law, its tiers, what was decided before, and the forms that print it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workstation.documents.forms import FormCatalogue, FormDefinition
from workstation.documents.value_paths import value_paths
from workstation.domain.cases import JsonValue
from workstation.domain.matters import Matter
from workstation.domain.shelves import Shelf, ShelfText
from workstation.errors import InvalidInputError
from workstation.legislation.law_records import ArticleView
from workstation.operations.law import LawOperations
from workstation.operations.matter_lists.operations import MatterListOperations
from workstation.operations.shelves.operations import ShelfOperations
from workstation.operations.similar_cases import SimilarCaseOperations, SimilarCases

_ROOT = "matter"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterArticle:
    """An article the matter rests on, and as what; ``article`` is None where it is not at hand.

    ``note`` says why the text is not law on the day, or is missing.
    """

    role: str
    citation: str
    article: ArticleView | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterSheet:
    """One matter as of a day; ``similar`` are the office's own closed cases, never advice.

    ``texts`` are decisions and notes that name the matter; ``forms`` print something of it, in
    the order of the steps.
    """

    matter: Matter
    as_of: date
    articles: tuple[MatterArticle, ...]
    similar: SimilarCases
    texts: tuple[ShelfText, ...]
    forms: tuple[FormDefinition, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the sheet as ``matters sheet`` prints it."""
        return {
            "code": self.matter.code,
            "name": self.matter.name,
            "as_of": self.as_of.isoformat(),
            "articles": [
                {
                    "role": found.role,
                    "citation": found.citation,
                    "text": found.article.text if found.article else "",
                    "note": found.note,
                }
                for found in self.articles
            ],
            "tiers": [
                {
                    "name": tier.name,
                    "condition": tier.condition,
                    "fine_min": str(tier.fine_min),
                    "fine_max": str(tier.fine_max),
                }
                for tier in self.matter.tiers
            ],
            "similar": self.similar.as_json(),
            "texts": [{"code": t.code, "title": t.title, "kind": t.kind} for t in self.texts],
            "forms": [{"id": f.id, "title": f.title, "step": f.step} for f in self.forms],
        }


class MatterSheetOperations:
    """Only reads; safe to call from any thread."""

    def __init__(
        self,
        lists: MatterListOperations,
        similar: SimilarCaseOperations,
        shelves: ShelfOperations,
        law: LawOperations,
        forms: FormCatalogue,
    ) -> None:
        self._lists = lists
        self._similar = similar
        self._shelves = shelves
        self._law = law
        self._forms = forms

    def of_matter(
        self, code: str, facts: Mapping[str, JsonValue] | None = None, day: date | None = None
    ) -> MatterSheet:
        """Return a matter with all it leads to; ``facts`` (情节) narrow the similar cases.

        Raises:
            InvalidInputError: the office has no such matter on the day (None: today).
        """
        as_of = day or date.today()
        matter = next((m for m in self._lists.versions(code) if m.holds_on(as_of)), None)
        if matter is None:
            message = f"{as_of.isoformat()} 没有有效的事项“{code}”。"
            raise InvalidInputError(message, hint="请核对编码和日期，或者导入事项清单。")
        self._law.open_texts()
        return MatterSheet(
            matter=matter,
            as_of=as_of,
            articles=tuple(self._articles(matter, as_of)),
            similar=self._similar.of_matter(code, facts or {}, as_of),
            texts=tuple(
                text
                for shelf in (Shelf.CASES, Shelf.NOTES)
                for text in self._shelves.texts(shelf, matter=code)
            ),
            forms=tuple(
                sorted(
                    (form for form in self._forms if _prints_matter(form)),
                    key=lambda form: (form.step, form.id),
                )
            ),
        )

    def _articles(self, matter: Matter, day: date) -> list[MatterArticle]:
        named = {
            "违反条款": (matter.violated, *matter.violated_also),
            "处罚条款": (matter.penalty, *matter.penalty_also),
            "强制措施依据": (matter.coercion,),
        }
        found = []
        for role, references in named.items():
            for reference in references:
                if reference is None:
                    continue
                checked = self._law.examine(reference, day)
                found.append(
                    MatterArticle(
                        role=role,
                        citation=str(reference),
                        article=checked.article,
                        note=checked.message,
                    )
                )
        return found


def _prints_matter(form: FormDefinition) -> bool:
    """Tell whether a form takes something from the matter, in a field or in its own words."""
    sources = (form.body, *(field.default for field in form.fields))
    return any(_ROOT in source and value_paths(source, _is_of_matter) for source in sources)


def _is_of_matter(path: str) -> bool:
    return path.partition(".")[0] == _ROOT
