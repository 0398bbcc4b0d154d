"""The reference side of families.ts: opens a model that it wrote and takes steps of it in torch on the CPU.

    python families.py FOLDER MODEL COUNT  one line of JSON of so many steps or tokens; the output goes to FOLDER/output.safetensors
"""

import json
import sys
import time
from pathlib import Path

import torch
from diffusers import DreamLiteUNetModel, Flux2Transformer2DModel
from diffusers.pipelines.flux2.pipeline_flux2_klein import Flux2KleinPipeline
from safetensors.torch import load_file, save_file
from transformers import Qwen3Config, Qwen3ForCausalLM


def opened(kind: type, folder: Path) -> torch.nn.Module:
    """Opened with the file's pages as its weights, which is the least memory that torch needs."""
    config = json.loads((folder / "config.json").read_text())
    with torch.device("meta"):
        module = kind(**config)
    module.load_state_dict(load_file(folder / "model.safetensors"), assign=True)
    return module.eval()


def open_qwen(folder: Path) -> torch.nn.Module:
    return Qwen3ForCausalLM.from_pretrained(folder, config=Qwen3Config.from_pretrained(folder), dtype=torch.bfloat16).eval()


def dreamlite_step(module: torch.nn.Module, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
    return module(
        inputs["sample"],
        timestep=inputs["timestep"],
        encoder_hidden_states=inputs["text"],
        encoder_attention_mask=inputs["mask"].long(),
        added_cond_kwargs={"time_ids": inputs["pixels"]},
    ).sample


def klein_step(module: torch.nn.Module, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
    sample, reference, text = (inputs[name].bfloat16() for name in ("sample", "reference.0", "text"))
    pictures = torch.cat([one.flatten(2).transpose(1, 2) for one in (sample, reference)], dim=1)
    places = [Flux2KleinPipeline._prepare_latent_ids(sample), Flux2KleinPipeline._prepare_image_ids([reference])]
    velocity = module(
        pictures,
        encoder_hidden_states=text,
        timestep=inputs["timestep"].bfloat16() / 1000,
        img_ids=torch.cat(places, dim=1),
        txt_ids=Flux2KleinPipeline._prepare_text_ids(text),
    ).sample
    tokens = sample.shape[2] * sample.shape[3]
    return velocity[:, :tokens].transpose(1, 2).unflatten(2, sample.shape[2:])


def take_steps(step, module: torch.nn.Module, inputs: dict[str, torch.Tensor], steps: int):
    seconds = []
    cpu_started = time.process_time()
    for _ in range(steps):
        started = time.perf_counter()
        output = step(module, inputs)
        seconds.append(time.perf_counter() - started)
    return seconds, time.process_time() - cpu_started, output


class Clock:
    """A streamer that notes when each token comes; the first call gives the prompt."""

    def __init__(self):
        self.times = []
        self.cpu_times = []

    def put(self, _):
        self.times.append(time.perf_counter())
        self.cpu_times.append(time.process_time())

    def end(self):
        pass


def generate(module: torch.nn.Module, inputs: dict[str, torch.Tensor], tokens: int):
    clock, ids = Clock(), inputs["ids"].long()[None]
    made = module.generate(
        ids,
        attention_mask=torch.ones_like(ids),
        max_new_tokens=tokens + 1,
        min_new_tokens=tokens + 1,
        do_sample=False,
        streamer=clock,
        output_logits=True,
        return_dict_in_generate=True,
    )
    times = clock.times[1:]
    seconds = [later - earlier for earlier, later in zip(times, times[1:])]
    return seconds, clock.cpu_times[-1] - clock.cpu_times[1], made.logits[0]


def peak_bytes() -> int:
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.split("VmHWM:")[1].split()[0])


def measure(folder: Path, which: str, count: int) -> None:
    inputs = load_file(folder / "inputs.safetensors")
    started = time.perf_counter()
    if which == "qwen":
        module = open_qwen(folder)
        open_seconds = time.perf_counter() - started
        seconds, cpu_seconds, output = generate(module, inputs, count)
    else:
        kind, step = {
            "dreamlite": (DreamLiteUNetModel, dreamlite_step),
            "klein": (Flux2Transformer2DModel, klein_step),
        }[which]
        module = opened(kind, folder)
        open_seconds = time.perf_counter() - started
        seconds, cpu_seconds, output = take_steps(step, module, inputs, count)
    save_file({"output": output.float().contiguous()}, folder / "output.safetensors")
    measured = {"seconds": seconds, "cpuSeconds": cpu_seconds, "openSeconds": open_seconds}
    print(json.dumps({**measured, "peakBytes": peak_bytes()}))


if __name__ == "__main__":
    with torch.inference_mode():
        measure(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
