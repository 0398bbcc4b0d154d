"""How much of the GPU's memory is in use, from NVIDIA's management library."""

import ctypes
from collections.abc import Callable


class MemoryInfo(ctypes.Structure):
    _fields_ = [(name, ctypes.c_ulonglong) for name in ("total", "free", "used")]


def open_device_memory() -> Callable[[int], int] | None:
    """A function that gives the bytes in use on the first GPU, whoever uses them; None where there is none."""
    try:
        nvml = ctypes.CDLL("libnvidia-ml.so.1")
    except OSError:
        return None
    device = ctypes.c_void_p()
    if nvml.nvmlInit_v2() != 0 or nvml.nvmlDeviceGetHandleByIndex_v2(0, ctypes.byref(device)) != 0:
        return None

    def used(_: int) -> int:
        info = MemoryInfo()
        nvml.nvmlDeviceGetMemoryInfo(device, ctypes.byref(info))
        return info.used

    return used
