"""UNet2DConditionModel of diffusers, v_t and IP-Adapter's attention included."""

import json

import torch
from diffusers import UNet2DConditionModel

from formula_weights import name_weights, named_weight
from parity_fixture import draw, write_fixture

BASE = {
    "sample_size": [7, 5],
    "block_out_channels": [4, 8, 8],
    "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
    "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
    "layers_per_block": 1,
    "attention_head_dim": 2,
    "norm_num_groups": 2,
    "cross_attention_dim": 6,
}

CASES = {
    # SD-1.5's options: 4 channels in, projections as convolutions, one number of heads.
    "sd15": {},
    # SD-2's: projections as matrices, heads per level; a level with two layers; v_t.
    "edit-linear": {
        "in_channels": 8,
        "use_linear_projection": True,
        "attention_head_dim": [1, 2, 4],
        "layers_per_block": [2, 1, 1],
        "upcast_attention": True,
        "block_out_channels": [4, 4, 8],
    },
    # Inpainting's 9 channels and everything that no released checkpoint sets at once.
    "every-option": {
        "in_channels": 9,
        "out_channels": 3,
        "sample_size": [9, 6],
        "block_out_channels": [4, 6],
        "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
        "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
        "only_cross_attention": [True, False],
        "transformer_layers_per_block": [2, 1],
        "attention_head_dim": [4, 3],
        "downsample_padding": 0,
        "resnet_time_scale_shift": "scale_shift",
        "mid_block_scale_factor": 1.3,
        "center_input_sample": True,
        "flip_sin_to_cos": False,
        "freq_shift": 1,
        "act_fn": "gelu",
        "norm_eps": 1e-3,
        "conv_in_kernel": 5,
        "conv_out_kernel": 1,
        "time_embedding_dim": 20,
    },
    "no-middle": {
        "sample_size": 5,
        "block_out_channels": [4, 8],
        "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D"],
        "up_block_types": ["CrossAttnUpBlock2D", "UpBlock2D"],
        "transformer_layers_per_block": [1, [1, 2]],
        "reverse_transformer_layers_per_block": [[2, 1, 1], 1],
        "layers_per_block": 2,
        "mid_block_type": None,
        "act_fn": "relu",
    },
    # Several transformer layers, so that adapters count within one transformer too.
    "ip-adapter": {"transformer_layers_per_block": [1, 2, 1], "in_channels": 8},
}

TEXT_TOKENS = 5
IMAGE_TOKENS = 4


def build(name: str, seed: int) -> UNet2DConditionModel:
    return name_weights(UNet2DConditionModel(**{**BASE, **CASES[name]}), seed)


def config_of(unet: UNet2DConditionModel) -> dict:
    return json.loads(unet.to_json_string())


def inputs_of(unet: UNet2DConditionModel, seed: int) -> dict[str, torch.Tensor]:
    size = unet.config.sample_size
    height, width = (size, size) if isinstance(size, int) else size
    return {
        "sample": draw(seed + 1, 2, unet.config.in_channels, height, width),
        "timestep": torch.tensor([981.0, 13.5]),
        "text": draw(seed + 2, 2, TEXT_TOKENS, unet.config.cross_attention_dim),
    }


def write_plain(name: str, seed: int) -> None:
    unet = build(name, seed)
    inputs = inputs_of(unet, seed)
    args = (inputs["sample"], inputs["timestep"], inputs["text"])
    if name == "edit-linear":
        visual = draw(seed + 3, 2, unet.config.block_out_channels[0], *unet.config.sample_size)
        inputs["visual"] = visual
        unet.conv_in.register_forward_hook(lambda _module, _args, output: output + visual)
    write_fixture(
        "unet",
        name,
        seed=seed,
        config=config_of(unet),
        options={"textTokens": TEXT_TOKENS, "visual": "visual" in inputs},
        weights=unet.state_dict(),
        inputs=inputs,
        outputs={"output": unet(*args).sample},
    )


def adapter_weights(unet: UNet2DConditionModel, seed: int) -> dict[str, dict[str, torch.Tensor]]:
    """An adapter file's tensors, in its own numbering."""
    told = unet.config.cross_attention_dim
    layers = {}
    for number, (path, _) in enumerate(unet.attn_processors.items()):
        if path.endswith("attn1.processor"):
            continue
        width = unet.get_submodule(path.removesuffix(".processor")).to_q.weight.shape[0]
        for key in ("to_k_ip", "to_v_ip"):
            layers[f"{number}.{key}.weight"] = named_weight(f"{seed}.{number}.{key}", (width, told))
    projection = {
        "proj.weight": draw(seed + 90, IMAGE_TOKENS * told, 3),
        "proj.bias": draw(seed + 91, IMAGE_TOKENS * told),
        "norm.weight": draw(seed + 92, told),
        "norm.bias": draw(seed + 93, told),
    }
    return {"ip_adapter": layers, "image_proj": projection}


def write_adapter(name: str, seed: int) -> None:
    unet = build(name, seed)
    plain = unet.state_dict()
    adapter = adapter_weights(unet, seed + 100)
    unet._load_ip_adapter_weights([adapter], low_cpu_mem_usage=False)
    layers = [
        processor
        for path, processor in unet.attn_processors.items()
        if path.endswith("attn2.processor")
    ]
    scales = [0.3 + 0.2 * index for index in range(len(layers))]
    scales[1] = 0.0
    for processor, scale in zip(layers, scales):
        processor.scale = [scale]
    inputs = inputs_of(unet, seed)
    seen = draw(seed + 4, 2, 1, 3)
    inputs["image"] = unet.encoder_hid_proj([seen])[0].flatten(1, 2)
    inputs["imageScale"] = torch.tensor(scales).reshape(1, -1, 1).repeat(2, 1, 1)
    output = unet(
        inputs["sample"],
        inputs["timestep"],
        inputs["text"],
        added_cond_kwargs={"image_embeds": [seen]},
    ).sample
    write_fixture(
        "unet",
        name,
        seed=seed,
        config=config_of(unet),
        options={"textTokens": TEXT_TOKENS, "imageTokens": IMAGE_TOKENS, "imageScales": "each"},
        weights={
            **plain,
            **{f"ip_adapter.{key}": value for key, value in adapter["ip_adapter"].items()},
        },
        inputs=inputs,
        outputs={"output": output},
    )
    loaded = {key for key in unet.state_dict() if ".processor." in key}
    write_fixture("unet", "ip-adapter-keys", seed=seed, options={"keys": sorted(loaded)})


def write_defaults() -> None:
    """Names and shapes of the class defaults with SD-1.5's text width, without any numbers."""
    with torch.device("meta"):
        unet = UNet2DConditionModel(cross_attention_dim=768)
    shapes = {key: list(value.shape) for key, value in unet.state_dict().items()}
    config = {"cross_attention_dim": 768}
    write_fixture("unet", "class-defaults", seed=0, config=config, options={"shapes": shapes})


with torch.no_grad():
    for index, case in enumerate(CASES):
        (write_adapter if case == "ip-adapter" else write_plain)(case, 104 + 10 * index)
write_defaults()
