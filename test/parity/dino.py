"""DINO of version 1, a plain vision transformer, against transformers; its weights are made by a formula."""

from tempfile import TemporaryDirectory

import torch
from safetensors.torch import load_file, save_file
from transformers import ViTConfig, ViTModel

from formula_weights import formula_weight
from parity_fixture import draw, write_fixture

SIZES = {
    "hidden_size": 12,
    "num_hidden_layers": 2,
    "num_attention_heads": 3,
    "intermediate_size": 20,
    "patch_size": 4,
    # Pixels are left over beside the patches.
    "image_size": 18,
}


def model_of(**options: object) -> ViTModel:
    """A model with the formula's weights under the names of published checkpoints."""
    with TemporaryDirectory() as folder:
        ViTModel(ViTConfig(**SIZES, **options), add_pooling_layer=False).save_pretrained(folder)
        file = f"{folder}/model.safetensors"
        names = load_file(file)
        weights = {name: formula_weight(name, tuple(value.shape)) for name, value in names.items()}
        save_file(weights, file, {"format": "pt"})
        return ViTModel.from_pretrained(folder, add_pooling_layer=False).eval()


def write(name: str, seed: int, **options: object) -> None:
    model = model_of(**options)
    pixels = draw(seed, 2, 3, SIZES["image_size"], SIZES["image_size"])
    with torch.no_grad():
        embeds = model(pixel_values=pixels).last_hidden_state[:, 0]
    config = model.config.to_dict()
    write_fixture("dino", name, seed=seed, config=config, inputs={"pixels": pixels}, outputs={"embeds": embeds})


write("usual", 131)
write("without-offsets", 132, qkv_bias=False, layer_norm_eps=1e-3)
