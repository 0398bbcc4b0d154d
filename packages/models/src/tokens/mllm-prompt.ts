import { ModelError } from "../errors.ts";
import type { CheckpointTokenizer } from "./checkpoint-tokenizer.ts";

/** Where in the ids of a multimodal model's prompt what stands. */
export interface PromptLayout {
  /** Ids of a prompt, patches among them; shorter ones are padded at their end. */
  readonly length: number;
  /** How many patches a picture has. */
  readonly patches: number;
  /** Id that stands at the place of each patch. */
  readonly imageToken: number;
  /** r, how many [MM] tokens stand in a row. */
  readonly mmTokens: number;
  /** Id of the first of them. */
  readonly firstMmToken: number;
}

const polite = "The assistant gives helpful, detailed, and polite answers to the user's questions.";
const chat = "A chat between a curious user and an artificial intelligence assistant.";

/**
 * Prompts by the model that learnt them: `{image}`, `{instruction}` and `{mm}` stand for the patches, for what to do
 * and for the [MM] tokens; tokens in angle brackets are read whole.
 * Source: Vicuna v1.1's form of a chat; SmartEdit (arXiv:2312.06739) with its picture inside the quotation marks and
 * the [MM] tokens in the answer; InsightEdit (arXiv:2411.17323), figure 3, with them after the instruction.
 */
export const promptTemplates = {
  insightedit: `${chat} ${polite} USER: {image} {instruction} {mm}`,
  smartedit:
    `${chat} The assistant can generate <img>. The assistant needs to conduct the image to image translation task ` +
    `based on given image and text information. ${polite} USER: Please generate an image that corresponds to the ` +
    `previous image and text description "<im_start> {image} <im_end>{instruction}". ASSISTANT: Sure, I can ` +
    `generate the image you're looking for {mm}`,
};

/** Ids of a mark of the template: patches, [MM] tokens or a token by name. */
function markIds(mark: string, tokenizer: CheckpointTokenizer, layout: PromptLayout): number[] {
  const { patches, imageToken, mmTokens, firstMmToken } = layout;
  if (mark === "{image}") return Array<number>(patches).fill(imageToken);
  if (mark === "{mm}") return Array.from({ length: mmTokens }, (_, at) => firstMmToken + at);
  return [tokenizer.idOf(mark)];
}

/** Refuses an instruction that spells out what stands for the picture or for the [MM] states. */
function refuseReserved(
  instruction: string,
  tokenizer: CheckpointTokenizer,
  { imageToken, mmTokens, firstMmToken }: PromptLayout,
): void {
  const isMm = (id: number): boolean => id >= firstMmToken && id < firstMmToken + mmTokens;
  const found = tokenizer.encodePiece(instruction);
  if (!found.some((id) => id === imageToken || isMm(id))) return;
  throw new ModelError("tokens.reserved", "the instruction spells out a token of the model.", {
    at: instruction,
    hint: "Leave words in angle brackets out.",
  });
}

/**
 * The ids of a prompt.
 * Throws: tokens.too-long, tokens.reserved, tokens.empty; tokens.file, when the tokenizer lacks a token of the template.
 */
export function encodePrompt(
  template: string,
  instruction: string,
  tokenizer: CheckpointTokenizer,
  layout: PromptLayout,
): BigInt64Array {
  const trimmed = instruction.replace(/\s+/g, " ").trim();
  if (trimmed === "") {
    throw new ModelError("tokens.empty", "the instruction has no words.", {
      hint: 'Say what to do, such as "remove the apple".',
    });
  }
  refuseReserved(trimmed, tokenizer, layout);
  // Marks stand at odd places. The instruction is set in afterwards, so that its own brackets mean nothing.
  const pieces = template.split(/(\{image\}|\{mm\}|<[^<>\s]+>)/);
  const ids = pieces.flatMap((piece, at) => {
    if (at % 2 === 1) return markIds(piece, tokenizer, layout);
    const text = piece.replace("{instruction}", () => trimmed).trim();
    return at === 0 ? tokenizer.encodeWhole(text) : text === "" ? [] : tokenizer.encodePiece(text);
  });
  if (ids.length > layout.length) {
    throw new ModelError("tokens.too-long", `${ids.length} tokens are too many.`, {
      at: instruction,
      hint: `Say it shorter: the model reads ${layout.length}, picture and prompt among them.`,
    });
  }
  const pad = tokenizer.padId;
  return BigInt64Array.from({ length: layout.length }, (_, at) => BigInt(ids[at] ?? pad));
}
