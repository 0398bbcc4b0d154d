import { Template } from "@huggingface/jinja";
import { ModelError } from "../errors.ts";
import type { TokenizerFiles } from "./tokenizer-files.ts";

/** A message of a talk; pictures stand before the text. */
export interface TalkMessage {
  readonly role: "system" | "user" | "assistant";
  readonly text: string;
  /** How many pictures are shown. @default 0 */
  readonly pictures?: number;
}

function fault(at: string, what: string, cause?: unknown): ModelError {
  return new ModelError("tokens.file", what, {
    at,
    hint: "Use the chat template that was published with the weights.",
    cause,
  });
}

/** Messages as templates read them: a plain text, or parts. */
const asParts = ({ role, text, pictures = 0 }: TalkMessage) => ({
  role,
  content:
    pictures === 0
      ? text
      : [...Array.from({ length: pictures }, () => ({ type: "image" })), { type: "text", text }],
});

/**
 * A talk as the text that a checkpoint's own template makes of it, up to where the answer begins.
 * Throws: tokens.file, where there is no template or it cannot be run.
 * Source: transformers' apply_chat_template.
 */
export function renderChat(
  { at, chatTemplate }: Pick<TokenizerFiles, "at" | "chatTemplate">,
  messages: readonly TalkMessage[],
): string {
  if (chatTemplate === undefined) throw fault(at, "the checkpoint has no chat template.");
  try {
    return new Template(chatTemplate).render({
      messages: messages.map(asParts),
      add_generation_prompt: true,
      // Templates of models that can think aloud ask for it.
      enable_thinking: false,
    });
  } catch (cause) {
    throw fault(at, "the chat template cannot be run.", cause);
  }
}
