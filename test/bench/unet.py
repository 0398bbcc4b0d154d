"""The reference side of unet.ts: writes SD-1.5-sized random networks, and times a step of them in torch on the CPU.

    python unet.py write FOLDER      weights, configs, inputs and expected outputs, once
    python unet.py time FOLDER unet  one line of JSON: seconds of each step, and the peak of resident memory
"""

import json
import sys
import time
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import load_file, save_file

UNET = {"cross_attention_dim": 768, "in_channels": 8, "sample_size": 64}
VAE = {
    "block_out_channels": [128, 256, 512, 512],
    "down_block_types": ["DownEncoderBlock2D"] * 4,
    "up_block_types": ["UpDecoderBlock2D"] * 4,
    "layers_per_block": 2,
    "sample_size": 512,
}
CLASSES = {"unet": (UNet2DConditionModel, UNET), "vae": (AutoencoderKL, VAE)}


def draw(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


INPUTS = {
    "unet": {
        "sample": draw(1, 3, 8, 64, 64),
        "timestep": torch.tensor([981.0, 981.0, 981.0]),
        "text": draw(2, 3, 77, 768),
    },
    "vae": {"latent": draw(3, 1, 4, 64, 64)},
}


def random_weights(module: torch.nn.Module, seed: int) -> dict[str, torch.Tensor]:
    """As after training: norms near one, no bias and no last convolution at zero."""
    generator = torch.Generator().manual_seed(seed)
    weights = {}
    for name, parameter in module.state_dict().items():
        noise = torch.randn(parameter.shape, generator=generator)
        if parameter.ndim > 1:
            weights[name] = noise.div_(parameter[0].numel() ** 0.5)
        else:
            weights[name] = noise.mul_(0.1).add_(1.0 if name.endswith("weight") else 0.0)
    return weights


def load(folder: Path, which: str) -> torch.nn.Module:
    kind, config = CLASSES[which]
    with torch.device("meta"):
        module = kind(**config)
    module.load_state_dict(load_file(folder / which / "model.safetensors"), assign=True)
    return module.eval()


def step(module: torch.nn.Module, which: str) -> dict[str, torch.Tensor]:
    inputs = INPUTS[which]
    if which == "vae":
        return {"pixels": module.decode(inputs["latent"]).sample}
    return {"output": module(inputs["sample"], inputs["timestep"], inputs["text"]).sample}


def write(folder: Path) -> None:
    for seed, (which, (kind, config)) in enumerate(CLASSES.items()):
        (folder / which).mkdir(parents=True, exist_ok=True)
        with torch.device("meta"):
            module = kind(**config)
        (folder / which / "config.json").write_text(module.to_json_string())
        save_file(random_weights(module, seed), folder / which / "model.safetensors")
        outputs = step(load(folder, which), which)
        save_file({**INPUTS[which], **outputs}, folder / which / "step.safetensors")


def peak_bytes() -> int:
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.split("VmHWM:")[1].split()[0])


def measure(folder: Path, which: str) -> None:
    module = load(folder, which)
    seconds, cpu_seconds = [], []
    for _ in range(3):
        started, cpu_started = time.perf_counter(), time.process_time()
        step(module, which)
        seconds.append(time.perf_counter() - started)
        cpu_seconds.append(time.process_time() - cpu_started)
    print(json.dumps({"seconds": seconds, "cpuSeconds": cpu_seconds, "peakBytes": peak_bytes()}))


with torch.inference_mode():
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]))
    else:
        measure(Path(sys.argv[2]), sys.argv[3])
