"""Proves on a GPU what InsightGraph claims, inside a time limit: every step in a process of its own, one table last.

    python3 prove.py KIT --limit SECONDS [--device cuda|cpu] [--small] [--out FOLDER]

KIT is what unpack.py filled. What a step prints as rows goes into the table; after each step FOLDER (by default $OUT)
holds report.json, table.txt and logs.tar.gz, so that whatever ends this early leaves what was found. docs/gpu.md tells
what the steps measure.
"""

import argparse
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from device_memory import open_device_memory
from proof_steps import (
    Choices,
    Step,
    has_torch,
    library_folders,
    list_steps,
    needs_torch,
    training_batch,
    training_step,
)
from report import Outcome, Report, write_report

# Left for writing the report when the limit comes.
RESERVE_SECONDS = 8
SHORTEST_STEP_SECONDS = 5
# How much longer a step may take in a rehearsal, on processors alone.
REHEARSAL_PATIENCE = 3
# Between asking a step to end and killing it.
GRACE_SECONDS = 5
# Of a file that travels back from the machine.
LARGEST_FILE_BYTES = 15 * 2**20
# What training on is to expect where training was not measured, in samples a second.
USUAL_RATE = 20.0

# Bytes in use by a process, by its id, or on its device; None where that cannot be told.
ReadMemory = Callable[[int], int] | None


def environment(choices: Choices, step: Step) -> dict[str, str]:
    folders = [*library_folders(), os.environ.get("LD_LIBRARY_PATH", "")]
    return {
        **os.environ,
        "HOME": str(choices.work),
        "PYTHON": sys.executable,
        "INSIGHTGRAPH_DATA": str(choices.work / "data"),
        "LD_LIBRARY_PATH": ":".join(filter(None, folders)),
        **step.env,
    }


def end(process: subprocess.Popen) -> None:
    """Ends a step and all that it started."""
    for sign, seconds in ((signal.SIGTERM, GRACE_SECONDS), (signal.SIGKILL, None)):
        try:
            os.killpg(process.pid, sign)
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            return


def resident_bytes(pid: int) -> int:
    """Most memory that a process has had; zero when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return 1024 * int(status.partition("VmHWM:")[2].split()[0]) if "VmHWM:" in status else 0


def watch(process: subprocess.Popen, until: float, read_memory: ReadMemory) -> float | None:
    """Waits for a step's end or its time's; gives the most memory seen, in MiB. Throws: subprocess.TimeoutExpired."""
    read = read_memory or (lambda _: 0)
    before = peak = read(process.pid)
    while process.poll() is None:
        if time.monotonic() > until:
            end(process)
            raise subprocess.TimeoutExpired(process.args, until)
        peak = max(peak, read(process.pid))
        time.sleep(0.02)
    return None if read_memory is None else (peak - before) / 2**20


def read_rows(printed: Path) -> list[dict]:
    rows = []
    for line in printed.read_text(errors="replace").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and {"name", "value", "unit"} <= row.keys():
            rows.append(row)
    return rows


def run_step(step: Step, choices: Choices, logs: Path, seconds: float, read_memory: ReadMemory) -> Outcome:
    name = f"{step.part}-{step.name.replace(' ', '-')}"
    printed, said = logs / f"{name}.out", logs / f"{name}.err"
    outcome = Outcome(step.part, step.name, "done")
    started = time.monotonic()
    with printed.open("w") as out, said.open("w") as err:
        process = subprocess.Popen(
            step.command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=environment(choices, step),
            cwd=choices.work,
            start_new_session=True,
        )
        try:
            outcome.peak_mib = watch(process, started + seconds, read_memory)
            outcome.state = "done" if process.returncode == 0 else "failed"
        except subprocess.TimeoutExpired:
            outcome.state = "out of time"
        finally:
            end(process)
    outcome.seconds = time.monotonic() - started
    outcome.rows = read_rows(printed)
    return outcome


def cut_into(source: Path, out: Path, name: str) -> None:
    """A file in pieces that can travel; `cat` joins them."""
    content = source.read_bytes()
    for at, begin in enumerate(range(0, len(content), LARGEST_FILE_BYTES)):
        (out / f"{name}.{at + 1}").write_bytes(content[begin : begin + LARGEST_FILE_BYTES])


def bring_back(choices: Choices, out: Path) -> None:
    """The trained weights and the profile, where there are any."""
    weights = choices.work / "training/checkpoint/model.safetensors"
    if weights.exists():
        cut_into(weights, out, "trained-mini.safetensors")
    log = choices.work / "training/log.jsonl"
    if log.exists():
        shutil.copyfile(log, out / "training-log.jsonl")
    profile = choices.work / "profile.json"
    if profile.exists():
        with profile.open("rb") as source, gzip.open(out / "profile.json.gz", "wb") as target:
            shutil.copyfileobj(source, target)


def prove(choices: Choices, report: Report, out: Path, deadline: float) -> None:
    logs = choices.work / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    read_memory = resident_bytes if choices.device == "cpu" else open_device_memory()

    def left() -> float:
        return deadline - RESERVE_SECONDS - time.monotonic()

    patience = REHEARSAL_PATIENCE if choices.is_small else 1

    def take(step: Step) -> None:
        if needs_torch(step) and not has_torch():
            outcome = Outcome(step.part, step.name, "no PyTorch")
        elif left() < SHORTEST_STEP_SECONDS:
            outcome = Outcome(step.part, step.name, "not reached")
        else:
            print(f"{step.part} {step.name} …", file=sys.stderr, flush=True)
            outcome = run_step(step, choices, logs, min(patience * step.seconds, left()), read_memory)
        report.outcomes.append(outcome)
        write_report(report, logs, out)

    write_report(report, logs, out)
    for step in list_steps(choices):
        take(step)
    rate = report.value(f"training, batch {training_batch(choices.is_small)}: ours") or USUAL_RATE
    seconds = min(int(left()) - GRACE_SECONDS, 60 if choices.is_small else 600)
    take(training_step(choices, seconds, rate))


def has_held(report: Report) -> bool:
    """Whether every step ended as it should, with every row within its limit."""
    rows = (row for outcome in report.outcomes for row in outcome.rows)
    is_within = all(row["value"] <= row.get("limit", row["value"]) for row in rows)
    return is_within and all(outcome.state in ("done", "no PyTorch") for outcome in report.outcomes)


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kit", type=Path)
    parser.add_argument("--limit", type=int, required=True, help="seconds for everything")
    parser.add_argument("--device", choices=["cuda", "cpu"], default="cuda")
    parser.add_argument("--small", action="store_true", help="narrow networks, as for a rehearsal")
    parser.add_argument("--out", type=Path, default=os.environ.get("OUT", "proof"))
    given = parser.parse_args()
    deadline = time.monotonic() + given.limit
    signal.signal(signal.SIGTERM, interrupt)
    kit, out = given.kit.resolve(), Path(given.out).resolve()
    out.mkdir(parents=True, exist_ok=True)
    choices = Choices(kit, kit / "work", given.device, given.small)
    shutil.rmtree(choices.work, ignore_errors=True)
    choices.work.mkdir(parents=True)
    report = Report(given.device, given.small, given.limit)
    is_whole = True
    try:
        prove(choices, report, out, deadline)
    except KeyboardInterrupt:
        is_whole = False
    bring_back(choices, out)
    print((out / "table.txt").read_text())
    return 0 if is_whole and has_held(report) else 1


if __name__ == "__main__":
    sys.exit(main())
