"""What the command line prints for people is Chinese: every JSON name has its label."""

import ast
from collections.abc import Iterator
from pathlib import Path

from workstation.operations.plain_text import as_text, has_label


def _json_names(root: Path) -> Iterator[tuple[str, str]]:
    """Yield each literal key of a dictionary that ``as_json`` or a command returns."""
    for path in (root / "workstation").rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            if not (function.name.endswith("as_json") or path.parent.name == "commands"):
                continue
            for record in ast.walk(function):
                keys = record.keys if isinstance(record, ast.Dict) else []
                for key in keys:
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        yield key.value, path.name


def test_every_name_the_commands_print_has_a_chinese_label(repository_root: Path) -> None:
    bare = {pair for pair in _json_names(repository_root) if pair[0].isascii()}

    assert len(bare) > 300
    assert sorted(pair for pair in bare if not has_label(pair[0])) == []


def test_records_are_told_in_blocks_and_words() -> None:
    result = {"stage": "告知前", "taken": True, "tasks": [{"what": "补证", "state": "done"}]}

    assert as_text(result) == "环节：告知前\n收件：是\n任务：\n  安排：补证　状态：已办\n"
