"""LPIPS distances by the lpips package, over weights that lpips.test.ts draws in the same way.

The networks are too large for fixtures, so both sides draw each weight from a hash of its tensor's name and its place.
"""

import lpips
import numpy as np
import torch
from metric_pictures import pairs
from parity_fixture import write_numbers


def mixed(x: np.ndarray) -> np.ndarray:
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    return x ^ (x >> np.uint32(16))


def seed_of(name: str) -> int:
    seed = 0
    for letter in name:
        seed = (seed * 31 + ord(letter)) & 0xFFFFFFFF
    return seed


def drawn(name: str, shape: torch.Size) -> torch.Tensor:
    """Uniform in [-1, 1); kernels by the root of 6 over their inputs, the linear heads not negative."""
    count = int(np.prod(shape))
    with np.errstate(over="ignore"):
        bits = mixed(np.arange(count, dtype=np.uint32) + np.uint32(seed_of(name)))
    values = bits / 2**31 - 1
    if name.startswith("lin"):
        values = np.abs(values) / 10
    elif len(shape) == 4:
        values = values * np.sqrt(6 / (count / shape[0]))
    else:
        values = values / 10
    return torch.from_numpy(values.astype(np.float32)).reshape(shape)


def planes(picture: np.ndarray) -> torch.Tensor:
    return torch.tensor(picture).permute(2, 0, 1)[None].float() / 127.5 - 1


@torch.no_grad()
def distances(net: str) -> dict:
    model = lpips.LPIPS(net=net, pretrained=False, pnet_rand=True, verbose=False).eval()
    state = model.state_dict()
    own = [key for key in state if not key.startswith(("lins.", "scaling_layer."))]
    for key in own:
        state[key] = drawn(key, state[key].shape)
    # The list of heads shares its tensors with them.
    shared = {f"lins.{key[3:]}": state[key] for key in own if key.startswith("lin")}
    model.load_state_dict({**state, **shared})
    scaling = {
        key: value.flatten().tolist() for key, value in state.items() if key.startswith("scaling_")
    }
    shapes = {key: "x".join(map(str, state[key].shape)) for key in own}
    found = {name: model(planes(a), planes(b)).item() for name, (a, b) in pairs().items()}
    return {"shapes": shapes, "scaling": scaling, "distances": found}


numbers = {net: distances(net) for net in ("alex", "vgg", "squeeze")}
write_numbers("metrics", "lpips", numbers, ("lpips", "torch", "torchvision"))
