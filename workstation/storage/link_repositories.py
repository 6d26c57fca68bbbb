"""Links between cases, and who stands on the other end."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workstation.domain.case_links import CaseLink, LinkedCase, LinkKind
from workstation.storage.base_row import columns_of, record_of
from workstation.storage.case_rows import CaseOverviewRow
from workstation.storage.link_rows import CaseLinkRow

_RELATIONS = {
    (LinkKind.SPLIT, True): "由本案分出",
    (LinkKind.SPLIT, False): "本案由其分出",
    (LinkKind.JOINED, True): "本案并入其中",
    (LinkKind.JOINED, False): "并入本案",
}
_SIBLING = "同案分出"


class CaseLinkRepository:
    """Links are only added."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, link: CaseLink) -> None:
        """Tie two cases together."""
        self._session.add(CaseLinkRow(**columns_of(link)))
        self._session.flush()

    def of_case(self, case_id: str) -> tuple[LinkedCase, ...]:
        """Return the cases tied to ``case_id``, the earliest link first.

        Cases that were split off from the same case are siblings and stand here too.
        """
        links = self._links(case_id)
        found: dict[str, tuple[CaseLink, str]] = {}
        for link in links:
            out = link.case_id == case_id
            other = link.other_id if out else link.case_id
            found.setdefault(other, (link, _RELATIONS[link.kind, out]))
        for link in links:
            if link.kind is LinkKind.SPLIT and link.other_id == case_id:
                for sibling in self._links(link.case_id):
                    if sibling.kind is LinkKind.SPLIT and sibling.case_id == link.case_id:
                        found.setdefault(sibling.other_id, (sibling, _SIBLING))
        found.pop(case_id, None)
        return self._shown(found)

    def _links(self, case_id: str) -> list[CaseLink]:
        either = or_(CaseLinkRow.case_id == case_id, CaseLinkRow.other_id == case_id)
        rows = self._session.scalars(select(CaseLinkRow).where(either).order_by(CaseLinkRow.id))
        return [record_of(CaseLink, row) for row in rows]

    def _shown(self, found: dict[str, tuple[CaseLink, str]]) -> tuple[LinkedCase, ...]:
        if not found:
            return ()
        query = select(CaseOverviewRow).where(CaseOverviewRow.case_id.in_(found))
        rows = {row.case_id: row for row in self._session.scalars(query)}
        return tuple(
            LinkedCase(
                id=other,
                number=rows[other].number,
                title=rows[other].title,
                party=rows[other].party,
                relation=relation,
                made_on=link.made_on,
                last_event=rows[other].last_event,
            )
            for other, (link, relation) in found.items()
        )
