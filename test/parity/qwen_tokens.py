"""Qwen's tokenizer with a vocabulary trained on a few sentences, its chat template, and what transformers makes of 500 texts."""

import hashlib
import json
import shutil

from formula_weights import uniform
from parity_fixture import ROOT
from token_texts import SENTENCES, TEXTS
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import Qwen2Tokenizer

FOLDER = ROOT / "qwen-tokens"
SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|image_pad|>", "<|vision_end|>", "<|video_pad|>"]
# Of our own, with what Qwen3-VL's template does for texts and pictures.
TEMPLATE = """{%- for message in messages %}
    {{- '<|im_start|>' + message.role + '\\n' }}
    {%- if message.content is string %}
        {{- message.content }}
    {%- else %}
        {%- for part in message.content %}
            {%- if part.type == 'image' %}
                {{- '<|vision_start|><|image_pad|><|vision_end|>' }}
            {%- else %}
                {{- part.text }}
            {%- endif %}
        {%- endfor %}
    {%- endif %}
    {{- '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
"""
# Joined at random into texts; the same list stands in the fixture.
PIECES = [*(text for text in TEXTS if len(text) < 80), *"  \n\t\r'’-.,!?", "'S", "\n\n", "   ", *SPECIALS]


def texts() -> list[str]:
    draws = iter(uniform("texts", 500 * 8))
    choose = lambda: PIECES[int((next(draws) + 1) / 2 * len(PIECES))]
    return ["".join(choose() for _ in range(1 + at % 8)) for at in range(500)]


def train() -> tuple[dict[str, int], list[tuple[str, str]]]:
    reference = Qwen2Tokenizer().backend_tokenizer
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer, tokenizer.pre_tokenizer = reference.normalizer, reference.pre_tokenizer
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(vocab_size=420, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(SENTENCES, trainer)
    merges = [tuple(merge) for merge in json.loads(tokenizer.to_str())["model"]["merges"]]
    tokens = dict.fromkeys([*alphabet, *("".join(pair) for pair in merges)])
    return {token: index for index, token in enumerate(tokens)}, merges


def digest(ids: list[int]) -> str:
    return hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()[:8]


shutil.rmtree(FOLDER, ignore_errors=True)
FOLDER.mkdir(parents=True)
vocabulary, merges = train()
decoder = {
    str(len(vocabulary) + at): {"content": token, "special": True, "normalized": False}
    for at, token in enumerate(SPECIALS)
}
config = {
    "tokenizer_class": "Qwen2Tokenizer",
    "eos_token": "<|im_end|>",
    "pad_token": "<|endoftext|>",
    "added_tokens_decoder": decoder,
    "chat_template": TEMPLATE,
}
for name, value in {"vocab.json": vocabulary, "tokenizer_config.json": config}.items():
    (FOLDER / name).write_text(json.dumps(value, ensure_ascii=False))
(FOLDER / "merges.txt").write_text("\n".join(" ".join(pair) for pair in merges) + "\n")
tokenizer = Qwen2Tokenizer.from_pretrained(FOLDER)
talk = [
    {"role": "system", "content": "You describe photographs."},
    {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "What is it?\n"}]},
    {"role": "assistant", "content": "A {{ cat }}."},
    {"role": "user", "content": "And 'that'?"},
]
chosen = texts()
expected = {
    "pieces": PIECES,
    "ids": [digest(tokenizer(text)["input_ids"]) for text in chosen],
    "decoded": [digest(list(tokenizer.decode(tokenizer(text)["input_ids"], skip_special_tokens=True).encode())) for text in chosen],
    "talk": tokenizer.apply_chat_template(talk, tokenize=False, add_generation_prompt=True),
}
(FOLDER / "expected.json").write_text(json.dumps(expected, ensure_ascii=False))
# The same as tokenizer.json, as newer checkpoints hold it.
tokenizer.save_pretrained(FOLDER / "json")
held = FOLDER / "json" / "tokenizer.json"
held.write_text(json.dumps(json.loads(held.read_text()), ensure_ascii=False, separators=(",", ":")))
for file in (FOLDER / "json").iterdir():
    print(file.name, file.stat().st_size)
