"""CLIP's text and vision halves against transformers."""

import torch
from transformers import (
    CLIPConfig,
    CLIPModel,
    CLIPTextConfig,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

from formula_weights import name_weights
from parity_fixture import draw, write_fixture

TEXT = {
    "vocab_size": 29,
    "hidden_size": 12,
    "intermediate_size": 20,
    "num_hidden_layers": 2,
    "num_attention_heads": 3,
    "max_position_embeddings": 7,
    "projection_dim": 5,
}
VISION = {
    "hidden_size": 12,
    "intermediate_size": 20,
    "num_hidden_layers": 3,
    "num_attention_heads": 3,
    "projection_dim": 5,
}
# Two texts of other lengths, padded with the end token, which is the greatest id; the second fills all places.
TEXTS_LEGACY = torch.tensor([[26, 3, 9, 28, 28, 28, 28], [26, 11, 4, 4, 17, 2, 28]])
# The end token 21 is not the greatest id here, and the padding is another one.
TEXTS_NEW = torch.tensor([[26, 3, 28, 21, 0, 0, 0], [26, 21, 0, 0, 21, 0, 0]])


def text_outputs(model: CLIPTextModelWithProjection, ids: torch.Tensor) -> dict[str, torch.Tensor]:
    result = model(input_ids=ids)
    pooled = model.text_model(input_ids=ids).pooler_output
    return {"states": result.last_hidden_state, "pooled": pooled, "embeds": result.text_embeds}


def vision_outputs(
    model: CLIPVisionModelWithProjection, pixels: torch.Tensor
) -> dict[str, torch.Tensor]:
    result = model(pixel_values=pixels, output_hidden_states=True)
    pooled = model.vision_model(pixel_values=pixels).pooler_output
    hidden = {f"hidden{index}": state for index, state in enumerate(result.hidden_states)}
    return {
        "states": result.last_hidden_state,
        "pooled": pooled,
        "embeds": result.image_embeds,
        **hidden,
    }


def write_text(name: str, seed: int, ids: torch.Tensor, **options: object) -> None:
    config = CLIPTextConfig(**TEXT, bos_token_id=26, pad_token_id=0, **options)
    model = name_weights(CLIPTextModelWithProjection(config), seed)
    write_fixture(
        "clip",
        name,
        seed=seed,
        config=config.to_dict(),
        weights=model.state_dict(),
        inputs={"ids": ids},
        outputs=text_outputs(model, ids),
    )


def write_vision(name: str, seed: int, **options: object) -> None:
    config = CLIPVisionConfig(**VISION, **options)
    model = name_weights(CLIPVisionModelWithProjection(config), seed)
    pixels = draw(seed, 2, 3, config.image_size, config.image_size)
    write_fixture(
        "clip",
        name,
        seed=seed,
        config=config.to_dict(),
        weights=model.state_dict(),
        inputs={"pixels": pixels},
        outputs=vision_outputs(model, pixels),
    )


def write_whole(name: str, seed: int) -> None:
    """A whole CLIP: both halves' configs in one file, a projection of another width than the halves say."""
    text = {**TEXT, "eos_token_id": 21, "bos_token_id": 26, "pad_token_id": 0, "hidden_act": "gelu"}
    vision = {**VISION, "image_size": 10, "patch_size": 5}
    config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=6)
    model = name_weights(CLIPModel(config), seed)
    pixels = draw(seed, 2, 3, 10, 10)
    result = model(input_ids=TEXTS_NEW, pixel_values=pixels)
    # CLIPModel normalizes its embeddings; directions are compared.
    write_fixture(
        "clip",
        name,
        seed=seed,
        config=config.to_dict(),
        weights=model.state_dict(),
        inputs={"ids": TEXTS_NEW, "pixels": pixels},
        outputs={"textDirections": result.text_embeds, "visionDirections": result.image_embeds},
    )


with torch.no_grad():
    write_text("text-quick-gelu-legacy-end", 21, TEXTS_LEGACY, eos_token_id=2)
    write_text(
        "text-gelu-named-end", 22, TEXTS_NEW, eos_token_id=21, hidden_act="gelu", layer_norm_eps=1e-3
    )
    # A side of 14 leaves two pixels over beyond three patches of 4.
    write_vision("vision-quick-gelu", 23, image_size=14, patch_size=4)
    write_vision("vision-gelu", 24, image_size=9, patch_size=3, hidden_act="gelu", layer_norm_eps=1e-3)
    write_whole("whole", 25)
