"""The steps of the proof, in the order in which they run."""

import importlib.util
import sys
from dataclasses import dataclass, field
from pathlib import Path

# Full float32 products, to compare with the CPU: cuBLAS and cuDNN round them to TF32 by default.
EXACT = {"NVIDIA_TF32_OVERRIDE": "0"}


@dataclass(frozen=True)
class Choices:
    kit: Path
    work: Path
    device: str
    is_small: bool


def training_batch(is_small: bool) -> int:
    """Scenes in a training step."""
    return 2 if is_small else 32


@dataclass(frozen=True)
class Step:
    # Letter of the point that it belongs to.
    part: str
    name: str
    # The most that it may take.
    seconds: int
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)


def library_folders() -> list[str]:
    """Where a PyTorch for CUDA keeps the libraries that the CUDA provider asks for too."""
    found = importlib.util.find_spec("nvidia")
    places = [Path(place) for place in (found.submodule_search_locations or [])] if found else []
    return [str(folder) for place in places for folder in sorted(place.glob("*/lib"))]


def has_torch() -> bool:
    return importlib.util.find_spec("torch") is not None


def list_steps(choices: Choices) -> list[Step]:
    """Every step but the last, which trains on for what is left of the time."""
    device, is_small = choices.device, choices.is_small
    project = choices.kit / "packages/app"
    checkpoint, work = str(choices.work / "checkpoint"), str(choices.work)
    peers = Path(__file__).parent / "peers"
    repeats = "3" if is_small else "10"
    training = (device, str(training_batch(is_small)), "1" if is_small else "12", *(["torch"] if has_torch() else []))

    def ours(part: str, name: str, seconds: int, script: str, *args: str, **more) -> Step:
        command = [str(choices.kit / "node"), str(project / f"prove/{script}.mjs"), *args]
        return Step(part, name, seconds, command, **more)

    def theirs(part: str, name: str, seconds: int, script: str, *args: str) -> Step:
        return Step(part, name, seconds, [sys.executable, str(peers / f"{script}.py"), *args])

    def timed(part: str, network: str, precision: str) -> Step:
        args = (checkpoint, network, device, precision, repeats)
        return ours(part, f"{network} {precision}", 90, "time-network", *args)

    def torch(precision: str, way: str, seconds: int) -> Step:
        args = (checkpoint, device, precision, way, repeats)
        return theirs("d", f"torch {way} {precision}", seconds, "unet_torch", *args)

    def compiled(precision: str, seconds: int) -> list[Step]:
        # Compiling for a CPU takes minutes and compares nothing.
        return [] if is_small else [torch(precision, "compile", seconds)]

    size = "small" if is_small else "full"
    profile = (checkpoint, "unet", device, "float16", str(choices.work / "profile.json"))
    edit = (device, "float16", checkpoint, *(("64", "2") if is_small else ("512", "20")))
    return [
        ours("a", "provider", 60, "provider", device, env=EXACT),
        ours("b", "edit", 90, "edit", device, work),
        ours("c", "parity", 120, "parity", device, env=EXACT),
        ours("d", "write weights", 90, "write-checkpoint", checkpoint, size, str(project / "tokenizer")),
        timed("d", "unet", "float16"),
        timed("d", "unet", "float32"),
        torch("float16", "eager", 60),
        torch("float32", "eager", 60),
        *compiled("float16", 150),
        theirs("d", "peak", 60, "matmul_torch", device, "512" if is_small else "8192"),
        ours("d", "profile", 60, "profile-network", *profile, env={"CUDA_LAUNCH_BLOCKING": "1"}),
        timed("e", "vae-decoder", "float16"),
        timed("e", "vae-decoder", "float32"),
        timed("e", "vae-encoder", "float16"),
        ours("e", "whole edit", 120, "edit-size", *edit),
        ours("f", "training", 120, "training", *training),
        # The slowest, and the least missed.
        *compiled("float32", 120),
    ]


def needs_torch(step: Step) -> bool:
    return step.command[0] == sys.executable


def training_step(choices: Choices, seconds: int, rate: float) -> Step:
    """The mini's training goes on for so many seconds; the rate, in samples a second, says how many steps fit."""
    batch = str(training_batch(choices.is_small))
    script = str(choices.kit / "packages/app/prove/train-on.mjs")
    args = [choices.device, str(choices.work), batch, str(seconds), str(rate)]
    command = [str(choices.kit / "node"), script, *args]
    return Step("g", "training on", seconds + 10, command)
