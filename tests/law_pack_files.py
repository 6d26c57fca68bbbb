"""Files of an invented regulation from which law packs are made."""

from pathlib import Path

TITLE = "龙屿市犬只管理规定"


def regulation(folder: Path, fine: str, effective: str = "2024年5月1日") -> Path:
    """Write the regulation with a fine and an effective day; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{TITLE}.txt"
    lines = (
        "第一条　为了规范养犬，制定本规定。",
        f"第二条　犬只应当束链。\n违反前款规定的，处{fine}罚款。",
        f"第三条　本规定自{effective}起施行。",
    )
    path.write_text("\n".join(lines), "utf-8")
    return path
