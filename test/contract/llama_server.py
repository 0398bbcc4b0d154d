"""Serves a tiny llama of random weights with llama.cpp's own server, on a free port, until standard input ends.

pip install xllamacpp==2026.10.11549 gguf==0.19.0 numpy
"""

import sys
import tempfile
from pathlib import Path

import gguf
import numpy
import xllamacpp

WIDTH, HEADS, INNER, CONTEXT = 32, 4, 64, 4096
TEMPLATE = "{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}"


def write_model(file: Path) -> None:
    """One layer; its words are single bytes, so that any text can be read and any grammar followed."""
    writer = gguf.GGUFWriter(file, "llama")
    kinds = gguf.TokenType
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL] + [kinds.BYTE] * 256)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(TEMPLATE)
    random = numpy.random.default_rng(1)
    shapes = {
        "token_embd": (len(tokens), WIDTH),
        "output": (len(tokens), WIDTH),
        **{f"blk.0.attn_{name}": (WIDTH, WIDTH) for name in ["q", "k", "v", "output"]},
        **{f"blk.0.ffn_{name}": (INNER, WIDTH) for name in ["gate", "up"]},
        "blk.0.ffn_down": (WIDTH, INNER),
    }
    weights = {name: random.normal(0, 0.3, shape) for name, shape in shapes.items()}
    # Wherever a grammar lets it, the model ends a text, a list or an object: its answers are short.
    weights["token_embd"][:, 0] = 4
    for sign in '"]}':
        weights["output"][3 + ord(sign), 0] = 4
    for name, values in weights.items():
        writer.add_tensor(f"{name}.weight", values.astype(numpy.float32))
    for name in ["output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"]:
        writer.add_tensor(f"{name}.weight", numpy.ones(WIDTH, numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


with tempfile.TemporaryDirectory() as folder:
    model = Path(folder) / "tiny.gguf"
    write_model(model)
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    params.port = 0
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()
