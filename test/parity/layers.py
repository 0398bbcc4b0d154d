"""Single layers against torch and diffusers."""

import torch
import torch.nn.functional as F
from diffusers.models.embeddings import get_timestep_embedding

from formula_weights import name_weights
from parity_fixture import draw, write_fixture

SEED = 11
layers = name_weights(
    torch.nn.ModuleDict(
        {
            "conv": torch.nn.Conv2d(6, 10, 3, stride=2, padding=1),
            "norm": torch.nn.GroupNorm(3, 6, eps=1e-6),
            "fc": torch.nn.Linear(7, 5),
            "layer_norm": torch.nn.LayerNorm(7),
        }
    ),
    SEED,
)
x, tokens, memory = draw(1, 2, 6, 7, 5), draw(2, 2, 9, 12), draw(3, 2, 4, 12)
rows = draw(4, 2, 3, 7)
timestep = torch.tensor([981.0, 0.5])


def heads(values: torch.Tensor) -> torch.Tensor:
    return values.unflatten(-1, (3, 4)).transpose(1, 2)


mixed = F.scaled_dot_product_attention(heads(tokens), heads(memory), heads(memory))

with torch.no_grad():
    write_fixture(
        "layers",
        "layers",
        seed=SEED,
        weights=layers.state_dict(),
        inputs={
            "x": x,
            "tokens": tokens,
            "memory": memory,
            "rows": rows,
            "timestep": timestep,
        },
        outputs={
            "conv": layers["conv"](x),
            "norm": layers["norm"](x),
            "fc": layers["fc"](rows),
            "layerNorm": layers["layer_norm"](rows),
            "attention": mixed.transpose(1, 2).flatten(2),
            "wave": get_timestep_embedding(timestep, 16, flip_sin_to_cos=True, downscale_freq_shift=0),
            "waveSinFirst": get_timestep_embedding(timestep, 16, downscale_freq_shift=1),
            "nearest": F.interpolate(x, size=(13, 9), mode="nearest"),
            "linear": F.interpolate(x, size=(13, 9), mode="bilinear"),
        },
    )
