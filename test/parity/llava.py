"""LLaVA against transformers: states of the last layer, after the final norm, at a run of tokens."""

import torch
from transformers import (
    CLIPVisionConfig,
    CLIPVisionModel,
    LlamaConfig,
    LlamaModel,
    LlavaConfig,
    LlavaForConditionalGeneration,
)

from formula_weights import name_weights
from parity_fixture import draw, write_fixture

VOCABULARY, IMAGE, FIRST_MM, MM = 23, 20, 17, 3
PATCHES = 4
VISION = {
    "hidden_size": 12,
    "intermediate_size": 20,
    "num_hidden_layers": 3,
    "num_attention_heads": 3,
    "image_size": 11,
    "patch_size": 5,
}
TEXT = {
    "vocab_size": VOCABULARY,
    "hidden_size": 24,
    "intermediate_size": 28,
    "num_hidden_layers": 2,
    "num_attention_heads": 6,
    "rms_norm_eps": 1e-5,
    "bos_token_id": 1,
    "eos_token_id": 2,
}


def prompt(before: list[int], between: list[int], after: list[int], patches: int) -> list[int]:
    run = [FIRST_MM + index for index in range(MM)]
    return [*before, *[IMAGE] * patches, *between, *run, *after]


def batch(patches: int) -> torch.Tensor:
    """Picture and [MM] tokens at other places in each row; the second is padded."""
    long = prompt([1, 5, 9, 3], [8, 8, 12, 4], [2, 0], patches)
    short = prompt([1], [11, 6], [0, 0, 0, 0, 0, 0, 0], patches)
    return torch.tensor([long, short])


def at_run(states: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    first = (ids == FIRST_MM).int().argmax(dim=1)
    return torch.stack([row[at : at + MM] for row, at in zip(states, first)])


def sequence(ids: torch.Tensor, extra: int) -> dict[str, int]:
    return {
        "length": ids.shape[1],
        "imageToken": IMAGE,
        "mmTokens": MM,
        "firstMmToken": FIRST_MM,
        "extraTokens": extra,
    }


def hub_keys(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Keys as the checkpoints on the hub have them."""
    renames = {
        "model.language_model.": "language_model.model.",
        "model.multi_modal_projector.": "multi_modal_projector.",
        "model.vision_tower.": "vision_tower.vision_model.",
        "lm_head.": "language_model.lm_head.",
    }
    return {
        new + key.removeprefix(old): value
        for key, value in weights.items()
        for old, new in renames.items()
        if key.startswith(old)
    }


def write_together(name: str, seed: int, text: dict, patches: int, **options: object) -> None:
    """LLaVA-1.5 in transformers' own form."""
    config = LlavaConfig(
        vision_config=CLIPVisionConfig(**VISION),
        text_config=LlamaConfig(**TEXT, **text),
        image_token_index=IMAGE,
        **options,
    )
    model = name_weights(LlavaForConditionalGeneration(config), seed)
    ids = batch(patches)
    pixels = draw(seed, 2, 3, 11, 11)
    result = model(input_ids=ids, pixel_values=pixels, output_hidden_states=True)
    tower = model.model.vision_tower(pixel_values=pixels, output_hidden_states=True)
    vision = tower.hidden_states[config.vision_feature_layer][:, 1:]
    write_fixture(
        "llava",
        name,
        seed=seed,
        config=config.to_dict(),
        options={"sequence": sequence(ids, 0)},
        weights=hub_keys(model.state_dict()),
        inputs={"ids": ids, "pixels": pixels},
        outputs={"mmTokens": at_run(result.hidden_states[-1], ids), "vision": vision},
    )


def write_apart(name: str, seed: int) -> None:
    """LLaVA v1: tower and language model from two checkpoints, one linear layer between, new rows beside the table."""
    vision = name_weights(CLIPVisionModel(CLIPVisionConfig(**VISION)), seed)
    language = name_weights(LlamaModel(LlamaConfig(**TEXT)), seed + 1)
    projector = name_weights(torch.nn.Linear(VISION["hidden_size"], TEXT["hidden_size"]), seed + 2)
    known = 15
    ids = batch(PATCHES)
    pixels = draw(seed, 2, 3, 11, 11)
    seen = vision(pixel_values=pixels, output_hidden_states=True).hidden_states[-2][:, 1:]
    embedded = language.embed_tokens(ids)
    embedded[ids == IMAGE] = projector(seen).flatten(0, 1)
    states = language(inputs_embeds=embedded).last_hidden_state
    own = {f"model.{key}": value for key, value in language.state_dict().items()}
    table = own.pop("model.embed_tokens.weight")
    write_fixture(
        "llava",
        name,
        seed=seed,
        config={
            **language.config.to_dict(),
            "model_type": "llava",
            "vocab_size": known,
            "mm_vision_tower": "openai/clip-vit-large-patch14",
            "mm_vision_select_layer": -2,
            "mm_hidden_size": VISION["hidden_size"],
        },
        options={
            "vision": vision.config.to_dict(),
            "sequence": sequence(ids, VOCABULARY - known),
        },
        weights={
            **own,
            "model.embed_tokens.weight": table[:known],
            "extra_embed_tokens.weight": table[known:],
            **{f"model.mm_projector.{key}": value for key, value in projector.state_dict().items()},
            **{
                f"model.vision_tower.vision_tower.vision_model.{key}": value
                for key, value in vision.state_dict().items()
            },
        },
        inputs={"ids": ids, "pixels": pixels},
        outputs={"mmTokens": at_run(states, ids), "vision": seen},
    )


LLAMA3 = {
    "rope_type": "llama3",
    "rope_theta": 300.0,
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 32,
}

if __name__ == "__main__":
    with torch.no_grad():
        write_together("grouped-heads", 31, {"num_key_value_heads": 2}, PATCHES)
        write_together(
            "class-kept-linear-scaling",
            32,
            {
                "num_key_value_heads": 3,
                "head_dim": 6,
                "rope_parameters": {"rope_type": "linear", "rope_theta": 500.0, "factor": 3.0},
            },
            PATCHES + 1,
            vision_feature_select_strategy="full",
            vision_feature_layer=-1,
        )
        write_together(
            "llama3-scaling-biased",
            33,
            {"head_dim": 10, "attention_bias": True, "rope_parameters": LLAMA3},
            PATCHES,
            vision_feature_layer=1,
        )
        write_apart("tower-apart", 34)
