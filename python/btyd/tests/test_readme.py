"""The opening example of the README does what it says."""

import pathlib

import numpy as np

import btyd


def test_the_opening_example_runs(tmp_path, monkeypatch, capsys):
    text = (pathlib.Path(__file__).parents[1] / "README.md").read_text()
    example = text.split("```python\n")[1].split("```")[0]
    assert len(example.strip().splitlines()) <= 12
    rng = np.random.default_rng(1)
    lines = ["customer,day,spent"]
    for customer in range(600):
        first, life = rng.integers(0, 90), min(rng.exponential(1 / rng.gamma(0.8, 1 / 100)), 270)
        for day in {first, *(first + rng.uniform(1, 1 + life, rng.poisson(rng.gamma(0.6, 1 / 15) * life)).astype(int))}:
            date = np.datetime64("2024-01-01") + int(day)
            lines.append(f"c{customer},{date},{rng.gamma(6, 5):.2f}")
    (tmp_path / "orders.csv").write_text("\n".join(lines))
    monkeypatch.chdir(tmp_path)
    found = {}
    exec(example, found)  # noqa: S102
    base, limits = found["base"], found["low_high"]
    assert "standard_error" in capsys.readouterr().out
    assert base["active"].between(0, 1).all() and (base["value"] >= 0).all()
    assert ((limits.low <= base["next_quarter"]) & (base["next_quarter"] <= limits.high)).all()
    assert isinstance(found["fit"], btyd.BgNbd)
