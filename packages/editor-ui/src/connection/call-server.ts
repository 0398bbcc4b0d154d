import { answerOf, type Client, createClient, RefusedError } from "@insightgraph/client";
import { words } from "../messages/messages.ts";
import { toSentence } from "./issue-words.ts";

/** The server refused, or could not be reached; the message is meant for people. */
export class ServerError extends Error {
  override readonly name: string = "ServerError";
  /** The server's code of what it refused, such as `document.file-exists`. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** The server could not be reached: what failed can be tried again when it is back. */
export class UnreachableError extends ServerError {
  override readonly name = "UnreachableError";
}

/** The API of the server that the page came from. */
export const api: Client = createClient();

/** What a call of the API answers. Throws: `ServerError`. */
export async function callServer<Answer>(
  call: Parameters<typeof answerOf<Answer>>[0],
): Promise<NonNullable<Answer>> {
  try {
    return await answerOf(call);
  } catch (thrown) {
    if (!(thrown instanceof RefusedError)) throw new UnreachableError(words.serverSilent);
    const reason = thrown.reason ?? thrown.issues[0];
    if (reason === undefined) throw new ServerError(words.serverRefused);
    throw new ServerError(`${toSentence(reason.what)} ${toSentence(reason.hint)}`, reason.code);
  }
}
