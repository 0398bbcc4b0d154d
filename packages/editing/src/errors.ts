/** Every code an `EditingError` can carry. */
export type EditingErrorCode =
  | "argument.unfit"
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
  | "hub.failed"
  | "dataset.unreadable"
  | "dataset.field"
  | "endpoint.key"
  | "endpoint.forbidden"
  | "endpoint.unreachable"
  | "endpoint.refused"
  | "endpoint.answer"
  | "endpoint.store"
  | "recaption.unfit"
  | "sampling.not-finite";

/** What an `EditingError` carries besides its code and its message. */
export interface EditingErrorDetails {
  /** A checkpoint's name, or a file. */
  readonly at?: string;
  /** Name of the argument at fault; graphs report it at the input or param of that name. */
  readonly argument?: string;
  readonly hint: string;
  readonly cause?: unknown;
}

/** The one error this package throws. Reads: `code at place: what. Hint: fix.` */
export class EditingError extends Error {
  override readonly name = "EditingError";
  readonly code: EditingErrorCode;
  readonly what: string;
  readonly at: string | undefined;
  readonly argument: string | undefined;
  readonly hint: string;

  constructor(
    code: EditingErrorCode,
    what: string,
    { at, argument, hint, cause }: EditingErrorDetails,
  ) {
    const place = at ?? argument;
    const end = /[.!?]$/.test(what) ? "" : ".";
    super(`${code}${place === undefined ? "" : ` at ${place}`}: ${what}${end} Hint: ${hint}`, {
      cause,
    });
    this.code = code;
    this.what = what;
    this.at = at;
    this.argument = argument;
    this.hint = hint;
  }
}

/** The error for an argument that cannot be used as it is. */
export function unfitArgument(
  argument: string,
  what: string,
  hint: string,
  cause?: unknown,
): EditingError {
  return new EditingError("argument.unfit", what, { argument, hint, cause });
}
