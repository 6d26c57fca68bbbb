"""The rules of a step: its purpose, who acts, what it rests on, why it stands as it does."""

from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.theme import current_tokens
from workstation.operations.cases import CaseView
from workstation.procedure import Block, Release, StepDefinition


class StepRules(QWidget):
    """Text with the articles as links."""

    citation_activated = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.text = QTextBrowser()
        self.text.setAccessibleName("本步规则")
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.anchorClicked.connect(self._on_link)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.text)

    def show_step(self, view: CaseView, step: int) -> None:
        """Show the rules of a step and how it stands in the case."""
        rules = self._desk.workstation.office.rules
        definition = rules.step(step)
        state = next(s for s in view.steps if s.n == step)
        parts = [f"<h3>{step}　{escape(definition.name)}</h3>", f"<p>{escape(state.reason)}</p>"]
        parts += [_block(block) for block in state.blocks]
        parts += [_release(release) for release in view.releases if release.step == step]
        parts.append(_definition(definition))
        names = [rules.deadlines.rule(code) for code in definition.deadlines]
        if names:
            lines = "".join(
                f"<li>{escape(r.name)}：{escape(r.counting)}　{_link(r.basis)}</li>" for r in names
            )
            parts.append(f"<p><b>期限</b></p><ul>{lines}</ul>")
        self.text.setHtml("".join(parts))

    def _on_link(self, url: QUrl) -> None:
        self.citation_activated.emit(url.path())


def _definition(step: StepDefinition) -> str:
    rows = (
        ("目的", step.purpose),
        ("触发", step.trigger),
        ("必要性", f"{step.necessity.value}　{step.condition}"),
        ("承办", step.actor),
        ("批准", step.approver),
    )
    text = "".join(f"<p><b>{name}</b>　{escape(value)}</p>" for name, value in rows if value)
    basis = "".join(f"<li>{_link(b.reference)}　{escape(b.why)}</li>" for b in step.basis)
    return f"{text}<p><b>依据</b></p><ul>{basis}</ul>"


def _block(block: Block) -> str:
    colour = current_tokens().error if block.hard else current_tokens().warn
    word = "阻断" if block.hard else "提示"
    return (
        f"<p><span style='color:{colour}'>✕ {word}：{escape(block.message)}</span>"
        f"　{_link(block.basis)}<br>{escape(block.hint)}</p>"
    )


def _release(release: Release) -> str:
    colour = current_tokens().warn
    return (
        f"<p><span style='color:{colour}'>书面放行：{escape(release.title)}</span>"
        f"　{_link(release.basis)}<br>{release.at:%Y-%m-%d}“{escape(release.event)}”，"
        f"{escape(release.approver)}批准。理由：{escape(release.reason)}</p>"
    )


def _link(reference: str) -> str:
    colour = current_tokens().accent
    return f"<a href='{escape(reference)}' style='color:{colour}'>{escape(reference)}</a>"
