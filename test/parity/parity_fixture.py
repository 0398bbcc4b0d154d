"""Writes parity fixtures: zipped safetensors files with a network's weights, inputs and expected outputs, or JSON of numbers."""

import gzip
import json
import sys
from importlib.metadata import version
from pathlib import Path

import torch
from formula_weights import name_of
from safetensors.torch import save

ROOT = Path(__file__).parent.parent / "fixtures" / "parity"
FILE_LIMIT = 300_000
TOPIC_LIMIT = 2_000_000
LIBRARIES = ("torch", "diffusers", "transformers", "numpy")


def rounded(values: torch.Tensor) -> torch.Tensor:
    """Numbers that half precision holds, so that weights are stored in it without loss."""
    return values.half().to(values.dtype)


def randomize(module: torch.nn.Module, seed: int, std: float = 0.2) -> torch.nn.Module:
    """Redraws every parameter, so that none is at its beginning: norms near one, biases not zero."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            is_scale = parameter.ndim == 1 and name.endswith("weight")
            fan_in = parameter[0].numel() if parameter.ndim > 1 else 0
            scale = 1 / fan_in**0.5 if parameter.ndim > 1 else std
            parameter.copy_(rounded(noise * scale + (1 if is_scale else 0)))
    return module.eval()


def draw(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def _narrowed(values: torch.Tensor) -> torch.Tensor:
    """Single precision as half, where that loses nothing."""
    if values.dtype != torch.float32 or not torch.equal(rounded(values), values):
        return values
    return values.half()


def _stored(tensors: dict[str, torch.Tensor], prefix: str) -> dict[str, torch.Tensor]:
    # A copy each: two names may share memory, which the format forbids.
    return {
        f"{prefix}.{key}": value.detach().clone().contiguous() for key, value in tensors.items()
    }


def write_fixture(
    topic: str,
    name: str,
    *,
    seed: int,
    config: dict | None = None,
    weights: dict[str, torch.Tensor] | None = None,
    inputs: dict[str, torch.Tensor] | None = None,
    outputs: dict[str, torch.Tensor] | None = None,
    options: dict | None = None,
) -> None:
    """Writes test/fixtures/parity/<topic>/<name>.safetensors.gz.

    config is the reference's own config.json; options is what the test needs besides it. Of weights by the formula, the
    names and shapes alone are written.
    """
    formula = {
        key: [formula_name, list(value.shape)]
        for key, value in (weights or {}).items()
        if (formula_name := name_of(value)) is not None
    }
    kept = {key: _narrowed(value) for key, value in (weights or {}).items() if key not in formula}
    tensors = {
        **_stored(kept, "weights"),
        **_stored(inputs or {}, "inputs"),
        **_stored(outputs or {}, "outputs"),
    }
    metadata = {
        "config": json.dumps(config or {}),
        "options": json.dumps(options or {}),
        "formula": json.dumps(formula),
        "seed": str(seed),
        "versions": json.dumps({library: version(library) for library in LIBRARIES}),
    }
    folder = ROOT / topic
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.safetensors.gz"
    path.write_bytes(gzip.compress(save(tensors, metadata), mtime=0))
    total = sum(file.stat().st_size for file in folder.glob("*.safetensors.gz"))
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes; topic {total}")
    if path.stat().st_size > FILE_LIMIT or total > TOPIC_LIMIT:
        sys.exit("too large for the repository; choose a smaller configuration")


def write_numbers(topic: str, name: str, numbers: dict, libraries: tuple[str, ...]) -> None:
    """Writes test/fixtures/parity/<topic>/<name>.json: numbers in double precision, and who computed them."""
    folder = ROOT / topic
    folder.mkdir(parents=True, exist_ok=True)
    versions = {library: version(library) for library in libraries}
    text = json.dumps({"versions": versions, **numbers}, indent=2)
    (folder / f"{name}.json").write_text(text + "\n")
