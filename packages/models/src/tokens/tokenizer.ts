/** Turns texts into ids of a fixed number. */
export interface Tokenizer {
  /** Ids of a text, padded at its end; throws tokens.unknown-word, tokens.too-long and tokens.empty. */
  encode(text: string): BigInt64Array;
}
