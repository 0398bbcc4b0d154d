export type CheckpointErrorCode =
  | "checkpoint.name"
  | "checkpoint.unknown"
  | "checkpoint.exists"
  | "checkpoint.busy"
  | "checkpoint.part"
  | "checkpoint.pickle"
  | "checkpoint.damaged"
  | "checkpoint.unreadable"
  | "checkpoint.space"
  | "hub.offline"
  | "hub.unreachable"
  | "hub.token"
  | "hub.gated"
  | "hub.missing"
  | "hub.failed";

export interface CheckpointErrorDetails {
  /** A checkpoint's name, or a file. */
  readonly at?: string;
  readonly hint: string;
  readonly cause?: unknown;
}

/** What the store of checkpoints throws. Reads: `code at place: what. Hint: fix.` */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
  readonly code: CheckpointErrorCode;
  readonly what: string;
  readonly at: string | undefined;
  readonly hint: string;

  constructor(
    code: CheckpointErrorCode,
    what: string,
    { at, hint, cause }: CheckpointErrorDetails,
  ) {
    super(`${code}${at === undefined ? "" : ` at ${at}`}: ${what} Hint: ${hint}`, { cause });
    this.code = code;
    this.what = what;
    this.at = at;
    this.hint = hint;
  }
}
