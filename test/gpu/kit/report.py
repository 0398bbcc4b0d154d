"""What was found, as a table for people and as JSON."""

import json
import tarfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from proof_steps import training_batch

# More than a number can be: JSON has no infinity.
INFINITE = 1e30


@dataclass
class Outcome:
    part: str
    name: str
    # done, failed, out of time, not reached, no PyTorch
    state: str
    seconds: float = 0.0
    # Most memory in use at once: the GPU's beyond what others held, on a CPU the process's own.
    peak_mib: float | None = None
    rows: list[dict] = field(default_factory=list)


@dataclass
class Report:
    device: str
    is_small: bool
    limit_seconds: int
    outcomes: list[Outcome] = field(default_factory=list)

    def value(self, name: str) -> float | None:
        rows = (row for outcome in self.outcomes for row in outcome.rows)
        return next((row["value"] for row in rows if row["name"] == name), None)


def quotient(report: Report, ours: str, theirs: str) -> float | None:
    own, other = report.value(ours), report.value(theirs)
    return own / other if own and other else None


def ratio_rows(report: Report) -> list[dict]:
    """Ours beside PyTorch and beside what the card can do."""
    found = []
    for precision in ("float16", "float32"):
        unet = f"unet, {precision}"
        for way in ("eager", "compile"):
            ratio = quotient(report, f"{unet}: step", f"torch {way}, {precision}: step")
            found.append((f"{unet}: time beside torch {way}", ratio, "times"))
        share = quotient(report, f"{unet}: speed", f"peak, {precision}")
        found.append((f"{unet}: share of the peak", share and 100 * share, "%"))
    batch = training_batch(report.is_small)
    rate = quotient(report, f"training, batch {batch}: ours", f"training, batch {batch}: PyTorch")
    found.append(("training: speed beside PyTorch", rate, "times"))
    return [
        {"name": name, "value": value, "unit": unit} for name, value, unit in found if value is not None
    ]


def row_line(part: str, row: dict) -> str:
    value, limit = row["value"], row.get("limit")
    shown = "infinite" if value >= INFINITE else f"{value:.4g}"
    verdict = "" if limit is None else f"<= {limit:g}  {'ok' if value <= limit else 'FAILED'}"
    return f"{part:2} {row['name']:62} {shown:>10} {row['unit']:12} {verdict}".rstrip()


def outcome_line(outcome: Outcome) -> str:
    peak = "" if outcome.peak_mib is None else f"{outcome.peak_mib:.0f} MiB at most"
    return f"{outcome.part:2} {outcome.name:24} {outcome.state:12} {outcome.seconds:7.1f} s   {peak}".rstrip()


def table(report: Report) -> str:
    lines = [row_line(outcome.part, row) for outcome in report.outcomes for row in outcome.rows]
    ratios = [row_line("", row) for row in ratio_rows(report)]
    steps = [outcome_line(outcome) for outcome in report.outcomes]
    return "\n".join([*lines, *ratios, "", *steps]) + "\n"


def write_report(report: Report, logs: Path, out: Path) -> None:
    (out / "table.txt").write_text(table(report))
    found = {**asdict(report), "ratios": ratio_rows(report)}
    (out / "report.json").write_text(json.dumps(found, indent=1) + "\n")
    with tarfile.open(out / "logs.tar.gz", "w:gz") as tar:
        tar.add(logs, "logs")
