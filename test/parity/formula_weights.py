"""Weights that need no file: a formula of a tensor's name and an element's index, the same in formula-weights.ts."""

import numpy as np
import torch


def _hash(name: str) -> int:
    """FNV-1a, 32 bits."""
    state = 0x811C9DC5
    for byte in name.encode():
        state = (state ^ byte) * 0x01000193 & 0xFFFFFFFF
    return state


def uniform(name: str, count: int) -> np.ndarray:
    """Numbers in [-1, 1) with 24 bits: MurmurHash3's last mix of hash + index."""
    x = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B9) + np.uint32(_hash(name))
    x = (x ^ (x >> 16)) * np.uint32(0x85EBCA6B)
    x = (x ^ (x >> 13)) * np.uint32(0xC2B2AE35)
    x = x ^ (x >> 16)
    return (x >> 8).astype(np.float64) / 2**23 - 1


def formula_weight(name: str, shape: tuple[int, ...]) -> torch.Tensor:
    """Norms' scales near one, other vectors small, matrices of variance one over their inputs."""
    values = uniform(name, int(np.prod(shape)))
    if len(shape) > 1:
        values = values * np.sqrt(3 / np.prod(shape[1:]))
    else:
        values = values * 0.2 + (1 if name.endswith("weight") else 0)
    return torch.from_numpy(values.astype(np.float32).reshape(shape))


def fill_by_formula(module: torch.nn.Module, prefix: str = "") -> torch.nn.Module:
    """Gives every parameter of a module, by its name in the checkpoint, its weight of the formula."""
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            parameter.copy_(formula_weight(prefix + name, tuple(parameter.shape)))
    return module.eval()


_names: dict[bytes, str] = {}


def _bytes_of(weight: torch.Tensor) -> bytes:
    return weight.detach().contiguous().numpy().tobytes()


def named_weight(name: str, shape: tuple[int, ...]) -> torch.Tensor:
    """A weight by the formula as half precision holds it, which a fixture describes by this name."""
    weight = formula_weight(name, shape).half().float()
    _names[_bytes_of(weight)] = name
    return weight


def name_of(weight: torch.Tensor) -> str | None:
    """The name by which `named_weight` gave these numbers, whatever they are called since."""
    return _names.get(_bytes_of(weight))


def name_weights(module: torch.nn.Module, seed: int) -> torch.nn.Module:
    """Gives every parameter of a module its named weight."""
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            parameter.copy_(named_weight(f"{seed}.{name}", tuple(parameter.shape)))
    return module.eval()
