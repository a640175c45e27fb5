"""Every document of the gallery is compiled by every TeX engine that is installed: `pytest tests/sweep`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

OUTPUTS = Path(__file__).parent.parent.parent / "outputs"
DOCUMENTS = sorted(path.relative_to(OUTPUTS).as_posix() for path in OUTPUTS.rglob("*.tex"))
ENGINES = [name for name in ("pdflatex", "xelatex", "tectonic") if shutil.which(name)]
SECONDS = 300


def has_chinese_fonts(engine: str) -> bool:
    wanted = "CJKutf8.sty" if engine == "pdflatex" else "ctexart.cls"
    if engine == "tectonic":
        return True
    return subprocess.run(["kpsewhich", wanted], capture_output=True).returncode == 0


@pytest.mark.skipif(not ENGINES, reason="no TeX engine is installed")
@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("engine", ENGINES)
def test_compiles_without_overfull_lines(name: str, engine: str, tmp_path: Path) -> None:
    if name.startswith("zh/") and not has_chinese_fonts(engine):
        pytest.skip(f"{engine} has no Chinese fonts here")
    shutil.copy(OUTPUTS / name, tmp_path / "page.tex")
    flags = [] if engine == "tectonic" else ["-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error"]
    run = subprocess.run([engine, *flags, "page.tex"], cwd=tmp_path, capture_output=True, timeout=SECONDS)
    assert run.returncode == 0, run.stdout[-2000:]
    assert (tmp_path / "page.pdf").stat().st_size > 10_000
    log = (tmp_path / "page.log").read_text("utf-8", errors="replace") if engine != "tectonic" else run.stderr.decode()
    assert [line for line in log.splitlines() if line.startswith(("Overfull", "LaTeX Warning", "Missing char"))] == []
