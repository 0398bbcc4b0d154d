import { words } from "../messages/messages.ts";
import { toSentence } from "./issue-words.ts";

/** The server refused, or could not be reached; the message is meant for people. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  /** The server's code of what it refused, such as `document.file-exists`. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** Calls the server's API. @returns its answer, which is taken at its word. Throws: `ServerError`. */
export async function callServer<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new ServerError(words.serverSilent);
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as Answer;
  const error = field(answer, "error") ?? answer;
  const code = field(error, "code");
  throw new ServerError(
    whyRefused(error) ?? words.serverRefused,
    typeof code === "string" ? code : undefined,
  );
}

function whyRefused(error: unknown): string | undefined {
  const what = field(error, "what");
  if (typeof what !== "string") return undefined;
  const hint = field(error, "hint");
  return typeof hint === "string" ? `${toSentence(what)} ${toSentence(hint)}` : toSentence(what);
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
