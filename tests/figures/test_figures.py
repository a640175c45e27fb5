"""Figures: the same bytes each time, the right points in them, a clear word where they cannot be."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import derive
from derive.figures import canvas
from derive.figures.information import DivergenceLabels, bernoulli_entropy_figure, divergence_figure
from derive.figures.likelihood import reach_of, sampled

BEGINS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF-"}


@pytest.mark.parametrize(
    ("name", "data", "ending"),
    [
        ("bernoulli", "1 1 0 1", "svg"),
        ("normal", "1.5 2 4 3.5 2.2", "png"),
        ("categorical(3, \\pi)", "1 2 3 3", "pdf"),
        ("poisson", "0:3 1:4 3:1", "png"),
    ],
)
def test_a_figure(name: str, data: str, ending: str) -> None:
    result = derive.mle(name, data=data, notation=("data=D",))
    caption, drawn = result.figure(ending)
    assert caption.key == "figure_mle"
    assert drawn.startswith(BEGINS[ending]) and drawn == result.figure(ending)[1]
    assert b"matplotlib v" not in drawn.lower() and b"<dc:date>" not in drawn and b"CreationDate" not in drawn


@pytest.mark.skipif(canvas.chinese_font() is None, reason="no font with Chinese letters is installed")
def test_a_chinese_figure() -> None:
    result = derive.mle("poisson", data="2 0 1")
    assert result.figure("png", "zh")[1] != result.figure("png", "en")[1]


def test_without_a_chinese_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canvas, "chinese_font", lambda: None)
    result = derive.mle("poisson", data="2 0 1")
    assert "观测" in result.figure("svg", "zh")[1].decode()
    with pytest.raises(derive.InputError, match="Noto Sans SC"):
        result.figure("png", "zh")


@pytest.mark.parametrize("data", [None, "0 0 0"])
def test_a_figure_needs_an_estimate(data: str | None) -> None:
    with pytest.raises(derive.InputError, match="needs data"):
        derive.mle("poisson", data=data).figure("svg")


def test_without_matplotlib(tmp_path: Path) -> None:
    code = "import sys; sys.modules['matplotlib'] = None; from derive.cli import run; sys.exit(run(sys.argv[1:]))"
    out = tmp_path / "a.md"
    command = ["mle", "poisson", "--data", "2 0 1", "--plot", str(tmp_path / "a.svg"), "--out", str(out)]
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True)
    assert done.returncode == 2 and "pip install 'derive[plot]'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_user_s_settings_change_nothing() -> None:
    import matplotlib

    result = derive.mle("poisson", data="2 0 1")
    before = result.figure("svg")[1]
    with matplotlib.rc_context({"font.size": 30, "lines.linewidth": 9}):
        assert result.figure("svg")[1] == before
        assert matplotlib.rcParams["font.size"] == 30


def test_score_crosses_zero_at_the_estimate() -> None:
    result = derive.mle("bernoulli", data="1 1 0 1")
    assert result.data is not None
    score = result.data.score(result.data.letters[0])
    assert score(0.75) == pytest.approx(0) and score(0.7) > 0 > score(0.8)


def test_how_far_to_look() -> None:
    def curve(x: float) -> float:
        return -((x - 3) ** 2) if x > 2.5 else -math.inf

    low, high = reach_of(curve, [3.0], 0)
    assert 2.5 < low < 2.6 and 4.5 < high < 7
    x, y = sampled(curve, (2.0, 4.0))
    assert len(x) == len(y) and math.isnan(y[0]) and y[-1] == -1


LABELS = DivergenceLabels("x", "p(x)", "q(x)", r"p(x) \log\frac{p(x)}{q(x)}")


def normal(mean: float) -> Any:
    return lambda x: math.exp(-((x - mean) ** 2) / 2) / math.sqrt(2 * math.pi)


@pytest.mark.parametrize("ending", BEGINS)
def test_divergence(ending: str) -> None:
    drawn = divergence_figure(normal(0), normal(1), (-4, 5), LABELS, ending=ending)
    assert drawn.startswith(BEGINS[ending])
    assert drawn == divergence_figure(normal(0), normal(1), (-4, 5), LABELS, ending=ending)


def test_divergence_of_mass_functions() -> None:
    first, second = {0: 0.5, 1: 0.5}.get, {0: 1.0}.get
    drawn = divergence_figure(
        lambda x: first(int(x), 0.0), lambda x: second(int(x), 0.0), (0, 1), LABELS, whole=True, base=2
    )
    assert drawn.startswith(b"<?xml")


def test_entropy_of_a_coin() -> None:
    plain = bernoulli_entropy_figure("p", "H(p)", base=2)
    assert plain.startswith(b"<?xml") and plain != bernoulli_entropy_figure("p", "H(p)", base=2, at=0.1)


def test_labels_that_matplotlib_cannot_set() -> None:
    assert canvas.math(r"\hat{\mu}") == r"$\hat{\mu}$"
    assert canvas.math(r"\nonsense{x}") == r"\nonsense{x}"


@pytest.mark.parametrize("ending", BEGINS)
@pytest.mark.parametrize(
    "made",
    [
        lambda: derive.kl("normal", "normal", at="mu_1=0, sigma_1^2=1, mu_2=1, sigma_2^2=2"),
        lambda: derive.kl("poisson(3)", "poisson(4)"),
        lambda: derive.entropy("bernoulli", at="p=0.1", base=2),
    ],
    ids=["densities", "masses", "coin"],
)
def test_a_figure_of_information(made: Any, ending: str) -> None:
    result = made()
    _, picture = result.figure(ending, "zh")
    assert picture.startswith(BEGINS[ending])
    assert result.figure(ending, "zh")[1] == picture


def test_a_figure_of_information_needs_numbers() -> None:
    with pytest.raises(derive.InputError, match="needs a number"):
        derive.kl("normal", "normal").figure("svg")
    with pytest.raises(derive.InputError, match="no figure"):
        derive.kl("normal", "exponential").figure("svg")
