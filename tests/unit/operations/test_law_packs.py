"""Law packs between two offices: made, inspected, installed, refused and taken back."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.law_pack_files import TITLE, regulation
from workstation.archive.capsules import new_signing_key
from workstation.archive.law_pack_files import BrokenLawPackError, write_law_pack
from workstation.bootstrap import Workstation, open_workstation
from workstation.errors import InvalidInputError
from workstation.legislation.imported_texts import ImportNotFoundError
from workstation.legislation.installed_packs import PackNotFoundError
from workstation.legislation.law_packs import EndedText, PackChange, pack_files
from workstation.legislation.law_store import LawStore
from workstation.operations.law_packs import PackOrder, UntrustedSignerError
from workstation.settings import open_home

KILLED = """
import os, sys
from pathlib import Path
from workstation.bootstrap import open_workstation
from workstation.legislation import installed_packs
from workstation.settings import open_home
installed_packs._end = lambda *a: os.kill(os.getpid(), 9)
open_workstation(open_home(Path(sys.argv[1]))).law_packs.install(Path(sys.argv[2]), "方小满")
"""


@pytest.fixture(scope="module")
def sender(
    tmp_path_factory: pytest.TempPathFactory, share_statutes: Callable[[Path], Path]
) -> Iterator[Workstation]:
    """Another office, which makes packs."""
    home = share_statutes(tmp_path_factory.mktemp("packs") / "sender")
    workstation = open_workstation(open_home(home))
    yield workstation
    workstation.close()


def made(sender: Workstation, file: Path, name: str = "地方法规", **order: object) -> Path:
    target = file.with_suffix(".lawpack")
    what = PackOrder(name=name, by="海州市司法局（虚构）", **order)  # type: ignore[arg-type]
    assert sender.law_packs.make([file], target, what) is not None
    return target


def trusting(desk: Workstation, pack: Path) -> int:
    found = desk.law_packs.inspect(pack)
    return desk.law_packs.install(pack, "方小满", trust=found.fingerprint)[0]


def fine(desk: Workstation, day: date = date(2026, 1, 1)) -> str:
    with LawStore.open(desk.home.legislation) as store:
        articles = store.instrument_articles(TITLE, day)
    return articles[1].paragraphs[1].text


def test_a_strangers_pack_is_shown_and_refused_until_its_fingerprint_is_told(
    desk: Workstation, sender: Workstation, tmp_path: Path
) -> None:
    pack = made(sender, regulation(tmp_path, "五百元"))
    found = desk.law_packs.inspect(pack)

    with pytest.raises(UntrustedSignerError, match=found.fingerprint):
        desk.law_packs.install(pack, "方小满")
    with pytest.raises(UntrustedSignerError):
        desk.law_packs.install(pack, "方小满", trust="0000-0000")
    trusting(desk, pack)

    assert not found.trusted
    assert found.differences[0].change is PackChange.NEW
    assert fine(desk) == "违反前款规定的，处五百元罚款。"
    assert desk.law_packs.inspect(pack).trusted


def test_a_signer_no_longer_trusted_is_asked_for_his_fingerprint_again(
    desk: Workstation, sender: Workstation, tmp_path: Path
) -> None:
    trusting(desk, made(sender, regulation(tmp_path / "1", "五百元")))
    later = made(sender, regulation(tmp_path / "2", "一千元"))
    told = desk.law_packs.inspect(later).fingerprint
    assert [signer.trusted_by for signer in desk.law_packs.signers()] == ["方小满"]

    desk.law_packs.distrust(told.lower(), "方小满")

    with pytest.raises(UntrustedSignerError):
        desk.law_packs.install(later, "方小满")
    assert "五百元" in fine(desk)
    with pytest.raises(InvalidInputError):
        desk.law_packs.distrust(told, "方小满")


def test_a_new_version_is_counted_by_articles_and_paragraphs(
    desk: Workstation, sender: Workstation, tmp_path: Path
) -> None:
    trusting(desk, made(sender, regulation(tmp_path / "1", "五百元")))
    later = regulation(tmp_path / "2", "一千元", "2025年6月1日")

    difference = desk.law_packs.inspect(made(sender, later)).differences[0]

    assert difference.change is PackChange.VERSION
    assert difference.articles.changed == 2
    assert (difference.paragraphs.changed, difference.paragraphs.added) == (2, 0)


def test_a_correction_replaces_the_text_and_rolling_back_restores_it(
    desk: Workstation, sender: Workstation, tmp_path: Path
) -> None:
    first = trusting(desk, made(sender, regulation(tmp_path / "1", "五百元")))
    corrected = made(sender, regulation(tmp_path / "2", "一千元"))
    assert desk.law_packs.inspect(corrected).differences[0].change is PackChange.CORRECTED
    second, _ = desk.law_packs.install(corrected, "方小满")
    assert "一千元" in fine(desk)

    with pytest.raises(PackNotFoundError):
        desk.law_packs.rollback(first)
    desk.law_packs.rollback(second)

    assert "五百元" in fine(desk)
    desk.law_packs.rollback(first)
    with LawStore.open(desk.home.legislation) as store:
        assert store.find_instruments(TITLE) == ()


def test_an_ended_text_is_repealed_from_its_day_until_rolled_back(
    desk: Workstation, sender: Workstation, tmp_path: Path
) -> None:
    trusting(desk, made(sender, regulation(tmp_path / "1", "五百元")))
    ended = EndedText(title=TITLE, day=date(2026, 3, 1))
    pack = made(sender, regulation(tmp_path / "2", "五百元"), ended=(ended,))

    changes = [difference.change for difference in desk.law_packs.inspect(pack).differences]
    number, _ = desk.law_packs.install(pack, "方小满")

    assert changes == [PackChange.SAME, PackChange.ENDED]
    with LawStore.open(desk.home.legislation) as store:
        assert not store.validity(TITLE, date(2026, 3, 1)).in_force
        assert store.validity(TITLE, date(2026, 2, 28)).in_force
    desk.law_packs.rollback(number)
    with LawStore.open(desk.home.legislation) as store:
        assert store.validity(TITLE, date(2026, 3, 1)).in_force


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9, 0.99])
def test_a_changed_byte_is_refused(
    desk: Workstation, sender: Workstation, tmp_path: Path, share: float
) -> None:
    pack = made(sender, regulation(tmp_path, "五百元"))
    data = bytearray(pack.read_bytes())
    data[int(share * len(data))] ^= 1
    pack.write_bytes(data)

    with pytest.raises(BrokenLawPackError):
        desk.law_packs.inspect(pack)


def test_an_older_pack_and_one_installed_before_are_warned_of(
    desk: Workstation, sender: Workstation, tmp_path: Path
) -> None:
    key, packs = new_signing_key(), []
    for month, sum_of in ((1, "五百元"), (2, "一千元")):
        text = made(sender, regulation(tmp_path / str(month), sum_of, f"202{month}年6月1日"))
        pack = replace(sender.law_packs.inspect(text).pack, made_at=datetime(2026, month, 1))
        write_law_pack(text, pack_files(pack), key)
        packs.append(text)
    older, newer = packs
    trusting(desk, newer)

    assert "比已安装的旧" in desk.law_packs.inspect(older).warnings[0]
    assert "已经安装" in desk.law_packs.inspect(newer).warnings[0]
    with pytest.raises(InvalidInputError):
        desk.law_packs.install(newer, "方小满")


def test_a_text_of_a_pack_is_not_undone_alone(
    desk: Workstation, sender: Workstation, tmp_path: Path
) -> None:
    trusting(desk, made(sender, regulation(tmp_path, "五百元")))

    with pytest.raises(ImportNotFoundError, match="法规包"):
        desk.law.undo_import(desk.law.imports()[0].id)


def test_an_install_that_is_killed_leaves_the_texts_before(
    desk: Workstation, sender: Workstation, tmp_path: Path
) -> None:
    trusting(desk, made(sender, regulation(tmp_path / "1", "五百元")))
    ended = EndedText(title=TITLE, day=date(2026, 3, 1))
    pack = made(sender, regulation(tmp_path / "2", "一千元"), ended=(ended,))

    command = [sys.executable, "-c", KILLED, str(desk.home.root), str(pack)]
    done = subprocess.run(command, check=False)

    assert done.returncode == -9
    assert "五百元" in fine(desk)
    assert len(desk.law_packs.packs()) == 1
