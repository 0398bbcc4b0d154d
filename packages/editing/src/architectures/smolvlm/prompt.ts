import type { VisualQuestion } from "../visual-chat.ts";

/** Marks of a picture in a text. */
export const pictureToken = "<image>";

/**
 * A question as the network was trained to read it; each picture takes a fixed number of tokens.
 * Source: SmolVLM (arXiv:2504.05299); the chat template and processor of HuggingFaceTB/SmolVLM-256M-Instruct.
 */
export function smolVlmPrompt(
  { system, text, pictures = [] }: VisualQuestion,
  tokensOfPicture: number,
): string {
  const around = "<fake_token_around_image>";
  const picture = `${around}<global-img>${pictureToken.repeat(tokensOfPicture)}${around}`;
  const orders = system === undefined ? "" : `System: ${system}<end_of_utterance>\n`;
  const space = pictures.length === 0 ? " " : "";
  const shown = picture.repeat(pictures.length);
  return `<|im_start|>${orders}User:${space}${shown}${text}<end_of_utterance>\nAssistant:`;
}
