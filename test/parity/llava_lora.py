"""LLaVA with LoRA on its query and value projections, and on all that is linear, against peft."""

import torch
from llava import IMAGE, PATCHES, TEXT, VISION, at_run, batch, sequence
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict
from transformers import CLIPVisionConfig, CLIPVisionModel, LlamaConfig, LlamaModel

from formula_weights import name_weights, named_weight
from parity_fixture import draw, write_fixture

SEED = 81


def write(name: str, targets: list[str] | str, rank: int, alpha: int, strength: float) -> None:
    vision = name_weights(CLIPVisionModel(CLIPVisionConfig(**VISION)), SEED)
    language = name_weights(LlamaModel(LlamaConfig(**TEXT)), SEED + 1)
    projector = name_weights(torch.nn.Linear(VISION["hidden_size"], TEXT["hidden_size"]), SEED + 2)
    base = {f"model.{key}": value.clone() for key, value in language.state_dict().items()}
    config = LoraConfig(r=rank, lora_alpha=alpha, lora_dropout=0.05, target_modules=targets)
    adapted = get_peft_model(language, config)
    for key, parameter in adapted.named_parameters():
        if "lora_" in key:
            parameter.copy_(named_weight(f"{SEED}.{key}", tuple(parameter.shape)))
    adapted.eval()
    for module in adapted.modules():
        if hasattr(module, "set_scale"):
            module.set_scale("default", strength)
    ids = batch(PATCHES)
    pixels = draw(SEED, 2, 3, 11, 11)
    seen = vision(pixel_values=pixels, output_hidden_states=True).hidden_states[-2][:, 1:]
    embedded = language.embed_tokens(ids)
    embedded[ids == IMAGE] = projector(seen).flatten(0, 1)
    states = adapted(inputs_embeds=embedded).last_hidden_state
    adapters = get_peft_model_state_dict(adapted)
    # Of a whole LLaVA the layers lie below `model`.
    lora = {
        "lora." + key.replace("base_model.model.", "base_model.model.model."): value
        for key, value in adapters.items()
    }
    towers = {f"vision_tower.vision_model.{key}": value for key, value in vision.state_dict().items()}
    projected = {f"mm_projector.{key}": value for key, value in projector.state_dict().items()}
    write_fixture(
        "llava-lora",
        name,
        seed=SEED,
        config={
            **language.config.to_dict(),
            "model_type": "llava",
            "mm_vision_tower": "openai/clip-vit-large-patch14",
        },
        options={
            "vision": vision.config.to_dict(),
            "sequence": sequence(ids, 0),
            "alpha": alpha,
            "strength": strength,
        },
        weights={**base, **lora, **projected, **towers},
        inputs={"ids": ids, "pixels": pixels, "lora.0.strength": torch.tensor(strength)},
        outputs={"mmTokens": at_run(states, ids)},
    )


with torch.no_grad():
    write("query-and-value", ["q_proj", "v_proj"], 2, 4, 1.0)
    write("all-linear-half-strength", "all-linear", 3, 5, 0.5)
