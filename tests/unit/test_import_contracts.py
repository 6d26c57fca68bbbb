"""The import contracts hold, and each of them notices a violation."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

Lint = Callable[[], subprocess.CompletedProcess[str]]
PACKAGES = [
    "archive",
    "commands",
    "documents",
    "domain",
    "legislation",
    "operations",
    "procedure",
    "review",
    "storage",
]
MODULES = [
    "atomic_files",
    "bootstrap",
    "child_processes",
    "cli",
    "data_files",
    "errors",
    "settings",
]


@pytest.fixture
def tree(tmp_path: Path, repository_root: Path) -> Path:
    """Return a folder with the project's settings and empty packages of the same names."""
    for name in PACKAGES:
        (tmp_path / "workstation" / name).mkdir(parents=True)
        (tmp_path / "workstation" / name / "__init__.py").touch()
    for name in MODULES:
        (tmp_path / "workstation" / f"{name}.py").touch()
    (tmp_path / "workstation" / "__init__.py").touch()
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "__init__.py").touch()
    shutil.copy(repository_root / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.fixture
def lint(tree: Path) -> Lint:
    """Return a function that checks the contracts of ``tree`` in a process of its own."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    line = [sys.executable, "-c", code, "--no-cache"]
    return lambda: subprocess.run(line, cwd=tree, capture_output=True, text=True, check=False)


def test_packages_that_import_nothing_keep_every_contract(lint: Lint) -> None:
    checked = lint()

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "0 broken" in checked.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("domain/cases.py", "import workstation.storage", "layers"),
        ("operations/cases.py", "import workstation.bootstrap", "layers"),
        ("commands/cases.py", "import workstation.cli", "layers"),
        ("documents/forms.py", "import workstation.legislation", "layers"),
        ("procedure/steps.py", "import workstation.documents", "layers"),
        ("settings.py", "import workstation.domain", "layers"),
        ("operations/pages.py", "import ui", "no-screen"),
        ("operations/pages.py", "from PySide6 import QtCore", "no-screen"),
        ("operations/cases.py", "import sqlalchemy", "database"),
        ("documents/forms.py", "import sqlcipher3", "encrypted-sqlite"),
        ("archive/binding.py", "import reportlab", "pdf-writer"),
        ("archive/binding.py", "import docx", "word-files"),
        ("storage/rows.py", "import lxml.etree", "word-files"),
        ("review/checks.py", "import whoosh.index", "search-engine"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(
    tree: Path, lint: Lint, module: str, line: str, contract: str
) -> None:
    (tree / "workstation" / module).write_text(f"{line}\n", encoding="utf-8")

    checked = lint()

    assert checked.returncode == 1
    assert f"{_name(tree, contract)} BROKEN" in " ".join(checked.stdout.split())


def test_a_module_outside_the_layers_is_noticed(tree: Path, lint: Lint) -> None:
    (tree / "workstation" / "utils.py").touch()

    checked = lint()

    assert checked.returncode == 1
    assert "utils" in checked.stdout


def test_the_screen_reaching_for_rows_breaks_its_contract(tree: Path, lint: Lint) -> None:
    (tree / "ui" / "pages.py").write_text("import workstation.storage\n", encoding="utf-8")

    checked = lint()

    assert checked.returncode == 1
    assert f"{_name(tree, 'ui-on-top')} BROKEN" in " ".join(checked.stdout.split())


def _name(tree: Path, contract: str) -> str:
    """Return the name under which the report lists the contract of that id."""
    project = tomllib.loads((tree / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    return str(next(found["name"] for found in contracts if found["id"] == contract))
