"""What a form is: its catalogue entry, its field schema and the errors its files can hold."""

from dataclasses import dataclass
from enum import StrEnum

from workstation.errors import DataFileError, WorkstationError


class FormKind(StrEnum):
    """The four families of documents of a case file."""

    APPROVAL = "审批"
    SERVED = "送达"
    RECORD = "笔录"
    LIST = "清单"


class Volume(StrEnum):
    """The part of the case file a document is bound into: open to the party, or internal."""

    MAIN = "正卷"
    INNER = "副卷"


class FieldType(StrEnum):
    """Type codes of fields, as the document catalogue writes them."""

    TEXT = "T"
    LONG_TEXT = "L"
    DATE = "D"
    DATE_TIME = "DT"
    MONEY = "M"
    NUMBER = "N"
    CHOICE = "E"
    REFERENCE = "R"
    FLAG = "B"
    ATTACHMENTS = "A"
    ROWS = "S"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDefinition:
    """One field of a form.

    ``default`` is a Jinja template over the context, evaluated when no value was given.
    ``columns`` are the keys of each row of a ``ROWS`` field, ``column_labels`` their labels.
    ``room`` is how many full-width characters the blank of a printed form holds, 0 for one that
    grows with its text (see ``annexes``).
    """

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    help: str = ""
    columns: tuple[str, ...] = ()
    column_labels: tuple[str, ...] = ()
    room: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDefinition:
    """One document of the catalogue: schema, legal particulars and its source text.

    ``code`` is the 文种代字, empty for documents without a number of their own; ``basis`` holds
    compact references (行政处罚法§59). ``body`` is the form language text, starting at line
    ``body_line`` of ``source``. A bureau's own ``.docx`` template is ``own_docx``;
    ``is_own`` marks a form source from the bureau's own folder.
    """

    id: str
    title: str
    kind: FormKind
    step: int
    preset: str
    body: str
    body_line: int = 1
    source: str = ""
    code: str = ""
    copies: int = 1
    served: bool = False
    volume: Volume = Volume.MAIN
    basis: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    footer_text: str = ""
    fields: tuple[FieldDefinition, ...] = ()
    own_docx: bytes | None = None
    is_own: bool = False

    @property
    def is_foreign(self) -> bool:
        """Whether it or its template did not come with the program: filled in a child process."""
        return self.is_own or self.own_docx is not None

    def field(self, name: str) -> FieldDefinition | None:
        """Return the field called ``name``, or ``None``."""
        return next((field for field in self.fields if field.name == name), None)


class FormSourceError(DataFileError):
    """A ``.form`` file can't be read; the message names file and line."""

    code = "form_source"

    def __init__(self, source: str, line: int, problem: str) -> None:
        super().__init__(
            f"表单文件 {source} 第{line}行：{problem}",
            hint="请按《表单语言》说明改正该行；本局自有表单可先移走，恢复使用程序自带表单。",
        )


class TemplateError(WorkstationError):
    """A template can't be filled; the message names the paragraph, row or cell."""

    code = "template_error"


class UnknownFormError(WorkstationError):
    """No form has this id."""

    code = "unknown_form"
