"""Which data of the case a form's value is made of, read from its expressions."""

from collections.abc import Callable, Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from workstation.documents.template_checks import CONTEXT_NAMES

EVENT_MARK = ":"
_EVENTS = "case.events"
_SELECT = "selectattr"
# Only the shape of an expression is read; nothing is ever evaluated here.
_PARSER = Environment(autoescape=True)

Holds = Callable[[str], bool]


def value_paths(source: str, holds: Holds) -> tuple[str, ...]:
    """Return the data a default draws on, in the order it names them, each once.

    Args:
        source: the Jinja text of a field's default.
        holds: tells whether there is anything at a path; of ``a or b`` only the part that is
            printed counts, and a path without a value is left out.

    Returns:
        Dotted paths (``issued.D41.facts``); events chosen by their kind are
        ``case.events:case_filed``. Nothing for a text that can't be parsed.
    """
    try:
        tree = _PARSER.parse(source)
    except TemplateSyntaxError:
        return ()
    return tuple(dict.fromkeys(path for path in _walk(tree, holds) if holds(path)))


def _walk(node: nodes.Node, holds: Holds) -> Iterator[str]:
    chosen = _chosen_events(node)
    path = _path(node)
    if chosen or path:
        yield from chosen or (path,)
    elif isinstance(node, nodes.Or):
        left = [found for found in _walk(node.left, holds) if holds(found)]
        yield from left or _walk(node.right, holds)
    else:
        for child in node.iter_child_nodes():
            yield from _walk(child, holds)


def _chosen_events(node: nodes.Node) -> tuple[str, ...]:
    """Return the paths of ``case.events|selectattr('kind', 'equalto', 'case_filed')``."""
    if not isinstance(node, nodes.Filter) or node.name != _SELECT or node.node is None:
        return ()
    if _path(node.node) != _EVENTS or len(node.args) != 3:
        return ()
    try:
        attribute, _, wanted = (argument.as_const() for argument in node.args)
    except nodes.Impossible:
        return ()
    kinds = [wanted] if isinstance(wanted, str) else wanted
    return tuple(f"{_EVENTS}{EVENT_MARK}{kind}" for kind in kinds if attribute == "kind")


def _path(node: nodes.Node) -> str:
    """Return the dotted path of an attribute chain that starts at data of the case."""
    if isinstance(node, nodes.Name):
        return node.name if node.name in CONTEXT_NAMES else ""
    if isinstance(node, nodes.Getattr):
        before = _path(node.node)
        return f"{before}.{node.attr}" if before else ""
    if isinstance(node, nodes.Getitem):
        before = _path(node.node)
        key = node.arg.value if isinstance(node.arg, nodes.Const) else None
        return f"{before}.{key}" if before and isinstance(key, str) else before
    return ""
