import { BinaryReader } from "@bufbuild/protobuf/wire";
import { ModelError } from "../errors.ts";

/** Kinds of pieces and of models as SentencePiece numbers them. */
const kinds = { normal: 1, unknown: 2, control: 3, userDefined: 4 };
const pairModel = 2;

interface Piece {
  readonly text: string;
  readonly score: number;
  readonly kind: number;
}

/** Calls back with the number of each field, which must read its value and say so. */
function eachField(reader: BinaryReader, end: number, read: (field: number) => boolean): void {
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (!read(field)) reader.skip(wire);
  }
}

function readPiece(reader: BinaryReader): Piece {
  let [text, score, kind] = ["", 0, kinds.normal];
  const end = reader.uint32() + reader.pos;
  eachField(reader, end, (field) => {
    if (field === 1) text = reader.string();
    else if (field === 2) score = reader.float();
    else if (field === 3) kind = reader.int32();
    else return false;
    return true;
  });
  return { text, score, kind };
}

/** One whole number of a message within. */
function readNumber(reader: BinaryReader, wanted: number, standard: number): number {
  let found = standard;
  const end = reader.uint32() + reader.pos;
  eachField(reader, end, (field) => {
    if (field !== wanted) return false;
    found = reader.uint32();
    return true;
  });
  return found;
}

function readModel(bytes: Uint8Array) {
  const reader = new BinaryReader(bytes);
  const pieces: Piece[] = [];
  // SentencePiece's own default is the other kind of model.
  let [model, hasPrefix] = [1, 1];
  eachField(reader, reader.len, (field) => {
    if (field === 1) pieces.push(readPiece(reader));
    else if (field === 2) model = readNumber(reader, 3, model);
    else if (field === 3) hasPrefix = readNumber(reader, 3, hasPrefix);
    else return false;
    return true;
  });
  return { pieces, model, hasPrefix: hasPrefix === 1 };
}

interface Merge {
  readonly halves: readonly [string, string];
  readonly score: number;
  readonly lengths: readonly [number, number];
}

/** Every way in which a piece falls into two others, best scores first. */
function mergesOf(pieces: readonly Piece[], ids: ReadonlyMap<string, number>) {
  const idOf = (text: string): number => ids.get(text) ?? 0;
  const merges = pieces.flatMap(({ text, score, kind }): Merge[] => {
    const letters = kind === kinds.normal ? Array.from(text) : [];
    return letters
      .slice(1)
      .map((_, at): Merge => {
        const halves = [letters.slice(0, at + 1).join(""), letters.slice(at + 1).join("")] as const;
        return { halves, score, lengths: [at + 1, letters.length - at - 1] };
      })
      .filter(({ halves }) => halves.every((half) => ids.has(half)))
      .sort(
        (a, b) => idOf(a.halves[0]) - idOf(b.halves[0]) || idOf(a.halves[1]) - idOf(b.halves[1]),
      );
  });
  const order = (a: Merge, b: Merge): number =>
    b.score - a.score || b.lengths[0] - a.lengths[0] || b.lengths[1] - a.lengths[1];
  return merges.sort(order).map(({ halves }) => halves);
}

function specialTokens(pieces: readonly Piece[]): readonly object[] {
  return pieces.flatMap(({ text, kind }, id) => {
    const isSpecial = kind === kinds.control || kind === kinds.unknown;
    if (!isSpecial && kind !== kinds.userDefined) return [];
    const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false };
    return [{ id, content: text, special: isSpecial, ...plain }];
  });
}

/**
 * What `tokenizer.json` would hold for Llama's `tokenizer.model`.
 * Throws: tokens.file.
 * Source: SentencePiece (arXiv:1808.06226); its merges as in transformers' conversion.
 */
export function sentencePieceJson(bytes: Uint8Array, at: string): object {
  const fault = (what: string, cause?: unknown): ModelError =>
    new ModelError("tokens.file", what, {
      at,
      hint: "Download the file again, or put the tokenizer.json of a newer repository beside it.",
      cause,
    });
  let found: ReturnType<typeof readModel>;
  try {
    found = readModel(bytes);
  } catch (error) {
    throw fault("tokenizer.model is not a SentencePiece file.", error);
  }
  const { pieces, model, hasPrefix } = found;
  if (pieces.length === 0) throw fault("tokenizer.model holds no pieces.");
  if (model !== pairModel) throw fault("tokenizer.model is not a byte-pair model.");
  const ids = new Map(pieces.map(({ text }, id) => [text, id]));
  const begin = pieces.find(({ text }) => text === "<s>")?.text;
  const unknown = pieces.find(({ kind }) => kind === kinds.unknown)?.text ?? "<unk>";
  const beginning = [{ SpecialToken: { id: begin, type_id: 0 } }];
  return {
    added_tokens: specialTokens(pieces),
    normalizer: {
      type: "Sequence",
      normalizers: [
        ...(hasPrefix ? [{ type: "Prepend", prepend: "▁" }] : []),
        { type: "Replace", pattern: { String: " " }, content: "▁" },
      ],
    },
    post_processor: {
      type: "TemplateProcessing",
      single: [...(begin === undefined ? [] : beginning), { Sequence: { id: "A", type_id: 0 } }],
      pair: [],
      special_tokens:
        begin === undefined
          ? {}
          : { [begin]: { id: begin, ids: [ids.get(begin)], tokens: [begin] } },
    },
    model: {
      type: "BPE",
      unk_token: unknown,
      fuse_unk: true,
      byte_fallback: true,
      vocab: Object.fromEntries(ids),
      merges: mergesOf(pieces, ids),
    },
  };
}
