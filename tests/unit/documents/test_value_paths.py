"""Which data of the case a default draws on."""

from workstation.documents.value_paths import value_paths


def test_every_datum_that_is_printed_is_named_once() -> None:
    source = "{{ case.cause }}，{{ party['name'] }}，{{ case.cause|trim }}"

    paths = value_paths(source, lambda _path: True)

    assert paths == ("case.cause", "party.name")


def test_of_two_sources_the_first_that_holds_counts() -> None:
    source = "{{ issued.D41.facts or issued.D37.facts }}"

    paths = value_paths(source, lambda path: path == "issued.D37.facts")

    assert paths == ("issued.D37.facts",)
    assert value_paths(source, lambda _path: True) == ("issued.D41.facts",)


def test_events_chosen_by_kind_are_named_with_their_kind() -> None:
    source = (
        "{% set e = case.events|selectattr('kind', 'equalto', 'case_filed')|list %}{{ e[-1].at }}"
    )

    paths = value_paths(source, lambda _path: True)

    assert paths == ("case.events:case_filed",)


def test_a_fixed_text_and_a_broken_one_draw_on_nothing() -> None:
    assert value_paths("15", lambda _path: True) == ()
    assert value_paths("{{ case.", lambda _path: True) == ()
