"""Masks as pycocotools writes them, compressed and plain."""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from pycocotools import mask as coco

rng = np.random.default_rng(1)
height, width = 23, 17
blob = np.add.outer((np.arange(23) - 9) ** 2, (np.arange(17) - 8) ** 2) < 40
masks = {
    "empty": np.zeros((height, width)),
    "full": np.ones((height, width)),
    "one pixel": np.eye(1),
    "blob": blob,
    "noise": rng.random((height, width)) < 0.5,
    "columns that go on": np.tile(np.arange(width) % 5 < 2, (height, 1)),
    "first pixel": np.arange(height * width).reshape(height, width) == 0,
    "last pixel": np.arange(height * width).reshape(height, width) == height * width - 1,
    "long runs": np.add.outer(np.zeros(400), np.arange(90)) // 40 % 2,
    "one row": rng.random((1, 31)) < 0.5,
    "one column": rng.random((31, 1)) < 0.5,
}


def runs(mask: np.ndarray) -> list[int]:
    flat = np.concatenate([[0], mask.flatten(order="F"), [1 - mask.flatten(order="F")[-1]]])
    places = np.flatnonzero(np.diff(flat))
    return np.diff(np.concatenate([[0], places])).tolist()


def case(mask: np.ndarray) -> dict:
    mask = mask.astype(np.uint8)
    code = coco.encode(np.asfortranarray(mask))
    plain = runs(mask)
    again = coco.decode(coco.frPyObjects({"size": list(mask.shape), "counts": plain}, *mask.shape))
    assert (again == mask).all()
    return {
        "size": list(mask.shape),
        "counts": code["counts"].decode(),
        "runs": plain,
        "box": coco.toBbox(code).astype(int).tolist(),
        "rows": ["".join(map(str, row)) for row in mask],
    }


out = Path(__file__).parent.parent / "fixtures" / "parity" / "run-length"
out.mkdir(parents=True, exist_ok=True)
cases = {name: case(np.asarray(mask)) for name, mask in masks.items()}
# Rows of the long one are all alike.
cases["long runs"]["rows"] = [cases["long runs"]["rows"][0]]
content = {"pycocotools": version("pycocotools"), "cases": cases}
(out / "masks.json").write_text(json.dumps(content, indent=1) + "\n")
