"""DreamLite's U-Net, its tiny autoencoder and its schedule as diffusers computes them, on formula weights."""

import numpy as np
import torch
from diffusers import AutoencoderTiny, DreamLiteUNetModel, FlowMatchEulerDiscreteScheduler
from diffusers.pipelines.dreamlite.pipeline_dreamlite import calculate_shift
from formula_weights import fill_by_formula
from parity_fixture import draw, write_fixture

SEED = 21
UNET = dict(
    block_out_channels=(8, 16, 24),
    attention_head_dim=(2, 2, 3),
    layers_per_block=1,
    transformer_layers_per_block=(1, 1, 2),
    norm_num_groups=4,
    cross_attention_dim=20,
    encoder_hid_dim=24,
    encoder_hid_dim_type="text_proj_rms",
    addition_embed_type="time",
    addition_time_embed_dim=6,
    projection_class_embeddings_input_dim=12,
    ff_mult=3,
)
VAE = dict(
    encoder_block_out_channels=(8, 8, 8),
    decoder_block_out_channels=(8, 8, 8),
    num_encoder_blocks=(1, 2, 1),
    num_decoder_blocks=(2, 1, 1),
    scaling_factor=0.8,
    shift_factor=0.1,
)
# TAESD's own levels and blocks, which are diffusers' defaults, at an eighth of its width.
TAESD = dict(encoder_block_out_channels=(8,) * 4, decoder_block_out_channels=(8,) * 4)


def unet(name: str, size: tuple[int, int], **changes) -> None:
    model = fill_by_formula(DreamLiteUNetModel(**{**UNET, **changes}))
    height, width = size
    inputs = dict(
        sample=draw(SEED, 2, 4, height, width),
        timestep=torch.tensor([812.5, 812.5]),
        text=draw(SEED + 1, 2, 5, 24),
        mask=torch.tensor([[1.0, 1, 1, 1, 1], [1, 1, 1, 0, 0]]),
        pixels=torch.tensor([[40.0, 24.0], [40.0, 24.0]]),
    )
    output = model(
        inputs["sample"],
        timestep=inputs["timestep"],
        encoder_hidden_states=inputs["text"],
        encoder_attention_mask=inputs["mask"].long(),
        added_cond_kwargs={"time_ids": inputs["pixels"]},
    ).sample
    write_fixture(
        "dreamlite", name, seed=SEED, config=dict(model.config), inputs=inputs, outputs={"output": output}
    )


def autoencoder(name: str, size: tuple[int, int], **config) -> None:
    model = fill_by_formula(AutoencoderTiny(**config))
    pixels = torch.tanh(draw(SEED, 1, 3, *size))
    latent = model.encode(pixels).latents
    write_fixture(
        "dreamlite",
        name,
        seed=SEED,
        config=dict(model.config),
        inputs={"pixels": pixels},
        outputs={"latent": latent, "decoded": model.decode(latent).sample},
    )


def schedule(name: str, steps: int, tokens: int, **config) -> None:
    scheduler = FlowMatchEulerDiscreteScheduler(**config)
    sigmas = np.linspace(1.0, 1 / steps, steps)
    own = scheduler.config
    mu = calculate_shift(
        tokens, own.base_image_seq_len, own.max_image_seq_len, own.base_shift, own.max_shift
    )
    shift = {"mu": mu} if own.use_dynamic_shifting else {}
    scheduler.set_timesteps(steps, sigmas=sigmas, **shift)
    sample = draw(SEED, 8)
    path = []
    for at, timestep in enumerate(scheduler.timesteps):
        sample = scheduler.step(torch.sin(sample + at), timestep, sample, return_dict=False)[0]
        path.append(sample)
    write_fixture(
        "dreamlite",
        name,
        seed=SEED,
        config={"_class_name": "FlowMatchEulerDiscreteScheduler", **config},
        inputs={"noise": draw(SEED, 8)},
        outputs={"timesteps": scheduler.timesteps, "path": torch.stack(path)},
        options={"steps": steps, "tokens": tokens},
    )


if __name__ == "__main__":
    with torch.no_grad():
        unet("unet", (12, 20))
        unet("unet-plain", (6, 10), use_sep_conv=False, use_linear_projection=True, num_kv_heads=2, attention_head_dim=2)
        autoencoder("autoencoder", (12, 20), **VAE)
        autoencoder("taesd", (16, 24), **TAESD)
        schedule("dynamic-28", 28, 1024, use_dynamic_shifting=True)
        schedule("dynamic-4", 4, 300, use_dynamic_shifting=True, max_shift=1.16)
        schedule("fixed-5", 5, 256, shift=3.0)
