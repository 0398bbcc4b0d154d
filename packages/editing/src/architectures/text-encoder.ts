import type { LoraTarget } from "./lora.ts";
import type { NetworkOpener } from "./open-network.ts";
import type { TensorValue } from "./tensor.ts";

/** Encodes a text without reading a picture. */
export interface TextEncoder {
  /**
   * Shapes: -> [1, S, E]
   * @param warn Receives a sentence where a part of the text is left out, or where encoder and tokenizer know different words.
   */
  encode(opener: NetworkOpener, text: string, warn?: (text: string) => void): Promise<TensorValue>;
  /** Whether the words P_obj, P_ctxt and P_shape of a text stand for PowerPaint's learnt vectors. */
  readonly knowsTasks?: boolean;
  /** Absent if the network does not support LoRA. */
  readonly lora?: LoraTarget<TextEncoder>;
}
