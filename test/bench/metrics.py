"""Scores two pictures of 512 x 512 with scikit-image and torchmetrics, as metrics.ts asks: a metric's name a line.

Answers with the processor time in milliseconds and the score.
"""

import sys
import time

import numpy as np
import torch
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio, structural_similarity
from torchmetrics.functional.image import multiscale_structural_similarity_index_measure

SIDE = 512
places = np.arange(SIDE * SIDE * 3)
picture, reference = (
    (places * factor % 251).reshape(SIDE, SIDE, 3).astype(np.uint8) for factor in (7919, 7907)
)
planes = [torch.from_numpy(one).float().permute(2, 0, 1)[None] for one in (picture, reference)]
ssim_options = {
    "channel_axis": 2,
    "gaussian_weights": True,
    "sigma": 1.5,
    "use_sample_covariance": False,
    "data_range": 255,
}
tasks = {
    "PSNR": lambda: peak_signal_noise_ratio(reference, picture, data_range=255),
    "SSIM": lambda: structural_similarity(picture, reference, **ssim_options),
    "MS-SSIM": lambda: multiscale_structural_similarity_index_measure(*planes, data_range=255.0),
    "L2": lambda: mean_squared_error(picture / 255, reference / 255),
}
for line in sys.stdin:
    start = time.process_time()
    score = tasks[line.strip()]()
    print(1000 * (time.process_time() - start), float(score), flush=True)
