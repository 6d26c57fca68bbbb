"""In which order papers lie in the main and the inner volume (正卷、副卷).

Sources disagree, so the order is data: ``templates/volume_order.toml``, or the bureau's own copy.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workstation.data_files import overlay
from workstation.domain.cases import Delivery, IssuedDocument
from workstation.errors import DataFileError

RECEIPT_FORM = "D56"
MAIN_VOLUME = "正卷"
INNER_VOLUME = "副卷"


@dataclass(frozen=True, slots=True)
class VolumeOrder:
    """Form ids of each volume in binding order."""

    name: str
    main: tuple[str, ...]
    inner: tuple[str, ...]

    def volume_of(self, form: str) -> str:
        """Return 副卷 for internal papers, else 正卷."""
        return INNER_VOLUME if form in self.inner else MAIN_VOLUME


def load_volume_order(home: Path | None = None) -> VolumeOrder:
    """Read the order of the bureau, else the shipped one.

    Raises:
        DataFileError: the file is malformed.
    """
    path = overlay("templates/volume_order.toml", home)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return VolumeOrder(
            data["name"], tuple(data["main"]["order"]), tuple(data["inner"]["order"])
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        message = f"卷内排列顺序文件“{path.name}”有误：{error}。"
        raise DataFileError(
            message, hint="请改正该文件，或删除本局自有的版本以恢复默认顺序。"
        ) from error


def arrange(
    documents: Iterable[IssuedDocument],
    deliveries: Iterable[Delivery],
    order: VolumeOrder,
    volume: str,
) -> tuple[IssuedDocument, ...]:
    """Return the documents of ``volume`` in binding order, each receipt after what it served.

    A receipt belongs to the volume of the document whose id its values name as ``served_id``.
    """
    everything = tuple(documents)
    sequence = order.inner if volume == INNER_VOLUME else order.main
    receipts: dict[str, list[IssuedDocument]] = {}
    for document in everything:
        if document.form == RECEIPT_FORM:
            receipts.setdefault(str(document.values.get("served_id", "")), []).append(document)
    served = {delivery.document_id for delivery in deliveries}
    ranked = sorted(
        (d for d in everything if d.form != RECEIPT_FORM and order.volume_of(d.form) == volume),
        key=lambda d: (_rank(d.form, sequence), d.dated, d.occurrence),
    )
    arranged: list[IssuedDocument] = []
    for document in ranked:
        arranged.append(document)
        if document.id in served:
            arranged += receipts.get(document.id, [])
    return tuple(arranged)


def _rank(form: str, sequence: tuple[str, ...]) -> int:
    return sequence.index(form) if form in sequence else len(sequence)
