"""DINOv2 against transformers, and a tiny checkpoint of it."""

import json
import shutil
from tempfile import TemporaryDirectory

import torch
from safetensors.torch import load_file
from transformers import Dinov2Config, Dinov2Model

from formula_weights import name_weights
from parity_fixture import ROOT, draw, randomize, write_fixture

SIZES = {"hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3, "patch_size": 4}
CHECKPOINTS = ROOT.parent / "checkpoints"
PROCESSOR = {
    "size": {"shortest_edge": 16},
    "crop_size": {"height": 12, "width": 12},
    "resample": 3,
    "image_mean": [0.485, 0.456, 0.406],
    "image_std": [0.229, 0.224, 0.225],
}


def model_of(**options: object) -> Dinov2Model:
    return Dinov2Model(Dinov2Config(**SIZES, **options))


def saved(model: Dinov2Model) -> dict[str, torch.Tensor]:
    """The weights by the names of published checkpoints, which the model no longer has in memory."""
    with TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        return load_file(f"{folder}/model.safetensors")


def write(name: str, seed: int, height: int, width: int, **options: object) -> None:
    model = name_weights(model_of(**options), seed)
    pixels = draw(seed, 2, 3, height, width)
    write_fixture(
        "dinov2",
        name,
        seed=seed,
        config=model.config.to_dict(),
        weights=saved(model),
        inputs={"pixels": pixels},
        outputs={"embeds": model(pixel_values=pixels).pooler_output},
        options={"height": height, "width": width},
    )


def write_checkpoint() -> None:
    """A tiny checkpoint as transformers saves it."""
    folder = CHECKPOINTS / "tiny-dinov2"
    shutil.rmtree(folder, ignore_errors=True)
    randomize(model_of(image_size=20, mlp_ratio=2), 123).save_pretrained(folder)
    (folder / "preprocessor_config.json").write_text(json.dumps(PROCESSOR))


with torch.no_grad():
    write("own-grid", 121, 16, 16, image_size=16, mlp_ratio=3)
    # Another grid than the learnt one, with pixels left over, and projections without offsets.
    write("other-grid", 122, 13, 22, image_size=20, mlp_ratio=2, qkv_bias=False, layer_norm_eps=1e-3)
    write_checkpoint()
