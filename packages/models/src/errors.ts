/** What went wrong, by area; SPEC.md says when each is thrown. */
export type ModelErrorCode =
  | "file.unreadable"
  | "file.encoding"
  | "file.json"
  | "onnx.shape"
  | "onnx.dtype"
  | "autodiff.no-rule"
  | "weights.unreadable"
  | "weights.format"
  | "weights.header"
  | "weights.index"
  | "weights.mismatch"
  | "weights.missing"
  | "weights.shape"
  | "weights.dtype"
  | "weights.lora"
  | "weights.not-finite"
  | "config.field"
  | "config.unsupported"
  | "tokens.file"
  | "tokens.empty"
  | "tokens.unknown-word"
  | "tokens.too-long"
  | "tokens.reserved"
  | "schedule.unknown"
  | "schedule.unsupported"
  | "schedule.value"
  | "schedule.steps"
  | "train.batch"
  | "train.busy"
  | "train.losses"
  | "train.not-finite"
  | "train.recipe";

/** Where an error happened, and what the reader can do. */
export interface ModelErrorDetails {
  /** A weight path or an ONNX value name. */
  readonly at?: string;
  readonly hint: string;
  readonly cause?: unknown;
}

/** The one error this package throws. Reads: `code at place: what. Hint: fix.` */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly code: ModelErrorCode;
  readonly what: string;
  readonly at: string | undefined;
  readonly hint: string;

  constructor(code: ModelErrorCode, what: string, { at, hint, cause }: ModelErrorDetails) {
    super(`${code}${at === undefined ? "" : ` at ${at}`}: ${what} Hint: ${hint}`, { cause });
    this.code = code;
    this.what = what;
    this.at = at;
    this.hint = hint;
  }
}
