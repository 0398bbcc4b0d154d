"""CLIP's and Llama's tokenizers with vocabularies trained on a few sentences, and what transformers reads with them."""

import json
import shutil
import struct
from importlib.metadata import version

from tokenizers import (
    AddedToken,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)
from transformers import CLIPTokenizer, PreTrainedTokenizerFast

from parity_fixture import ROOT
from token_texts import SENTENCES, TEXTS

FOLDER = ROOT / "tokens"
BEGIN, END = "<|startoftext|>", "<|endoftext|>"

def train_clip() -> tuple[dict[str, int], list[tuple[str, str]]]:
    tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>", unk_token=END))
    reference = CLIPTokenizer().backend_tokenizer
    tokenizer.normalizer = reference.normalizer
    tokenizer.pre_tokenizer = reference.pre_tokenizer
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=760,
        initial_alphabet=alphabet,
        end_of_word_suffix="</w>",
        show_progress=False,
    )
    tokenizer.train_from_iterator(SENTENCES, trainer)
    merges = [tuple(merge) for merge in json.loads(tokenizer.to_str())["model"]["merges"]]
    # As CLIP's own: bytes, bytes that end a word, merges in order, the two special tokens.
    tokens = [*alphabet, *(f"{one}</w>" for one in alphabet), *("".join(pair) for pair in merges)]
    tokens += [BEGIN, END]
    return {token: index for index, token in enumerate(dict.fromkeys(tokens))}, merges


def write_json(path, value) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def compact(path) -> None:
    write_json(path, json.loads(path.read_text()))


def expect(folder, tokenizer, options: dict) -> None:
    cases = [{"text": text, "ids": tokenizer(text)["input_ids"]} for text in TEXTS]
    versions = {name: version(name) for name in ("tokenizers", "transformers")}
    write_json(folder / "expected.json", {"versions": versions, "options": options, "cases": cases})


def fresh(name: str):
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def write_clip(pad: str) -> None:
    vocabulary, merges = train_clip()
    old = fresh("clip-vocab-and-merges")
    write_json(old / "vocab.json", vocabulary)
    lines = ["#version: 0.2", *(" ".join(pair) for pair in merges)]
    (old / "merges.txt").write_text("\n".join(lines) + "\n")
    special = {"bos_token": BEGIN, "eos_token": END, "unk_token": END, "pad_token": pad}
    write_json(old / "special_tokens_map.json", special)
    config = {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, **special}
    write_json(old / "tokenizer_config.json", config)
    tokenizer = CLIPTokenizer(
        vocab=vocabulary, merges=merges, pad_token=pad, model_max_length=77
    )
    expect(
        old,
        lambda text: tokenizer(text, padding="max_length", max_length=77, truncation=True),
        {"padded": 77},
    )
    new = fresh("clip-tokenizer-json")
    tokenizer.save_pretrained(new)
    for file in new.iterdir():
        if file.name not in ("tokenizer.json", "tokenizer_config.json"):
            file.unlink()
    compact(new / "tokenizer.json")
    expect(
        new,
        lambda text: tokenizer(text, padding="max_length", max_length=11, truncation=True),
        {"padded": 11},
    )


def train_llama() -> Tokenizer:
    """Llama's conversion of its SentencePiece model: a prefix space, bytes for what is unknown."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
    )
    specials = ["<unk>", "<s>", "</s>"]
    trainer = trainers.BpeTrainer(
        vocab_size=700,
        special_tokens=[*specials, *(f"<0x{byte:02X}>" for byte in range(256))],
        show_progress=False,
        max_token_length=12,
    )
    tokenizer.train_from_iterator(SENTENCES[:-6], trainer)
    saved = json.loads(tokenizer.to_str())
    saved["added_tokens"] = [one for one in saved["added_tokens"] if one["content"] in specials]
    trained = Tokenizer.from_str(json.dumps(saved))
    trained.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)]
    )
    trained.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(content=" ", left=1),
        ]
    )
    return trained


def write_llama(name: str, *, metaspace: bool) -> None:
    tokenizer = train_llama()
    if metaspace:
        tokenizer.normalizer = None
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(
            replacement="▁", prepend_scheme="first", split=False
        )
    folder = fresh(name)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    special = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "LlamaTokenizer", **special})
    added = ["<img>", "<im_start>", "<im_end>", "<img_0>", "<img_1>", "<image>"]
    first = tokenizer.get_vocab_size()
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in added])
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)
    TEXTS.append('USER: "<im_start> <image> <im_end>remove the apple" ASSISTANT: <img_0> <img_1>')
    expect(folder, fast, {"added": {token: first + at for at, token in enumerate(added)}})
    TEXTS.pop()


def varint(value: int) -> bytes:
    low, rest = value & 127, value >> 7
    return bytes([low | 128]) + varint(rest) if rest else bytes([low])


def message(field: int, content: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(content)) + content


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def write_sentence_piece(name: str) -> None:
    """The same vocabulary as SentencePiece stores it: pieces by id, the earlier merged the better their score."""
    tokenizer = train_llama()
    saved = json.loads(tokenizer.to_str())["model"]
    ranks = {"".join(pair): rank for rank, pair in enumerate(saved["merges"])}
    vocabulary = sorted(saved["vocab"], key=saved["vocab"].get)
    kinds = {"<unk>": 2, "<s>": 3, "</s>": 3}
    pieces = b""
    for token in vocabulary:
        kind = kinds.get(token, 6 if token.startswith("<0x") else 1)
        score = -ranks[token] if token in ranks else -len(vocabulary)
        packed = struct.pack("<f", score if kind == 1 else 0)
        body = message(1, token.encode()) + varint(2 << 3 | 5) + packed
        pieces += message(1, body + (number(3, kind) if kind != 1 else b""))
    trainer = number(3, 2) + number(35, 1)
    normalizer = message(1, b"identity") + number(3, 1) + number(4, 0)
    folder = fresh(name)
    (folder / "tokenizer.model").write_bytes(pieces + message(2, trainer) + message(3, normalizer))
    special = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "LlamaTokenizer", **special})
    expect(folder, PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special), {})


LEARNT_TEXTS = [
    "a photo of <cat-toy> on the table",
    "a<cat-toy>b sks_style, sks_styles and SKS_STYLE",
    "  <Cat-Toy>  <|endoftext|>sks_style",
    "<cat-toy><cat-toy> apple sks_style.",
    "remove the <big   space> apple <pad>",
    "sks_stylé <cat -toy>",
]


def expect_learnt(folder, tokenizer) -> None:
    TEXTS.extend(LEARNT_TEXTS)
    expect(folder, lambda text: tokenizer(text), {})
    del TEXTS[-len(LEARNT_TEXTS) :]


def write_learnt_clip(name: str, *, decoder: bool) -> None:
    """Words that were learnt later, in added_tokens.json or in the config's added_tokens_decoder."""
    vocabulary, merges = train_clip()
    folder = fresh(name)
    write_json(folder / "vocab.json", vocabulary)
    lines = ["#version: 0.2", *(" ".join(pair) for pair in merges)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n")
    special = {"bos_token": BEGIN, "eos_token": END, "unk_token": END, "pad_token": "<pad>"}
    config = {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, **special}
    learnt = {
        token: len(vocabulary) + at for at, token in enumerate(["<cat-toy>", "sks_style", "<pad>"])
    }
    if decoder:
        plain = {"lstrip": False, "rstrip": False, "single_word": False, "special": False}
        known = {token: vocabulary[token] for token in (BEGIN, END)}
        config["added_tokens_decoder"] = {
            str(index): {
                "content": token,
                **plain,
                "normalized": token == "sks_style",
                "lstrip": token == "<cat-toy>",
                "special": token != "sks_style",
            }
            for token, index in {**known, **learnt}.items()
        }
    else:
        write_json(folder / "added_tokens.json", learnt)
    write_json(folder / "special_tokens_map.json", special)
    write_json(folder / "tokenizer_config.json", config)
    expect_learnt(folder, CLIPTokenizer.from_pretrained(folder))


def write_learnt_clip_json(name: str) -> None:
    vocabulary, merges = train_clip()
    tokenizer = CLIPTokenizer(vocab=vocabulary, merges=merges, model_max_length=77)
    tokenizer.add_tokens(["<cat-toy>", "sks_style"])
    folder = fresh(name)
    tokenizer.save_pretrained(folder)
    for file in folder.iterdir():
        if file.name not in ("tokenizer.json", "tokenizer_config.json"):
            file.unlink()
    compact(folder / "tokenizer.json")
    expect_learnt(folder, CLIPTokenizer.from_pretrained(folder))


def write_learnt_llama(name: str) -> None:
    write_sentence_piece(name)
    folder = FOLDER / name
    tokenizer = train_llama()
    first = tokenizer.get_vocab_size()
    learnt = ["<cat-toy>", "sks_style"]
    write_json(folder / "added_tokens.json", {token: first + at for at, token in enumerate(learnt)})
    tokenizer.add_tokens([AddedToken(token, normalized=True) for token in learnt])
    special = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
    expect_learnt(folder, PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special))


write_learnt_clip("clip-added-tokens", decoder=False)
write_learnt_clip("clip-added-tokens-decoder", decoder=True)
write_learnt_clip_json("clip-tokenizer-json-added")
write_learnt_llama("llama-added-tokens")
write_clip("!")
write_llama("llama-prepended", metaspace=False)
write_llama("llama-metaspace", metaspace=True)
write_sentence_piece("llama-tokenizer-model")
