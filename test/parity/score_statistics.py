"""Paired tests and bootstrap intervals of scipy."""

import numpy as np
from parity_fixture import write_numbers
from scipy.stats import binomtest, bootstrap, norm, wilcoxon

rng = np.random.default_rng(1)


def signed_rank(differences: np.ndarray) -> dict:
    values = differences.tolist()
    return {"differences": values, "pValue": float(wilcoxon(differences).pvalue)}


def mcnemar(gains: int, losses: int) -> dict:
    pValue = float(binomtest(gains, gains + losses).pvalue)
    return {"gains": gains, "losses": losses, "pValue": pValue}


def interval(values: np.ndarray) -> dict:
    found = bootstrap((values,), np.mean, n_resamples=100_000, method="percentile", rng=rng)
    low, high = found.confidence_interval
    return {"values": values.tolist(), "mean": values.mean(), "low": low, "high": high}


wilcoxons = {
    "exact": signed_rank(rng.normal(0.4, 1, 12)),
    "largest exact": signed_rank(rng.normal(0.3, 1, 50)),
    "approximate": signed_rank(rng.normal(0.2, 1, 80)),
    "few with ties and zeros": signed_rank(np.array([1.0, 2, 2, -1, 0, 3, -2, 5, 0, 4, 3])),
    "ties and zeros": signed_rank(np.round(rng.normal(0.5, 1.5, 60))),
}
mcnemars = [mcnemar(3, 11), mcnemar(9, 9), mcnemar(1200, 1090), mcnemar(0, 5)]
intervals = {"normal": interval(rng.normal(20, 3, 40)), "skewed": interval(rng.exponential(1, 60))}
tails = [{"z": z, "tail": float(norm.sf(z))} for z in (0.0, 0.5, 1.96, 2.999, 3.0, 4.5, 8.0)]
numbers = {"wilcoxon": wilcoxons, "mcnemar": mcnemars, "bootstrap": intervals, "tails": tails}
write_numbers("metrics", "statistics", numbers, ("scipy", "numpy"))
