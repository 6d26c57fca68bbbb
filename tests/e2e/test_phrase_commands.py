"""Phrases through the command line."""

from tests.e2e.conftest import Demo, Run


def test_a_phrase_is_added_listed_and_withdrawn(run: Run, demo: Demo) -> None:
    added = ("--kind", "送达", "--text", "{{当事人}}拒收", "--basis", "行政处罚法§61第1款")

    _, kept = run(demo.home, "phrases", "add", "拒收", *added, "--by", "方小满")
    _, listed = run(demo.home, "phrases", "list", "--form", "D56.note")
    status, gone = run(
        demo.home, "phrases", "withdraw", kept["code"], "--by", "叶怀山", "--reason", "重复"
    )
    _, after = run(demo.home, "phrases", "list", "--form", "D56.note")

    assert kept["blanks"] == ["当事人"]
    assert {"S16", "S17", kept["code"]} == {each["code"] for each in listed["phrases"]}
    assert (status, gone["reason"]) == (0, "重复")
    assert kept["code"] not in {each["code"] for each in after["phrases"]}


def test_a_phrase_is_revised_and_what_is_not_named_stays(run: Run, demo: Demo) -> None:
    added = (
        "--kind",
        "送达",
        "--text",
        "甲",
        "--basis",
        "行政处罚法§61第1款",
        "--form",
        "D56.note",
    )
    _, old = run(demo.home, "phrases", "add", "拒收", *added, "--by", "方小满")

    status, new = run(
        demo.home, "phrases", "revise", old["code"], "--text", "乙", "--by", "叶怀山"
    )
    _, after = run(demo.home, "phrases", "list", "--form", "D56.note", "--history")

    assert (status, new["wording"], new["name"], new["forms"]) == (0, "乙", "拒收", ["D56.note"])
    gone = next(each for each in after["phrases"] if each["code"] == old["code"])
    assert (gone["withdrawn_by"], gone["reason"]) == ("叶怀山", f"改为{new['code']}")


def test_a_repealed_basis_is_refused(run: Run, demo: Demo) -> None:
    added = ("--kind", "违法事实", "--text", "甲", "--basis", "大气污染防治法§81")

    status, result = run(demo.home, "phrases", "add", "油烟", *added, "--by", "方小满")

    assert status == 1
    assert "2026-08-15 起废止" in result["error"]["message"]
