"""What lawyers and others said of a case, as rows and as the text beside them."""

from dataclasses import dataclass
from html import escape

from workstation.domain.capsules import Remark, Subject
from workstation.domain.cases import CaseFile
from workstation.operations.paper_remarks import KeptRemark
from workstation.review.records import Passage

HEADINGS = ("对象", "状态", "何人", "意见")


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """One row: a subject of the lawyers' replies, or a remark that came back in a Word file."""

    source: Subject | KeptRemark

    def cells(self) -> tuple[str, ...]:
        """Return what stands under ``HEADINGS``."""
        source = self.source
        if isinstance(source, Subject):
            people = "、".join(dict.fromkeys(r.author for r in source.remarks))
            texts = "；".join(r.item.text for r in source.remarks if r.item.text)
            return source.label, _state(source), people, _in_one_line(texts)
        remark = source.remark
        words = remark.text if remark.kind == "批注" else f"{remark.kind}“{remark.anchor}”"
        place = f"{remark.document}　{source.label or remark.place}"
        return place, f"{remark.kind}　{source.verdict.value}", remark.author, _in_one_line(words)

    def passage(self, file: CaseFile) -> Passage | None:
        """Return where it is in the case, or None where it names no paper."""
        source = self.source
        if isinstance(source, Subject):
            item = source.remarks[0].item
            key, page = item.document, item.page
            field = item.target if item.kind.value == "field" else ""
        else:
            key, page, field = source.remark.document, 0, source.remark.field
        document = next((d for d in file.documents if d.key == key), None)
        if document is None:
            return None
        return Passage(
            title=document.title, document=key, field=field, page=page, step=document.step
        )

    def html(self) -> str:
        """Return everything that was said, people side by side."""
        source = self.source
        if isinstance(source, Subject):
            cells = "".join(f'<td width="50%">{_said(remark)}</td>' for remark in source.remarks)
            told = _decision_html(source)
            head = f"<p><b>{escape(source.label)}</b></p>{told}"
            return f"{head}<table cellpadding=6><tr>{cells}</tr></table>"
        remark, decision = source.remark, source.decision
        lines = [f"<b>{remark.kind}</b>　{escape(remark.author)}　{escape(remark.date[:16])}"]
        lines += [f"所在：{escape(remark.document)} {escape(source.label or remark.place)}"]
        lines += [f"文字：“{escape(remark.anchor)}”"] if remark.anchor else []
        lines += [_lines(remark.text)]
        if decision:
            lines += [
                f"{escape(decision.person)}：{decision.verdict.value}，{escape(decision.reason)}"
            ]
        return "".join(f"<p>{line}</p>" for line in lines)


def _state(subject: Subject) -> str:
    if subject.is_open:
        return "⚠ 结论不一致"
    if subject.decision is not None:
        return f"已定：{subject.decision.conclusion.value}"
    return "、".join(c.value for c in subject.conclusions) or "意见"


def _decision_html(subject: Subject) -> str:
    decision = subject.decision
    if decision is None:
        return ""
    late = "（其后又收到不同结论，请重新决定）" if subject.after else ""
    told = f"{decision.person}决定：{decision.conclusion.value}。{decision.reason}{late}"
    return f"<p>{escape(told)}</p>"


def _said(remark: Remark) -> str:
    item = remark.item
    who = f"{remark.author}{'　' + remark.firm if remark.firm else ''}"
    earlier = "".join(
        f"<p>此前（{escape(old.written_at[:16])}）：{old.conclusion.value}　{_lines(old.text)}</p>"
        for old in remark.earlier
    )
    return (
        f"<p><b>{escape(who)}</b><br>{item.conclusion.value}　"
        f"{escape(item.written_at[:16].replace('T', ' '))}</p><p>{_lines(item.text)}</p>{earlier}"
    )


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _in_one_line(text: str) -> str:
    return text.replace("\n", "／")
