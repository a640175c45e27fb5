"""Names as layouts."""

from __future__ import annotations

import pytest

from derive.writing.latex import written
from derive.writing.letters import letter


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x", "x"),
        ("lambda", r"\lambda"),
        ("mu_1", r"\mu_1"),
        ("mu_ML", r"\mu_{ML}"),
        ("sigma2", r"\sigma_2"),
        (r"\sigma^2", r"\sigma^2"),
        (r"\hat{\sigma}^2", r"\hat{\sigma}^2"),
        (r"\hat{\mu}_{\mathrm{ML}}", r"\hat{\mu}_{\mathrm{ML}}"),
        (r"\theta^{(t+1)}", r"\theta^{(t+1)}"),
        (r"S_{xy}", r"S_{xy}"),
        (r"\overline{x^2}", r"\overline{x^2}"),
        ("rate", r"\mathrm{rate}"),
        (r"\dots", r"\dots"),
    ],
)
def test_names(name: str, expected: str) -> None:
    assert written(letter(name)) == expected


def test_letters_are_replaced_inside_a_name_but_not_inside_a_command() -> None:
    assert written(letter(r"\overline{x^2}", {"x": "D"})) == r"\overline{D^2}"
    assert written(letter(r"\xi_i", {"x": "D", "i": "j"})) == r"\xi_j"
