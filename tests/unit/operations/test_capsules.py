"""Making a capsule of a case: what leaves, what stays, what is masked; and what comes back."""

import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from tests.capsule_replies import item, on_check, write_reply
from workstation.archive import verify_capsule
from workstation.archive.bags import BagInfo
from workstation.archive.capsules import new_signing_key, write_capsule
from workstation.bootstrap import Workstation
from workstation.domain.capsules import Capsule, Opinion
from workstation.errors import InvalidInputError
from workstation.operations.capsules.choices import CapsuleChoices
from workstation.operations.capsules.operations import KNOWN, MERGED, REFUSED, MadeCapsule
from workstation.operations.interventions import NewIntervention
from workstation.operations.sign_ins import Credential, SignInRefusedError


def _choices(**parts: object) -> CapsuleChoices:
    return CapsuleChoices(recipient="闻澜律师", by="方小满", **parts)  # type: ignore[arg-type]


def _make(desk: Workstation, case_id: str, folder: Path, **parts: object) -> MadeCapsule:
    made = desk.capsules.make(case_id, folder, _choices(**parts))
    assert made is not None
    return made


@pytest.fixture
def made(desk: Workstation, case_id: str, tmp_path: Path) -> MadeCapsule:
    """A capsule of the case."""
    return _make(desk, case_id, tmp_path / "out")


@pytest.fixture
def seal(desk: Workstation, case_id: str) -> str:
    """The seal of a capsule that this office knows as its own."""
    capsule = Capsule(
        seal="5" * 64,
        case_id=case_id,
        recipient="闻澜律师",
        chosen=(),
        left_out=(),
        reason="",
        masked=False,
        file="",
        made_by="方小满",
        made_at=datetime(2026, 8, 22, 9, 0),
    )
    with desk.database.writing() as unit:
        unit.capsules.add(capsule)
    return capsule.seal


def test_fifty_replies_of_many_hands_merge_without_loss(
    desk: Workstation, case_id: str, seal: str, tmp_path: Path
) -> None:
    paths = [
        write_reply(
            tmp_path / f"{n}.json",
            seal,
            [item(n, text=f"{n}号律师第{k}页", page=k, id=f"{n}-{k}") for k in range(1, 5)],
            author=f"律师{n}",
            licence=f"{n:017d}",
        )
        for n in range(50)
    ]

    merged, changes = desk.capsules.merge(paths, "方小满")

    texts = {remark.item.text for s in desk.capsules.subjects(case_id) for remark in s.remarks}
    assert [one.state for one in merged] == [MERGED] * 50
    assert changes.touches("capsule", case_id)
    assert texts == {f"{n}号律师第{k}页" for n in range(50) for k in range(1, 5)}


def test_the_same_reply_twice_is_recognised(
    desk: Workstation, case_id: str, seal: str, tmp_path: Path
) -> None:
    reply = write_reply(tmp_path / "r.json", seal, [item(1)])
    copy = write_reply(tmp_path / "copy.json", seal, [item(1)])

    merged, _ = desk.capsules.merge([reply, copy], "方小满")

    assert [one.state for one in merged] == [MERGED, KNOWN]
    assert len(desk.capsules.replies(case_id)) == 1


def test_a_later_wording_stands_and_the_earlier_one_is_kept(
    desk: Workstation, case_id: str, seal: str, tmp_path: Path
) -> None:
    later = item(1, text="改写", written_at="2026-11-22T09:00:00")
    paths = [
        write_reply(tmp_path / "2.json", seal, [later]),
        write_reply(tmp_path / "1.json", seal, [item(1, text="初稿")]),
    ]

    desk.capsules.merge(paths, "方小满")

    ((remark,),) = (subject.remarks for subject in desk.capsules.subjects(case_id))
    assert remark.item.text == "改写"
    assert [old.text for old in remark.earlier] == ["初稿"]


def test_two_lawyers_who_conclude_differently_wait_for_a_person(
    desk: Workstation, case_id: str, seal: str, tmp_path: Path
) -> None:
    first = write_reply(tmp_path / "1.json", seal, [on_check(1, "符合")])
    second = write_reply(tmp_path / "2.json", seal, [on_check(2, "不符合")], author="岑川")
    desk.capsules.merge([first, second], "方小满")

    (conflict,) = desk.capsules.subjects(case_id)
    desk.capsules.decide(case_id, "check/CX5", Opinion.FAILED, "采纳岑川", person="顾知白")
    (decided,) = desk.capsules.subjects(case_id)

    assert conflict.is_open
    assert conflict.conclusions == (Opinion.PASSED, Opinion.FAILED)
    assert not decided.is_open
    assert {remark.author for remark in decided.remarks} == {"闻澜", "岑川"}


def test_a_conclusion_that_comes_after_the_decision_opens_it_again(
    desk: Workstation, case_id: str, seal: str, tmp_path: Path
) -> None:
    first = write_reply(tmp_path / "1.json", seal, [on_check(1, "符合")])
    second = write_reply(tmp_path / "2.json", seal, [on_check(2, "不符合")], author="岑川")
    third = write_reply(tmp_path / "3.json", seal, [on_check(3, "不适用")], author="莫弦")
    desk.capsules.merge([first, second], "方小满")
    desk.capsules.decide(case_id, "check/CX5", Opinion.PASSED, "采纳闻澜", person="顾知白")

    desk.capsules.merge([third], "方小满")

    (subject,) = desk.capsules.subjects(case_id)
    assert subject.is_open


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"digest": "0" * 64}, "校验值不符"),
        ({"author": " "}, "没有署名"),
        ({"items": []}, "没有任何意见"),
        ({"items": [item(1), item(1)]}, "编号相同"),
        ({"items": [item(1, page=-1)]}, "不能读出内容"),
        ({"items": [item(1, conclusion="同意")]}, "不能读出内容"),
        ({"format": "other"}, "不是案卷胶囊的回件"),
        ({"capsule": "f" * 64}, "不是本机关制作"),
    ],
)
def test_a_reply_that_is_not_sound_is_refused_whole(
    desk: Workstation,
    case_id: str,
    seal: str,
    tmp_path: Path,
    change: dict[str, object],
    why: str,
) -> None:
    parts = {"items": [item(1)]} | change
    items = parts.pop("items")
    path = write_reply(tmp_path / "r.json", seal, items, **parts)  # type: ignore[arg-type]

    (merged,), _ = desk.capsules.merge([path], "方小满")

    assert merged.state == REFUSED
    assert why in merged.message
    assert desk.capsules.replies(case_id) == ()


def test_every_changed_byte_is_refused(
    desk: Workstation, made: MadeCapsule, tmp_path: Path
) -> None:
    data = made.path.read_bytes()
    changed = tmp_path / "changed.zip"
    places = [0, 30, 11, len(data) // 3, len(data) // 2, len(data) - 400, len(data) - 210]
    places += [len(data) - 1, len(data) - verify_capsule.COMMENT_LENGTH - 1]

    for place in places:
        spoilt = bytearray(data)
        spoilt[place] ^= 1
        changed.write_bytes(spoilt)
        assert desk.capsules.verify(changed).problems, place
    changed.write_bytes(data + b"\n")
    assert desk.capsules.verify(changed).problems
    changed.write_bytes(data)
    assert not desk.capsules.verify(changed).problems


def test_a_capsule_of_another_office_is_sound_but_not_ours(
    desk: Workstation, made: MadeCapsule, tmp_path: Path
) -> None:
    info = BagInfo(
        organization="别处",
        identifier="1",
        description="",
        bagging_date=made.record.made_at.date(),
    )
    path = tmp_path / "other.zip"
    write_capsule(path, {"案卷.json": b"{}"}, info, lambda _: b"<html>", new_signing_key())

    found = desk.capsules.verify(path)

    assert found.problems == ()
    assert not found.own


def test_the_sealed_register_leaves_only_by_a_named_reader(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    desk.sign_ins.set_password("方小满", "礁石与灯塔之间")
    by = Credential(person="方小满", password="礁石与灯塔之间")
    entry = NewIntervention(
        person="某甲",
        post="某局",
        at=datetime(2026, 8, 22, 9, 0),
        manner="电话",
        content="要求从轻",
    )
    desk.interventions.add(case_id, entry, by)

    with pytest.raises(SignInRefusedError):
        desk.capsules.make(
            case_id, tmp_path, _choices(interventions=(1,), credential=by, reason="复核")
        )
    with pytest.raises(InvalidInputError):
        desk.capsules.make(case_id, tmp_path, _choices(interventions=(1,), reason="复核"))
    content = desk.capsules.show(_make(desk, case_id, tmp_path).path)
    assert content["interventions"] == []
    assert "某甲" not in json.dumps(content, ensure_ascii=False)


def test_what_was_chosen_is_recorded_with_its_reason(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    made = _make(desk, case_id, tmp_path, reporter=True, reason="核对线索来源")

    (record,) = desk.capsules.capsules(case_id)
    with desk.database.reading() as unit:
        (logged,) = unit.log.entries("capsule_made")
    assert record == made.record
    assert (record.chosen, record.reason) == (("举报人身份",), "核对线索来源")
    assert logged.payload["chosen"] == ["举报人身份"]


def test_the_viewer_holds_nothing_that_asks_the_network(made: MadeCapsule) -> None:
    with zipfile.ZipFile(made.path) as archive:
        viewer = archive.read(verify_capsule.VIEWER).decode()

    outside = viewer.replace("http://www.w3.org/2000/svg", "")
    assert "default-src 'none'" in viewer
    assert "http:" not in outside
    assert "https:" not in outside
