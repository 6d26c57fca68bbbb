"""The party (当事人) as it is typed: the fields its kind has, checked while typing."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from ui.widgets.input_rows import InputRows
from workstation.domain.identity_numbers import check_credit_code, check_identity_number
from workstation.domain.parties import Party, PartyKind
from workstation.errors import WorkstationError

_REPRESENTED = {
    PartyKind.LEGAL_PERSON: "法定代表人",
    PartyKind.ORGANIZATION: "主要负责人",
    PartyKind.SOLE_TRADER_NAMED: "经营者",
}
_REPRESENTATIVE = ("representative", "representative_title", "representative_number")
_PERSONS = {PartyKind.CITIZEN, PartyKind.SOLE_TRADER_UNNAMED}
# One without a trade name is named as a person, and still has a licence.
_LICENSED_PERSON = PartyKind.SOLE_TRADER_UNNAMED
_NAMELESS = "请填写证照上的名称；尚未查明的，选择“身份不明”并写明特征。"


class PartyRows(InputRows):
    """Asks of each kind of party only what it has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kinds = {kind.value: kind.value for kind in PartyKind}
        self.add_choice("kind", "当事人类型", kinds, required=True).setCurrentText("法人")
        self.add_line("name", "名称或姓名", required=True)
        self.add_line("number", "统一社会信用代码")
        self.add_line("address", "住所")
        self.add_line("phone", "联系电话")
        self.add_line("representative", "法定代表人")
        self.add_line("representative_title", "职务")
        self.add_line("representative_number", "其公民身份号码")
        self.add_line("guardian", "监护人", hint="不满十八周岁的填写")
        self.add_line("registration_number", "营业执照注册号")
        self.add_text("description", "身份不明者的特征")
        self._on_kind_changed()
        self.changed.connect(self._on_changed)

    def kind(self) -> PartyKind:
        """Return the kind that is chosen."""
        return PartyKind(self.text("kind"))

    def asked(self) -> tuple[str, ...]:
        """Return the names of the fields that a party of the chosen kind has."""
        kind = self.kind()
        only = {
            "number": kind is not PartyKind.UNIDENTIFIED,
            "guardian": kind is PartyKind.CITIZEN,
            "registration_number": kind is _LICENSED_PERSON,
            "description": kind is PartyKind.UNIDENTIFIED,
            **dict.fromkeys(_REPRESENTATIVE, kind in _REPRESENTED),
        }
        return tuple(name for name in self.names if only.get(name, True))

    def show_party(self, party: Party) -> None:
        """Fill the fields with what is registered."""
        for name in self.names:
            self.set_text(name, str(getattr(party, name)))

    def party(self) -> Party:
        """Return what was typed; what the kind does not have is empty."""
        asked = self.asked()
        typed = {name: self.text(name) for name in asked if name != "kind"}
        return replace(Party(kind=self.kind(), name=""), **typed)  # type: ignore[arg-type]

    def faults(self) -> int:
        """Check every field, show what is wrong, and return how many are."""
        fine = [
            self.check("number", self._number_fault),
            self.check("name", lambda text: "" if text else _NAMELESS),
        ]
        if self.kind() in _REPRESENTED:
            fine.append(self.check("representative_number", _identity_fault))
        return fine.count(False)

    def _on_kind_changed(self) -> None:
        kind, asked = self.kind(), self.asked()
        person = kind in _PERSONS
        unknown = kind is PartyKind.UNIDENTIFIED
        self.set_label("name", "称谓或特征 *" if unknown else "姓名 *" if person else "名称 *")
        self.set_label("number", "公民身份号码" if person else "统一社会信用代码")
        if kind in _REPRESENTED:
            self.set_label("representative", _REPRESENTED[kind])
        for name in self.names:
            self.set_row_visible(name, visible=name in asked)

    def _on_changed(self, name: str) -> None:
        if name == "kind":
            self._on_kind_changed()
        if name in {"kind", "number"}:
            self.check("number", self._number_fault)
        elif name == "representative_number":
            self.check(name, _identity_fault)
        elif name == "name":
            self.show_error(name, "")

    def _number_fault(self, text: str) -> str:
        if self.kind() in _PERSONS:
            return _identity_fault(text)
        return _fault_of(check_credit_code, text) if text else ""


def _identity_fault(text: str) -> str:
    return _fault_of(check_identity_number, text) if text else ""


def _fault_of(check: Callable[[str], str], text: str) -> str:
    try:
        check(text)
    except WorkstationError as error:
        return f"{error.message}{error.hint}"
    return ""
