"""What is wrong with a row of a list: where, what, and what to do about it."""

from dataclasses import dataclass

from workstation.operations.matter_lists.cells import CellFaultError, plain
from workstation.operations.matter_lists.sheets import SheetRow


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """One fault: its cell (D17), what stands there, what is wrong and what to do."""

    sheet: str
    row: int
    cell: str
    value: str
    message: str
    fix: str

    def as_json(self) -> dict[str, str | int]:
        """Return the fault as the command line prints it."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "cell": self.cell,
            "value": self.value,
            "message": self.message,
            "fix": self.fix,
        }


def fault_at(row: SheetRow, key: str, error: CellFaultError) -> RowFault:
    """Return the fault of a cell that could not be read."""
    return fault(row, key, str(error.args[0]), error.fix)


def fault(row: SheetRow, key: str, message: str, fix: str) -> RowFault:
    """Return a fault in the column ``key`` of a row."""
    return RowFault(
        sheet=row.sheet,
        row=row.number,
        cell=row.place(key),
        value=plain(row.values.get(key)),
        message=message,
        fix=fix,
    )
