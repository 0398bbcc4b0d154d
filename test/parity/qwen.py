"""Qwen3-VL and Qwen3 of transformers on formula weights: vision tower, states, and greedy generation."""

import torch
from formula_weights import fill_by_formula
from parity_fixture import draw, write_fixture
from transformers import (
    Qwen3Config,
    Qwen3ForCausalLM,
    Qwen3VLConfig,
    Qwen3VLForConditionalGeneration,
)

SEED = 21
IMAGE, START, END = 90, 91, 92
TEXT = dict(
    vocab_size=97,
    hidden_size=24,
    intermediate_size=40,
    num_hidden_layers=4,
    num_attention_heads=6,
    num_key_value_heads=2,
    head_dim=16,
    rope_parameters={
        "rope_type": "default",
        "rope_theta": 5000.0,
        "mrope_section": [4, 2, 2],
        "mrope_interleaved": True,
    },
)
VISION = dict(
    depth=3,
    hidden_size=16,
    intermediate_size=36,
    num_heads=2,
    patch_size=4,
    out_hidden_size=24,
    num_position_embeddings=25,
    deepstack_visual_indexes=[0, 2],
)


def picture_model(tied: bool) -> Qwen3VLForConditionalGeneration:
    config = Qwen3VLConfig(
        text_config=TEXT,
        vision_config=VISION,
        image_token_id=IMAGE,
        vision_start_token_id=START,
        vision_end_token_id=END,
        tie_word_embeddings=tied,
    )
    torch.manual_seed(SEED)
    return fill_by_formula(Qwen3VLForConditionalGeneration(config))


def with_picture(name: str, grid: tuple[int, int], tied: bool) -> None:
    model = picture_model(tied)
    rows, columns = grid
    count = rows * columns // 4
    ids = torch.tensor([[3, 7, START, *[IMAGE] * count, END, 11, 5, 60]])
    patches = draw(SEED, rows * columns, 3 * 2 * 4 * 4)
    picture = dict(
        pixel_values=patches,
        image_grid_thw=torch.tensor([[1, rows, columns]]),
        mm_token_type_ids=(ids == IMAGE).int(),
    )
    seen = model.model.visual(patches, grid_thw=picture["image_grid_thw"])
    read = model(input_ids=ids, output_hidden_states=True, **picture)
    made = model.generate(
        input_ids=ids,
        attention_mask=torch.ones_like(ids),
        max_new_tokens=64,
        min_new_tokens=64,
        do_sample=False,
        **picture,
    )
    outputs = {f"state.{k}": read.hidden_states[k] for k in (1, 2, 4)}
    deep = {f"deep.{k}": value for k, value in enumerate(seen.deepstack_features)}
    write_fixture(
        "qwen",
        name,
        seed=SEED,
        config=model.config.to_dict(),
        inputs={"ids": ids, "patches": patches},
        outputs={
            "features": seen.pooler_output,
            **deep,
            **outputs,
            "logits": read.logits[:, -1],
            "made": made[:, ids.shape[1] :],
        },
        options={"rows": rows, "columns": columns},
    )


def text_alone() -> None:
    rope = {"rope_type": "default", "rope_theta": 1_000_000.0}
    config = Qwen3Config(**{**TEXT, "rope_parameters": rope}, tie_word_embeddings=True)
    model = Qwen3ForCausalLM(config).eval()
    # Named as the language model within a Qwen3-VL, as which it is opened.
    fill_by_formula(model.model, "model.language_model.")
    ids = torch.tensor([[3, 7, 11, 5, 60, 2, 2, 0, 0]])
    # Padded at the end as the klein editor does: padding sees the words, and nothing sees padding.
    mask = torch.tensor([[1, 1, 1, 1, 1, 1, 1, 0, 0]])
    read = model(input_ids=ids, attention_mask=mask, output_hidden_states=True)
    made = model.generate(input_ids=ids[:, :7], max_new_tokens=64, min_new_tokens=64, do_sample=False)
    write_fixture(
        "qwen",
        "text-alone",
        seed=SEED,
        config=config.to_dict(),
        inputs={"ids": ids},
        outputs={
            "states": torch.cat([read.hidden_states[k] for k in (1, 2, 3)], dim=-1),
            "made": made[:, 7:],
        },
        options={"words": 7, "states": [1, 2, 3]},
    )


if __name__ == "__main__":
    with torch.no_grad():
        with_picture("wide-picture", (4, 6), tied=True)
        with_picture("tall-picture", (8, 2), tied=False)
        text_alone()
