"""Tiny folders in the layouts of the benchmarks: the files and columns that each publishes, pictures of a few pixels."""

import io
import json
import shutil

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from parity_fixture import ROOT
from PIL import Image

FOLDER = ROOT.parent / "benchmarks"
PICTURE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])


def picture(seed: int, width: int = 24, height: int = 20) -> Image.Image:
    y, x = np.mgrid[:height, :width]
    planes = [(x * (7 + seed) + y * 5 * (channel + 1) + seed * 31) % 256 for channel in range(3)]
    return Image.fromarray(np.stack(planes, axis=2).astype(np.uint8))


def mask(width: int = 24, height: int = 20) -> Image.Image:
    grey = np.zeros((height, width), np.uint8)
    grey[4:12, 6:18] = 255
    return Image.fromarray(grey)


def encoded(image: Image.Image) -> dict:
    file = io.BytesIO()
    image.save(file, "PNG")
    return {"bytes": file.getvalue(), "path": None}


def write_parquet(name: str, file: str, rows: list[dict], fields: list[tuple[str, pa.DataType]]) -> None:
    (FOLDER / name / "data").mkdir(parents=True)
    table = pa.Table.from_pylist(rows, pa.schema(fields))
    pq.write_table(table, FOLDER / name / "data" / file)


def write_json(file, value: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=2) + "\n")


def save(image: Image.Image, file, **options: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file, **options)


def gedit() -> None:
    rows = [
        ("color_alter", "k1", "Make the car red.", "en", True),
        ("color_alter", "k1", "把车变成红色。", "cn", True),
        ("color_alter", "k2", "Make the sky, or what is seen of it, green.", "en", False),
        ("subject-add", "k3", "Add a bird.", "en", True),
    ]
    names = ("task_type", "key", "instruction", "instruction_language", "Intersection_exist")
    records = [
        {**dict(zip(names, row)), "input_image": encoded(picture(at)), "input_image_raw": encoded(picture(at))}
        for at, row in enumerate(rows)
    ]
    fields = [(name, pa.string()) for name in names[:4]]
    fields += [("input_image", PICTURE), ("input_image_raw", PICTURE), (names[4], pa.bool_())]
    write_parquet("gedit", "train-00000-of-00001.parquet", records, fields)


def magicbrush() -> None:
    records = [
        {
            "img_id": session,
            "turn_index": turn,
            "source_img": encoded(picture(turn)),
            "mask_img": encoded(picture(turn)),
            "instruction": f"Change {session} for the {turn}. time.",
            "target_img": encoded(picture(turn + 1)),
        }
        for session, turn in (("139", 1), ("139", 2), ("139", 3), ("30", 1))
    ]
    fields = [("img_id", pa.string()), ("turn_index", pa.int32()), ("source_img", PICTURE)]
    fields += [("mask_img", PICTURE), ("instruction", pa.string()), ("target_img", PICTURE)]
    write_parquet("magicbrush", "dev-00000-of-00001.parquet", records, fields)


def emu() -> None:
    texts = ("instruction", "task", "split", "hash", "input_caption", "output_caption")
    records = [
        {
            **dict(zip(texts, ("Add a hat.", task, "test", f"h{at}", "A dog.", "A dog with a hat."))),
            "image": encoded(picture(at)),
            "idx": at,
        }
        for at, task in enumerate(("add", "add", "style"))
    ]
    fields = [*((name, pa.string()) for name in texts), ("image", PICTURE), ("idx", pa.int64())]
    write_parquet("emu-edit", "test-00000-of-00001.parquet", records, fields)


def imgedit() -> None:
    edits = {
        "1082": {"id": "animal/000342021.jpg", "prompt": "Make the shell smooth.", "edit_type": "adjust"},
        "1068": {"id": "animal/000047206.jpg", "prompt": "Make the fur darker.", "edit_type": "adjust"},
        "673": {"id": "style/000278574.jpg", "prompt": "Make it a woodcut.", "edit_type": "style"},
        "674": {"id": "style/gone.jpg", "prompt": "Make it a fresco.", "edit_type": "style"},
    }
    folder = FOLDER / "imgedit-basic"
    write_json(folder / "basic_edit.json", edits)
    questions = {name: f"Grade this {name} edit: <edit_prompt>" for name in ("adjust", "style")}
    write_json(folder / "prompts.json", questions)
    for at, edit in enumerate(edits.values()):
        if edit["id"] != "style/gone.jpg":
            save(picture(at), folder / "original_images" / edit["id"])
    folder = FOLDER / "imgedit-uge"
    uge = {str(at + 1): {"id": f"00002978{at}.jpg", "prompt": "Remove the lemon."} for at in range(2)}
    write_json(folder / "UGE_edit.json", uge)
    for at, edit in enumerate(uge.values()):
        save(picture(at), folder / "original_images" / edit["id"])


def pie() -> None:
    folder = FOLDER / "pie-bench"
    edits = {
        "000000000000": ("0_random_140/000000000000.jpg", "0", [130000, 60, 130512, 60]),
        "111000000001": ("1_change_object_80/111000000001.jpg", "1", [0, 262144]),
    }
    mapping = {
        key: {
            "image_path": place,
            "original_prompt": "a slanted [rusty] bicycle",
            "editing_prompt": "a slanted [new] bicycle",
            "editing_instruction": "Make the frame new",
            "editing_type_id": kind,
            "blended_word": "bicycle bicycle",
            "mask": runs,
        }
        for key, (place, kind, runs) in edits.items()
    }
    write_json(folder / "mapping_file.json", mapping)
    for at, (place, _, _) in enumerate(edits.values()):
        save(picture(at, 64, 64), folder / "annotation_images" / place)


def reason_edit() -> None:
    folder = FOLDER / "reason-edit"
    scenarios = {
        "1-Left-Right": ("Left_Right_text.txt", ("001", "002")),
        "Reasoning-231115": ("Reason_test.txt", ("001",)),
    }
    for name, (texts, stems) in scenarios.items():
        lines = [f"Replace the left cup of {stem} with a vase. CLIP: a vase" for stem in stems]
        for at, stem in enumerate(stems):
            save(picture(at), folder / name / f"{stem}.png")
            if not (name == "1-Left-Right" and stem == "002"):
                save(mask(), folder / name / f"{stem}_mask.jpg", quality=95)
        (folder / name / texts).write_text("\n".join(lines) + "\n")


def advanced_edit() -> None:
    folder = FOLDER / "advancededit-eval"
    pair = {
        "origin_img_path": "images/1543.png",
        "target_img_path": "images/1543_target.png",
        "mask_json_path": "masks/1543.json",
        "instruction": ["remove the acoustic guitar"],
        "task_type": "remove",
        "class_origin": "acoustic_guitar",
        "class_target": "",
        "detailed_caption": "a guitar that leans on the wall",
        "img_caption": "A room with a guitar.",
        "bbox": [6, 4, 12, 8],
        # Runs by columns: 6 columns of 20 and 4 pixels are free, then 12 times 8 that are not.
        "segmentation": {"size": [20, 24], "counts": [124, *[8, 12] * 11, 8, 128]},
        "reasoning_instruction1": "Take away the instrument at the wall.",
        "reasoning_instruction2": "Which thing here makes music? Take it away.",
    }
    added = {
        **pair,
        "task_type": "add",
        "instruction": ["add the acoustic guitar"],
        "origin_img_path": pair["target_img_path"],
        "target_img_path": pair["origin_img_path"],
        "reasoning_instruction1": "",
        "reasoning_instruction2": "",
    }
    # The public sample ends its objects with a comma, too.
    text = json.dumps({"0": pair, "1": added}, indent=2)
    folder.mkdir(parents=True)
    (folder / "1543.json").write_text(text[:-2] + ",\n}\n")
    save(picture(1), folder / "images" / "1543.png")
    save(picture(2), folder / "images" / "1543_target.png")


shutil.rmtree(FOLDER, ignore_errors=True)
for write in (gedit, magicbrush, emu, imgedit, pie, reason_edit, advanced_edit):
    write()
