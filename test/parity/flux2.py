"""FLUX.2 [klein]'s transformer and autoencoder as diffusers computes them, on formula weights."""

import json

import numpy as np
import torch
from diffusers import (
    AutoencoderKLFlux2,
    FlowMatchEulerDiscreteScheduler,
    Flux2Transformer2DModel,
)
from diffusers.pipelines.flux2.pipeline_flux2_klein import Flux2KleinPipeline, compute_empirical_mu
from formula_weights import fill_by_formula, formula_weight, uniform
from parity_fixture import ROOT, draw, write_fixture
from PIL import Image
from qwen import TEXT
from transformers import Qwen2Tokenizer, Qwen3Config, Qwen3ForCausalLM

SEED = 21
TRANSFORMER = dict(
    in_channels=16,
    num_layers=2,
    num_single_layers=3,
    attention_head_dim=16,
    num_attention_heads=2,
    joint_attention_dim=72,
    timestep_guidance_channels=12,
    mlp_ratio=2.5,
    axes_dims_rope=(2, 6, 4, 4),
    guidance_embeds=False,
)
VAE = dict(
    block_out_channels=(8, 16),
    down_block_types=("DownEncoderBlock2D",) * 2,
    up_block_types=("UpDecoderBlock2D",) * 2,
    layers_per_block=1,
    latent_channels=4,
    norm_num_groups=4,
)


def tokens(latent: torch.Tensor) -> torch.Tensor:
    return latent.flatten(2).transpose(1, 2)


def transformer() -> None:
    model = fill_by_formula(Flux2Transformer2DModel(**TRANSFORMER))
    sample, references = draw(SEED, 2, 16, 3, 5), [draw(SEED + 1, 2, 16, 2, 4), draw(SEED + 2, 2, 16, 4, 3)]
    text, timestep = draw(SEED + 3, 2, 7, 72), torch.tensor([730.5, 730.5])
    ids = torch.cat(
        [
            Flux2KleinPipeline._prepare_latent_ids(sample)[:1],
            Flux2KleinPipeline._prepare_image_ids([one[:1] for one in references]),
        ],
        dim=1,
    )
    output = model(
        torch.cat([tokens(sample), *map(tokens, references)], dim=1),
        encoder_hidden_states=text,
        timestep=timestep / 1000,
        img_ids=ids,
        txt_ids=Flux2KleinPipeline._prepare_text_ids(text)[:1],
    ).sample[:, :15]
    inputs = dict(sample=sample, text=text, timestep=timestep)
    inputs |= {f"reference.{at}": value for at, value in enumerate(references)}
    write_fixture(
        "flux2",
        "transformer",
        seed=SEED,
        config=dict(model.config),
        inputs=inputs,
        outputs={"output": output.transpose(1, 2).unflatten(2, (3, 5))},
        options={"shifts": [[tokens, steps, compute_empirical_mu(tokens, steps)] for tokens, steps in ((256, 4), (4096, 28), (4301, 4))]},
    )


def autoencoder_model() -> AutoencoderKLFlux2:
    model = fill_by_formula(AutoencoderKLFlux2(**VAE))
    channels = 4 * VAE["latent_channels"]
    model.bn.running_mean.copy_(formula_weight("bn.running_mean", (channels,)))
    model.bn.running_var.copy_(1 + formula_weight("bn.running_var", (channels,)))
    return model


def picture(name: str, width: int, height: int) -> Image.Image:
    values = (uniform(name, height * width * 3) + 1) * 127.5
    return Image.fromarray(values.astype(np.uint8).reshape(height, width, 3))


def edit() -> None:
    tokenizer = Qwen2Tokenizer.from_pretrained(ROOT / "qwen-tokens")
    rope = {"rope_type": "default", "rope_theta": 1_000_000.0}
    sizes = {**TEXT, "rope_parameters": rope, "vocab_size": len(tokenizer), "num_hidden_layers": 28}
    language = Qwen3ForCausalLM(Qwen3Config(**sizes, tie_word_embeddings=True)).eval()
    # Named as the language model within a Qwen3-VL, as which it is opened.
    fill_by_formula(language.model, "model.language_model.")
    width, height = 64, 64
    further = {"width": 80, "height": 64}
    parts = dict(
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
        vae=autoencoder_model(),
        text_encoder=language,
        tokenizer=tokenizer,
        transformer=fill_by_formula(Flux2Transformer2DModel(**TRANSFORMER)),
        is_distilled=True,
    )
    first, second = picture("picture", width, height), picture("further", **further)

    def edited(pictures: list[Image.Image]) -> torch.Tensor:
        made = Flux2KleinPipeline(**parts)(
            image=pictures,
            prompt="make it red",
            num_inference_steps=4,
            guidance_scale=1.0,
            generator=torch.Generator().manual_seed(7),
            output_type="np",
        ).images[0]
        return torch.from_numpy((made * 255).round().astype(np.int64))

    config = {name: dict(parts[name].config) for name in ("vae", "transformer", "scheduler")}
    config["text_encoder"] = language.config.to_dict()
    write_fixture(
        "flux2",
        "edit",
        seed=7,
        config=json.loads(json.dumps(config, default=str)),
        outputs={"edit": edited([first]), "two": edited([first, second])[::2]},
        options={"instruction": "make it red", "width": width, "height": height, "further": further},
    )


if __name__ == "__main__":
    with torch.no_grad():
        transformer()
        edit()
