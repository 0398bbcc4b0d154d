"""Two steps of a UNet's LoRA by PEFT and torch's AdamW: losses, gradient lengths, and where the branches move."""

import torch
from diffusers import UNet2DConditionModel
from formula_weights import name_weights, named_weight
from parity_fixture import draw, write_fixture
from peft import LoraConfig, get_peft_model_state_dict

SEED = 31
OPTIONS = {
    "textTokens": 3,
    "rank": 2,
    "targets": ["attn2.to_q", "attn1.to_out.0", "conv_in"],
    "rate": 0.01,
    "weightDecay": 0.03,
    "clip": 1,
    "epsilon": 1e-3,
    "steps": 2,
}
CONFIG = {
    "sample_size": 4,
    "in_channels": 4,
    "out_channels": 2,
    "block_out_channels": [8, 12],
    "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"],
    "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"],
    "layers_per_block": 1,
    "cross_attention_dim": 6,
    "attention_head_dim": 2,
    "norm_num_groups": 2,
}


def batch_of(seed: int) -> dict[str, torch.Tensor]:
    latent = (2, 2, 4, 4)
    # A pair of shares whose squares sum to one, for each row.
    signal = torch.tensor([0.96, 0.28]).reshape(2, 1, 1, 1)
    return {
        "target": draw(seed, *latent),
        "source": draw(seed + 1, *latent),
        "text": draw(seed + 2, 2, OPTIONS["textTokens"], CONFIG["cross_attention_dim"]),
        "noise": draw(seed + 3, *latent),
        "timestep": torch.tensor([3.0, 741.0]),
        "signal": signal,
        "spread": (1 - signal.square()).sqrt(),
    }


def main():
    unet = name_weights(UNet2DConditionModel(**CONFIG), SEED)
    weights = {key: value.clone() for key, value in unet.state_dict().items()}
    # Alpha equals the rank: the scale of the branches is one, as in what is trained.
    rank, targets = OPTIONS["rank"], OPTIONS["targets"]
    unet.add_adapter(LoraConfig(r=rank, lora_alpha=rank, target_modules=targets))
    branches = {name: value for name, value in unet.named_parameters() if value.requires_grad}
    with torch.no_grad():
        for name, parameter in branches.items():
            parameter.copy_(named_weight(f"{SEED}.{name}", tuple(parameter.shape)))
    weights |= {f"lora.{key}": value.clone() for key, value in get_peft_model_state_dict(unet).items()}
    optimizer = torch.optim.AdamW(
        branches.values(),
        lr=OPTIONS["rate"],
        betas=(0.9, 0.999),
        eps=OPTIONS["epsilon"],
        weight_decay=OPTIONS["weightDecay"],
    )
    inputs, outputs = {}, {}
    for turn in range(OPTIONS["steps"]):
        batch = batch_of(SEED + 10 * turn)
        inputs |= {f"{turn}.{name}": value for name, value in batch.items()}
        noisy = batch["target"] * batch["signal"] + batch["noise"] * batch["spread"]
        found = unet(torch.cat([noisy, batch["source"]], 1), batch["timestep"], batch["text"]).sample
        loss = torch.nn.functional.mse_loss(found, batch["noise"])
        optimizer.zero_grad()
        loss.backward()
        outputs[f"{turn}.loss"] = loss.reshape(1)
        outputs[f"{turn}.norm"] = torch.nn.utils.clip_grad_norm_(branches.values(), OPTIONS["clip"]).reshape(1)
        optimizer.step()
    outputs |= {f"after.{key}": value for key, value in get_peft_model_state_dict(unet).items()}
    write_fixture(
        "lora", "steps", seed=SEED, config=CONFIG, weights=weights, inputs=inputs, outputs=outputs, options=OPTIONS
    )


if __name__ == "__main__":
    main()
