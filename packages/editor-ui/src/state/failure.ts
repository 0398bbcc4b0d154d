import { UnreachableError } from "../connection/call-server.ts";
import { describeThrown } from "../connection/issue-words.ts";
import type { Notice } from "./editor-state.ts";

/** The notice that something failed; one that the server was away goes when the server is back. */
export function failure(thrown: unknown, text = describeThrown(thrown)): Notice {
  const isFailed = { tone: "failed", text } as const;
  return thrown instanceof UnreachableError ? { ...isFailed, isAboutConnection: true } : isFailed;
}
