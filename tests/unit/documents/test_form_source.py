"""Form sources: front matter, field schema, and errors that name the line."""

from pathlib import Path

import pytest

from tests.form_samples import make_form
from workstation.documents.form_source import read_form, read_form_file
from workstation.documents.forms import FieldType, FormKind, FormSourceError, Volume

FRONT = '+++\nid = "D99"\ntitle = "样张"\nkind = "送达"\npreset = "official"\n{more}+++\n#p 正文\n'


def read(more: str) -> None:
    read_form(FRONT.format(more=more), source="13_decision/D99.form", step=13)


def test_front_matter_becomes_a_typed_definition() -> None:
    more = 'code = "罚决"\ncopies = 3\nserved = true\nvolume = "副卷"\nbasis = ["行政处罚法§59"]\n'

    form = make_form("#p 正文", "facts:L", more=more)

    assert (form.kind, form.volume, form.copies) == (FormKind.SERVED, Volume.INNER, 3)
    assert (form.code, form.served, form.basis) == ("罚决", True, ("行政处罚法§59",))
    assert form.fields[0].type is FieldType.LONG_TEXT


def test_the_body_keeps_its_line_number() -> None:
    form = make_form("#p 正文")

    assert (form.body, form.body_line) == ("#p 正文", 7)


@pytest.mark.parametrize(
    ("more", "line", "problem"),
    [
        ("code = \n", 6, "TOML"),
        ('colour = "红"\n', 6, "不是表单首部认识的键"),
        ("copies = -1\n", 6, "非负整数"),
        ('served = "是"\n', 6, "true 或 false"),
        ('basis = "行政处罚法§59"\n', 6, "文字列表"),
        ('volume = "别卷"\n', 6, "不在可选值之内（正卷、副卷）"),
        ("fields = 1\n", 6, "[[fields]]"),
        ('\n[[fields]]\nname = "a"\n', 7, "label 缺失"),
        ('[[fields]]\nname = "a"\nlabel = "甲"\ntype = "Z"\n', 9, "不在可选值之内"),
        ('[[fields]]\nname = "a"\nlabel = "甲"\ntype = "E"\n', 9, "choices"),
        ('[[fields]]\nname = "a"\nlabel = "甲"\ntype = "S"\n', 9, "columns"),
        ('[[fields]]\nname = "甲"\nlabel = "甲"\n', 7, "小写英文标识符"),
        ('[[fields]]\nname = "a"\nlabel = "甲"\nlabels = "乙"\n', 9, "不是表单首部认识的键"),
    ],
)
def test_a_fault_in_the_front_matter_names_its_line(more: str, line: int, problem: str) -> None:
    with pytest.raises(FormSourceError) as caught:
        read(more)

    assert f"13_decision/D99.form 第{line}行" in caught.value.message
    assert problem in caught.value.message


def test_the_number_of_column_labels_must_fit() -> None:
    more = '[[fields]]\nname="a"\nlabel="甲"\ntype="S"\ncolumns=["x","y"]\ncolumn_labels=["一"]\n'

    with pytest.raises(FormSourceError, match="个数不同"):
        read(more)


def test_a_field_may_not_occur_twice() -> None:
    with pytest.raises(FormSourceError, match="重复"):
        make_form("#p x", "facts", "facts")


@pytest.mark.parametrize("text", ["", "#p 正文\n", "+++\nid = 1\n"])
def test_front_matter_must_stand_between_fences(text: str) -> None:
    with pytest.raises(FormSourceError, match=r"\+\+\+"):
        read_form(text, source="a.form", step=1)


def test_a_file_must_be_named_after_its_id(tmp_path: Path) -> None:
    path = tmp_path / "13_decision" / "D50.form"
    path.parent.mkdir()
    path.write_text(FRONT.format(more=""), encoding="utf-8")

    with pytest.raises(FormSourceError, match="与文件名不一致"):
        read_form_file(path)


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "13_decision" / "D99.form"
    path.parent.mkdir()
    path.write_bytes(FRONT.format(more="").encode("gbk"))

    with pytest.raises(FormSourceError, match="第3行：文件须为 UTF-8"):
        read_form_file(path)


def test_the_folder_gives_the_step(tmp_path: Path) -> None:
    path = tmp_path / "08_legal_review" / "D99.form"
    path.parent.mkdir()
    path.write_text(FRONT.format(more=""), encoding="utf-8")

    form = read_form_file(path)

    assert form.step == 8


def test_a_folder_without_a_number_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "D99.form"
    path.write_text(FRONT.format(more=""), encoding="utf-8")

    with pytest.raises(FormSourceError, match="步骤序号"):
        read_form_file(path)
