import pytest

from scripts import compare_with_libreoffice

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        compare_with_libreoffice.find_soffice() is None, reason="LibreOffice is not installed"
    ),
]


def test_libreoffice_comes_to_the_same_pages(capsys: pytest.CaptureFixture[str]) -> None:
    result = compare_with_libreoffice.main(["--random", "12", "--seed", "3"])

    assert "page counts equal: 12/12" in capsys.readouterr().out
    assert result == 0
