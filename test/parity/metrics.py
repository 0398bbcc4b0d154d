"""Pixel metrics of scikit-image and torchmetrics."""

import numpy as np
import torch
from metric_pictures import disc, pairs
from parity_fixture import write_numbers
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio, structural_similarity
from torchmetrics.classification import BinaryJaccardIndex
from torchmetrics.functional.image import multiscale_structural_similarity_index_measure
from torchmetrics.functional.regression import mean_absolute_error

MARGIN = 5


def ssim(a: np.ndarray, b: np.ndarray) -> tuple[float, np.ndarray]:
    mean, full = structural_similarity(
        a,
        b,
        channel_axis=2,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        data_range=255,
        full=True,
    )
    return float(mean), full


def tensor(picture: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(picture).double().permute(2, 0, 1)[None]


def l1(a: np.ndarray, b: np.ndarray) -> float:
    return float(mean_absolute_error(torch.tensor(a / 255), torch.tensor(b / 255)))


def scores(a: np.ndarray, b: np.ndarray) -> dict[str, float]:
    ms_ssim = multiscale_structural_similarity_index_measure(tensor(a), tensor(b), data_range=255.0)
    return {
        "PSNR": peak_signal_noise_ratio(b, a, data_range=255),
        "SSIM": ssim(a, b)[0],
        "MS-SSIM": float(ms_ssim),
        "L1": l1(a, b),
        "L2": mean_squared_error(a / 255, b / 255),
    }


def masked(a: np.ndarray, b: np.ndarray, region: np.ndarray) -> dict[str, float]:
    core = region.copy()
    for axis in (0, 1):
        np.moveaxis(core, axis, 0)[:MARGIN] = False
        np.moveaxis(core, axis, 0)[-MARGIN:] = False
    return {
        "PSNR": peak_signal_noise_ratio(b[region], a[region], data_range=255),
        "SSIM": float(ssim(a, b)[1][core].mean()),
        "L1": l1(a[region], b[region]),
        "L2": mean_squared_error(a[region] / 255, b[region] / 255),
    }


def iou(a: np.ndarray, b: np.ndarray) -> float:
    return float(BinaryJaccardIndex()(torch.from_numpy(a).int(), torch.from_numpy(b).int()))


numbers = {}
for name, (picture, reference) in pairs().items():
    inside = disc(picture)
    numbers[name] = {
        "all": scores(picture, reference),
        "inside": masked(picture, reference, inside),
        "outside": masked(picture, reference, ~inside),
        "IoU": iou(inside, np.roll(inside, 20, axis=1)),
    }
libraries = ("scikit-image", "torchmetrics", "torch", "numpy")
write_numbers("metrics", "pixels", {"scores": numbers}, libraries)
