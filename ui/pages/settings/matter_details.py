"""A matter in words: its fields with articles to click, its versions, its tiers."""

from html import escape

from ui.theme import current_tokens
from workstation.domain.citations import ArticleReference
from workstation.domain.matter_changes import (
    MATTER_FIELDS,
    amount_text,
    compare_matters,
    range_text,
)
from workstation.domain.matters import Matter

LINK = "article:"


def matter_html(matter: Matter, versions: tuple[Matter, ...]) -> str:
    """Return a matter as the details pane shows it; ``versions`` are all of it, oldest first."""
    muted = current_tokens().muted
    rows = [_row("编码", escape(matter.code), muted)]
    for heading, read in MATTER_FIELDS.items():
        text = read(matter)
        if text and heading != "裁量阶次":
            rows.append(_row(heading, _linked(heading, matter) or escape(text), muted))
    parts = [
        f"<h3>{escape(matter.name)}</h3>",
        f"<table cellspacing='0' cellpadding='2' width='100%'>{''.join(rows)}</table>",
        _tiers(matter, muted),
        _versions(versions, muted),
    ]
    return "".join(parts)


def article_link(reference: ArticleReference) -> str:
    """Return an article as a link that the pane passes on."""
    accent = current_tokens().accent
    text = escape(str(reference))
    return f"<a href='{LINK}{text}' style='color:{accent}'>{text}</a>"


def _row(heading: str, html: str, muted: str) -> str:
    return f"<tr><td width='120' style='color:{muted}'>{heading}</td><td>{html}</td></tr>"


def _linked(heading: str, matter: Matter) -> str:
    references: dict[str, tuple[ArticleReference | None, ...]] = {
        "违反条款": (matter.violated, *matter.violated_also),
        "处罚条款": (matter.penalty, *matter.penalty_also),
        "强制措施依据": (matter.coercion,),
        "追责时效依据": (matter.limitation,),
    }
    if heading == "罚款幅度":
        return "<br>".join(escape(range_text(part)) for part in matter.penalty_ranges())
    return "；".join(article_link(r) for r in references.get(heading, ()) if r is not None)


def _tiers(matter: Matter, muted: str) -> str:
    if not matter.tiers:
        return f"<h4>裁量阶次</h4><p style='color:{muted}'>没有导入裁量阶次。</p>"
    rows = "".join(
        f"<tr><td>{escape(tier.name)}</td><td>{escape(tier.condition)}</td>"
        f"<td>{amount_text(tier.fine_min)} 至 {amount_text(tier.fine_max)}</td>"
        f"<td style='color:{muted}'>{'程序可核对' if tier.alternatives else '由人判断'}</td></tr>"
        for tier in matter.tiers
    )
    head = f"<tr style='color:{muted}'><td>阶次</td><td>适用条件</td><td>幅度</td><td></td></tr>"
    return (
        f"<h4>裁量阶次</h4><p style='color:{muted}'>{escape(matter.tier_source)}</p>"
        f"<table cellspacing='0' cellpadding='4' width='100%'>{head}{rows}</table>"
    )


def _versions(versions: tuple[Matter, ...], muted: str) -> str:
    lines = []
    for position, version in enumerate(versions):
        until = version.valid_to.isoformat() if version.valid_to else "今"
        change = compare_matters(versions[position - 1], version) if position else None
        said = "、".join(f"{f.label}" for f in change.fields) if change else ""
        changed = f"，变更：{escape(said)}" if said else ""
        lines.append(
            f"<li>{escape(version.version)}：{version.valid_from} 至 {until}"
            f"<span style='color:{muted}'>　{escape(version.notice)}{changed}</span></li>"
        )
    return f"<h4>版本</h4><ul>{''.join(lines)}</ul>"
