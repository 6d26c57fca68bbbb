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
from workstation.operations.matter_sheets import MatterSheet

LINK = "article:"
_CASES_SHOWN = 8


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


def sheet_html(sheet: MatterSheet) -> str:
    """Return what follows a matter: the office's decisions, its notes, the forms that print it."""
    tokens = current_tokens()
    muted = tokens.muted
    wide = max(sheet.similar.circles, key=lambda circle: len(circle.fines), default=None)
    if wide is None or not wide.fines or wide.median is None:
        said = "本局没有同类已结案件。"
    else:
        few = "（件数少，仅供了解）" if wide.is_small else ""
        low, middle, high = map(amount_text, (wide.fines[0], wide.median, wide.fines[-1]))
        said = f"{len(wide.fines)}件{few}：罚款 {low} 至 {high}，中位数 {middle}。"
    cases = "".join(
        f"<li>{_to('case', case.case_id, case.number or case.case_id)}　{case.decided_on}　"
        f"{escape(case.party)}　罚款 {amount_text(case.fine)}</li>"
        for case in sheet.similar.cases[:_CASES_SHOWN]
    )
    texts = "".join(
        f"<li>{text.code}　{escape(text.title)}（{escape(text.kind)}）</li>"
        for text in sheet.texts
    )
    forms = "　".join(_to("form", form.id, f"{form.id} {form.title}") for form in sheet.forms)
    return (
        f"<h4>本局同类已结案件</h4><p>{said}"
        f"<span style='color:{muted}'>　近{sheet.similar.months}个月；只供对照，不是建议。"
        f"</span></p>"
        f"<ul>{cases}</ul><h4>案例与办案实务</h4>"
        + (f"<ul>{texts}</ul>" if texts else f"<p style='color:{muted}'>没有登记到本事项的。</p>")
        + f"<h4>取用本事项内容的文书</h4><p style='line-height:170%'>{forms}</p>"
    )


def _to(scheme: str, value: str, words: str) -> str:
    accent = current_tokens().accent
    return f"<a href='{scheme}:{escape(value)}' style='color:{accent}'>{escape(words)}</a>"


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
