"""What a desk searched and pinned comes back, also after the file was damaged."""

from workstation.bootstrap import Workstation
from workstation.operations.search_memory import FILE_NAME, Suggestion, SuggestionKind

ARTICLE = "《中华人民共和国行政处罚法》第六十三条"


def test_the_latest_query_stands_first_and_only_once(desk: Workstation) -> None:
    for query in ("占道经营", "听证", "占道经营"):
        desk.searches.remember(query)

    assert desk.searches.recent() == ("占道经营", "听证")


def test_a_pinned_article_is_kept_as_a_full_citation_until_it_is_taken_away(
    desk: Workstation,
) -> None:
    desk.law.open_texts()

    desk.searches.pin("处罚法 63")
    assert desk.searches.pinned() == (ARTICLE,)
    desk.searches.unpin(ARTICLE)
    assert desk.searches.pinned() == ()


def test_what_is_pinned_stays_when_the_queries_are_forgotten(desk: Workstation) -> None:
    desk.law.open_texts()
    desk.searches.pin(ARTICLE)
    desk.searches.remember("听证")

    desk.searches.forget()

    assert (desk.searches.recent(), desk.searches.pinned()) == ((), (ARTICLE,))


def test_a_half_typed_query_is_offered_from_all_four_sources(desk: Workstation) -> None:
    desk.law.open_texts()
    desk.searches.pin(ARTICLE)
    desk.searches.remember("行政处罚 听证")

    found = desk.searches.suggest("行政处罚", limit=40)

    assert found[0] == Suggestion(SuggestionKind.PINNED, ARTICLE)
    assert found[1] == Suggestion(SuggestionKind.RECENT, "行政处罚 听证")
    assert Suggestion(SuggestionKind.LAW, "中华人民共和国行政处罚法") in found


def test_the_offices_own_matters_are_offered(desk: Workstation) -> None:
    name = desk.office.matters()[0].name

    found = desk.searches.suggest(name[:6])

    assert Suggestion(SuggestionKind.MATTER, name) in found


def test_a_damaged_file_is_put_aside_and_kept(desk: Workstation) -> None:
    path = desk.home.root / FILE_NAME
    path.write_text('{"recent": 3', encoding="utf-8")

    desk.searches.remember("听证")

    aside = list(desk.home.root.glob("searches.*.damaged"))
    assert [file.read_text(encoding="utf-8") for file in aside] == ['{"recent": 3']
    assert desk.searches.recent() == ("听证",)
