"""ST-LPIPS: converts the package's weights into the checkpoint that ships, and scores pictures with the package.

The package imports IPython and torchsummary, and uses neither.
"""

import hashlib
import json
import sys
import types
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from metric_pictures import pairs
from parity_fixture import write_numbers
from safetensors.torch import save_file

sys.modules["IPython"] = types.SimpleNamespace(embed=None)
sys.modules["torchsummary"] = types.SimpleNamespace(summary=None)
from stlpips_pytorch import stlpips  # noqa: E402

FOLDER = Path(__file__).parent.parent.parent / "packages" / "models" / "weights" / "st-lpips"
BINOMIAL = torch.tensor([[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]]) / 16


def checkpoint(model: torch.nn.Module) -> dict[str, torch.Tensor]:
    """Kernels in half precision; biases, scales and the linear heads as they are."""
    tensors = {}
    for key, value in model.state_dict().items():
        if key.endswith(".filt"):
            assert torch.equal(value, BINOMIAL.expand_as(value)), key
        elif not key.startswith("lins."):
            is_kernel = key.startswith("net.") and value.ndim == 4
            tensors[key] = value.half() if is_kernel else value
    return tensors


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_checkpoint(tensors: dict[str, torch.Tensor]) -> None:
    FOLDER.mkdir(exist_ok=True)
    source = f"stlpips_pytorch {version('stlpips_pytorch')}, vST0.0/alex_shift_tolerant.pth"
    save_file(tensors, FOLDER / "model.safetensors", {"format": "pt", "source": source})
    config = {"_class_name": "ShiftTolerantLPIPS", "backbone": "alex", "version": "vST0.0"}
    (FOLDER / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    contents = {name: (FOLDER / name).read_bytes() for name in ("config.json", "model.safetensors")}
    files = [
        {"path": name, "bytes": len(content), "sha256": digest(content)}
        for name, content in contents.items()
    ]
    whole = "".join(f"{file['path']}\0{file['sha256']}\n" for file in files)
    model = {
        "architecture": config["_class_name"],
        "dtype": "float16",
        "bytes": sum(file["bytes"] for file in files),
        "digest": digest(whole.encode()),
        "config": "config.json",
        "files": files,
    }
    manifest = {
        "format": "insightgraph-checkpoint",
        "version": 1,
        "name": "st-lpips",
        "source": f"shipped with InsightGraph, from {source}",
        "licence": "bsd-2-clause",
        "components": {"model": model},
    }
    (FOLDER / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    sums = "".join(f"{file['sha256']}  {file['path']}\n" for file in files)
    (FOLDER / "SHA256SUMS").write_text(sums)


def planes(picture: np.ndarray) -> torch.Tensor:
    return torch.tensor(picture).permute(2, 0, 1)[None].float() / 127.5 - 1


@torch.no_grad()
def distances(model: torch.nn.Module) -> dict[str, float]:
    return {name: model(planes(a), planes(b)).item() for name, (a, b) in pairs().items()}


model = stlpips.LPIPS(net="alex", variant="shift_tolerant").eval()
original = distances(model)
tensors = checkpoint(model)
write_checkpoint(tensors)
model.load_state_dict({key: value.float() for key, value in tensors.items()}, strict=False)
numbers = {"original": original, "rounded": distances(model)}
write_numbers("metrics", "st-lpips", numbers, ("stlpips_pytorch", "torch"))
