"""Small files of law, made for the tests; every name and number in them is invented."""

from pathlib import Path

import pytest
from docx import Document

HISTORY = (
    "（2021年3月26日龙屿市第九届人民代表大会常务委员会第二次会议通过"
    "　2023年5月26日龙屿市第九届人民代表大会常务委员会第十二次会议修订）"
)
LINES = (
    "龙屿市户外广告管理条例",
    HISTORY,
    "目　　录",
    "第一章　总　　则",
    "第二章　设置规范",
    "第一章　总　　则",
    "第一条　为了规范户外广告的设置，制定本条例。",
    "第二条　本条例适用于本市户外广告的设置。",
    "本条例所称户外广告，包括：",
    "（一）展示牌；",
    "（二）灯箱。",
    "第二章　设置规范",
    "第三条　设置户外广告应当符合规划。",
    "第三条之一　违反前条规定的，处五百元罚款。",
    "第四条　本条例自2023年7月1日起施行。",
)


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    """Return a Word file with a contents block, an article 之一 and items."""
    path = tmp_path / "龙屿市户外广告管理条例_20230526.docx"
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save(str(path))
    return path
