"""The tiny checkpoint with LoRAs whose scales are written in every way that is in use, as PEFT and diffusers load them."""

import shutil
from pathlib import Path

import torch
from diffusers import StableDiffusionPipeline
from parity_fixture import ROOT, draw, write_fixture
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict
from safetensors.torch import save_file

CHECKPOINT = Path(__file__).parent.parent / "fixtures" / "checkpoints" / "tiny-instruct-pix2pix"
FILES = ROOT / "lora-scales" / "files"
SEED = 23
RANK, ALPHA = 4, 7
TARGETS = ["to_q", "to_v", "to_out.0", "ff.net.2"]
TEXT_TARGETS = ["q_proj", "v_proj", "out_proj"]

INPUTS = {
    "sample": draw(SEED, 2, 8, 6, 10),
    "timestep": torch.tensor([3.0, 741.5]),
    "text": draw(SEED + 1, 2, 5, 24),
}
IDS = torch.arange(77)[None] * 7 % 50


def pipeline() -> StableDiffusionPipeline:
    parts = {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
    pipe = StableDiffusionPipeline.from_pretrained(CHECKPOINT, torch_dtype=torch.float32, **parts)
    pipe.set_progress_bar_config(disable=True)
    return pipe


def run_unet(unet) -> torch.Tensor:
    with torch.no_grad():
        return unet(INPUTS["sample"], INPUTS["timestep"], INPUTS["text"]).sample


def run_text(text_encoder) -> torch.Tensor:
    with torch.no_grad():
        return text_encoder(IDS).last_hidden_state


def redraw(model) -> None:
    generator = torch.Generator().manual_seed(SEED)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_" in name:
                drawn = torch.randn(parameter.shape, generator=generator)
                parameter.copy_(drawn / parameter[0].numel() ** 0.5)


def folder(name: str) -> Path:
    path = FILES / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def config(**options) -> LoraConfig:
    plain = {"r": RANK, "lora_alpha": ALPHA, "target_modules": TARGETS, "init_lora_weights": False}
    return LoraConfig(**{**plain, **options})


def peft_folder(name: str, **options) -> torch.Tensor:
    model = get_peft_model(pipeline().unet, config(**options))
    redraw(model)
    path = folder(name)
    model.save_pretrained(path)
    (path / "README.md").unlink(missing_ok=True)
    return run_unet(model.eval())


def adapter(**options):
    unet = pipeline().unet
    unet.add_adapter(config(**options))
    redraw(unet)
    return unet


def named_header(name: str) -> torch.Tensor:
    """As a pipeline saves it: the network's name stands before each key and each field."""
    unet = adapter()
    StableDiffusionPipeline.save_lora_weights(
        folder(name),
        unet_lora_layers=get_peft_model_state_dict(unet),
        unet_lora_adapter_metadata=unet.peft_config["default"].to_dict(),
    )
    return run_unet(unet)


def bare_header(name: str) -> torch.Tensor:
    """As a network alone saves it."""
    unet = adapter(use_rslora=True)
    unet.save_lora_adapter(folder(name))
    return run_unet(unet)


def loaded(name: str, tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """What a pipeline draws with a file of the given tensors."""
    path = folder(name) / "pytorch_lora_weights.safetensors"
    save_file({key: value.clone().contiguous() for key, value in tensors.items()}, path)
    pipe = pipeline()
    pipe.load_lora_weights(path.parent, weight_name=path.name)
    return {f"{name}.unet": run_unet(pipe.unet), f"{name}.text": run_text(pipe.text_encoder)}


def low_rank(model, targets: list[str], seed: int, prefix: str = "") -> dict[str, torch.Tensor]:
    """Drawn pairs by layer: `<layer>.down` and `<layer>.up`."""
    layers = [name for name, _ in model.named_modules() if name.endswith(tuple(targets))]
    pairs = {}
    for at, name in enumerate(layers):
        out, inner = model.get_submodule(name).weight.shape
        pairs[f"{prefix}{name}.down"] = draw(seed + 2 * at, RANK, inner) / inner**0.5
        pairs[f"{prefix}{name}.up"] = draw(seed + 2 * at + 1, out, RANK) / RANK**0.5
    return pairs


def dotted_names(pairs, part: str, ending: str) -> dict[str, torch.Tensor]:
    renamed = {}
    for key, value in pairs.items():
        layer, side = key.rsplit(".", 1)
        renamed[f"{part}.{layer}.{ending}.{side}.weight"] = value
    return renamed


def processor_names(pairs) -> dict[str, torch.Tensor]:
    renamed = {}
    for key, value in pairs.items():
        layer, side = key.rsplit(".", 1)
        attention, name = layer.replace("to_out.0", "to_out").rsplit(".", 1)
        renamed[f"unet.{attention}.processor.{name}_lora.{side}.weight"] = value
    return renamed


# One number in three types: diffusers 0.42 gives layers with different alphas the commonest one.
ALPHAS = [torch.tensor(3, dtype=dtype) for dtype in (torch.int64, torch.bfloat16, torch.float16)]


def kohya_names(pairs, prefix: str) -> dict[str, torch.Tensor]:
    renamed = {}
    for at, key in enumerate(key for key in pairs if key.endswith(".down")):
        layer = key.removesuffix(".down")
        base = f"{prefix}_{layer.replace('.', '_')}"
        renamed[f"{base}.lora_down.weight"] = pairs[f"{layer}.down"]
        renamed[f"{base}.lora_up.weight"] = pairs[f"{layer}.up"]
        renamed[f"{base}.alpha"] = ALPHAS[at % len(ALPHAS)]
    return renamed


def main():
    pipe = pipeline()
    unet = low_rank(pipe.unet, ["to_q", "to_v", "to_out.0"], SEED)
    # transformers 5 has no `text_model` among its modules; the files in use do.
    text = low_rank(pipe.text_encoder, TEXT_TARGETS, SEED + 500, "text_model.")
    patterns = {
        "alpha_pattern": {"to_q": 3, "mid_block.*to_v": 11},
        "rank_pattern": {"to_v": 2, r"up_blocks\.\d.*to_q": 5},
    }
    outputs = {
        "base.unet": run_unet(pipe.unet),
        "base.text": run_text(pipe.text_encoder),
        "peft.unet": peft_folder("peft"),
        "peft-patterns.unet": peft_folder("peft-patterns", **patterns),
        "peft-rslora.unet": peft_folder("peft-rslora", use_rslora=True, **patterns),
        "named-header.unet": named_header("named-header"),
        "bare-header.unet": bare_header("bare-header"),
        **loaded("kohya", {**kohya_names(unet, "lora_unet"), **kohya_names(text, "lora_te")}),
        **loaded("processor", processor_names(unet)),
        **loaded(
            "linear-layer",
            {
                **dotted_names(unet, "unet", "lora"),
                **dotted_names(text, "text_encoder", "lora_linear_layer"),
            },
        ),
    }
    inputs = {**INPUTS, "ids": IDS}
    write_fixture("lora-scales", "expected", seed=SEED, inputs=inputs, outputs=outputs)


if __name__ == "__main__":
    main()
