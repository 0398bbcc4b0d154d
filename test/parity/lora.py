"""The tiny UNet with LoRAs as PEFT, diffusers and kohya's scripts write them."""

from pathlib import Path

import torch
from diffusers import UNet2DConditionModel
from diffusers.utils import convert_state_dict_to_kohya
from formula_weights import named_weight
from parity_fixture import draw, write_fixture
from peft import LoraConfig, get_peft_model_state_dict

CHECKPOINT = Path(__file__).parent.parent / "fixtures" / "checkpoints" / "tiny-instruct-pix2pix"
SEED = 11
RANK, ALPHA = 3, 5.0
TARGETS = ["to_q", "to_v", "to_out.0", "ff.net.2", "proj_in", "conv1", "downsamplers.0.conv"]


def main():
    unet = UNet2DConditionModel.from_pretrained(CHECKPOINT / "unet", torch_dtype=torch.float32)
    inputs = {
        "sample": draw(SEED, 2, 8, 6, 10),
        "timestep": torch.tensor([3.0, 741.5]),
        "text": draw(SEED + 1, 2, 5, 24),
    }

    def run():
        with torch.no_grad():
            return unet(inputs["sample"], inputs["timestep"], inputs["text"]).sample

    base = run()
    unet.add_adapter(LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=TARGETS, init_lora_weights=False))
    with torch.no_grad():
        for name, parameter in unet.named_parameters():
            if "lora_" in name:
                parameter.copy_(named_weight(f"{SEED}.{name}", tuple(parameter.shape)))
    outputs = {"base": base}
    for strength in (1.0, 0.4):
        unet.set_adapters("default", strength)
        outputs[f"at-{strength}"] = run()
    peft = get_peft_model_state_dict(unet)
    diffusers = {f"unet.{key}": value for key, value in peft.items()}
    kohya = convert_state_dict_to_kohya(diffusers)
    kohya = {
        key: torch.tensor(ALPHA) if key.endswith(".alpha") else value for key, value in kohya.items()
    }
    shared = {"seed": SEED, "options": {"alpha": ALPHA}}
    write_fixture("lora", "peft", weights=peft, inputs=inputs, outputs=outputs, **shared)
    write_fixture("lora", "kohya", weights=kohya, **shared)


if __name__ == "__main__":
    main()
