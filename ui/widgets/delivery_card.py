"""One service (送达): which paper, how, to whom, when; what its way of service must note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from ui.widgets.entry_cards import EntryCard
from ui.widgets.text_labels import label, link, row_of
from workstation.domain.parties import Party
from workstation.operations.event_files import DeliveryRequest
from workstation.procedure.service_methods import ServiceMethod, ServiceRules

_IN_THIS_EVENT = 0
_REFUSED = "留置送达"
_DIRECT = "直接送达"
_PERSONAL = "本人"
_PARTICULARS = ("receiver", "receiver_role", "place", "officers", "refusal", "witness", "voucher")
_FURTHER = ("addressee", "note")


def paper_choice(form: str, occurrence: int = _IN_THIS_EVENT) -> str:
    """Return how a card names a paper: an issued one, or (0) the one issued with the event."""
    return f"{form}#{occurrence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTerms:
    """What services of a case start from; ``consent`` says where it stands with e-service."""

    rules: ServiceRules
    party: Party
    roles: tuple[str, ...]
    officers: tuple[str, ...]
    people: tuple[str, ...]
    consent: str

    def defaults(self) -> dict[str, str]:
        """Return the receiver, place and officers that service of this party usually has."""
        party = self.party
        represented = bool(party.representative) and bool(party.representative_label)
        role = party.representative_label if represented else _PERSONAL
        return {
            "receiver": party.representative if represented else party.name,
            "receiver_role": role if role in self.roles else next(iter(self.roles), ""),
            "place": party.address,
            "officers": "、".join(self.officers),
        }


class DeliveryCard(EntryCard):
    """A receipt (D56) is made from it when the event is recorded."""

    citation_activated = Signal(str)
    proof_wanted = Signal()

    def __init__(self, terms: ServiceTerms, papers: Mapping[str, str]) -> None:
        super().__init__("送达")
        self._terms = terms
        self._fields: tuple[str, ...] = ()
        self.says = label("", "muted", wraps=True)
        self.condition = label("", "warn", wraps=True)
        self.basis = link("")
        self.refused = link("当事人拒绝签收")
        self.more = link("受送达人、备注")
        self.proof = link("附照片、录像…")
        self.refused.setToolTip("改为留置送达，填写拒收事由和见证人（或者影像）")
        self.proof.setToolTip("选择送达过程的照片、录像，作为证据一并登记")
        for tool in (self.refused, self.proof, self.more):
            self.tools.addWidget(tool)
        self._build(papers)
        self.body.insertWidget(1, self.says)
        self.body.insertWidget(2, self.condition)
        self.body.insertLayout(3, row_of(self.basis, None))
        self.edited.connect(self._on_edited)
        self.basis.clicked.connect(lambda: self.citation_activated.emit(self._basis()))
        self.refused.clicked.connect(self.refuse)
        self.proof.clicked.connect(self.proof_wanted)
        self.more.clicked.connect(self._show_further)
        self.put(terms.defaults())
        self._show_method()

    def _build(self, papers: Mapping[str, str]) -> None:
        rows, terms = self.rows, self._terms
        rows.add_choice("paper", "送达的文书", papers, required=True)
        names = {method.name: method.name for method in terms.rules.methods}
        rows.add_choice("method", "送达方式", names, required=True)
        rows.add_day("at", "送达时间", required=True, with_time=True)
        rows.add_line("receiver", "签收人", required=True)
        roles = {role: role for role in terms.roles}
        rows.add_choice("receiver_role", "签收人身份", roles, required=True, editable=True)
        rows.add_line("place", "送达地点", required=True)
        rows.add_names("officers", "送达人", terms.people, required=True)
        rows.add_line("refusal", "拒收事由和日期")
        rows.add_line("witness", "见证人及其单位")
        rows.add_line("voucher", "凭证")
        rows.add_line("addressee", "受送达人", hint="不是当事人的填写，如举报人、案外人")
        rows.add_line("note", "备注")
        for name in _FURTHER:
            rows.set_row_visible(name, visible=False)

    def show_papers(self, papers: Mapping[str, str]) -> None:
        """Offer these papers; what was chosen stays while it is among them."""
        choice = self.rows.input("paper")
        if not isinstance(choice, QComboBox):
            return
        chosen = str(choice.currentData() or "")
        choice.blockSignals(True)
        choice.clear()
        for text, key in papers.items():
            choice.addItem(text, key)
        choice.setCurrentIndex(max(choice.findData(chosen), 0))
        choice.blockSignals(False)

    @property
    def method(self) -> ServiceMethod | None:
        """The way of service that is chosen."""
        return self._terms.rules.method(self.rows.text("method"))

    def _basis(self) -> str:
        return self.method.basis if self.method is not None else ""

    def _on_edited(self, name: str) -> None:
        self.rows.show_error(name, "")
        if name == "method":
            self._show_method()

    def _show_method(self) -> None:
        method = self.method
        if method is None:
            return
        self.says.setText(f"{method.says}送达日期：{method.served_on}。")
        consent = self._terms.consent if "D13" in method.condition else ""
        self.condition.setText(f"{method.condition}{consent}")
        self.condition.setVisible(bool(method.condition))
        self.basis.setText(f"依据 {method.basis}")
        self.basis.setAccessibleName(f"查看依据 {method.basis}")
        self.refused.setVisible(method.name == _DIRECT)
        asked = {field.key: field for field in method.fields}
        for name in _PARTICULARS:
            self.rows.set_row_visible(name, visible=name in asked)
            if name in asked:
                mark = " *" if asked[name].required else ""
                self.rows.set_label(name, f"{asked[name].label}{mark}")
        self._fields = tuple(asked)

    def refuse(self) -> None:
        """The receiver refused to sign: the paper is left, with reason and witness."""
        self.rows.put("method", _REFUSED)
        self.rows.input("refusal").setFocus()

    def _show_further(self) -> None:
        for name in _FURTHER:
            self.rows.set_row_visible(name, visible=True)
        self.rows.input(_FURTHER[0]).setFocus()

    @override
    def faults(self) -> int:
        """Show what its way of service still asks for and return how many inputs lack it."""
        method, found = self.method, 0
        for field in method.fields if method is not None else ():
            lacks = field.required and not self.rows.text(field.key)
            found += self._fault(field.key, "还没有填写" if lacks else "")
        if method is not None and method.either and not self._given(method.either):
            labels = "或者".join(f.label for f in method.fields if f.key in method.either)
            found += self._fault(method.either[0], f"{labels}，至少填写一项")
        unread = "" if self.rows.moment("at") else "看不懂这个时间，请写作 2026-09-21 10:20"
        found += self._fault("at", unread)
        return found + self._fault("paper", "" if self.rows.text("paper") else "请选择送达的文书")

    def _given(self, names: Sequence[str]) -> bool:
        return any(self.rows.text(name) for name in names)

    def _fault(self, name: str, message: str) -> int:
        self.rows.show_error(name, message)
        return int(bool(message))

    def request(self) -> DeliveryRequest | None:
        """Return the service as it is recorded, or None while its time can't be read."""
        at, text = self.rows.moment("at"), self.rows.text
        form, _, occurrence = text("paper").partition("#")
        if at is None or not form:
            return None
        given = {name: text(name) if name in self._fields else "" for name in _PARTICULARS}
        return DeliveryRequest(
            form=form,
            occurrence=int(occurrence or _IN_THIS_EVENT),
            method=text("method"),
            receiver=given["receiver"],
            receiver_role=given["receiver_role"],
            at=at,
            place=given["place"],
            officers=tuple(name for name in given["officers"].split("、") if name),
            refusal=given["refusal"],
            witness=given["witness"],
            voucher=given["voucher"],
            addressee=text("addressee"),
            note=text("note"),
        )
