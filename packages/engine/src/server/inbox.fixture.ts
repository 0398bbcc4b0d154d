import type { ServerMessage } from "../protocol/messages.ts";

/** Messages that a page received. */
export interface Inbox {
  readonly waiting: readonly ServerMessage[];
  put(message: ServerMessage): void;
  /** The first message of a type that has not been given yet. */
  next<T extends ServerMessage["type"]>(type: T): Promise<Extract<ServerMessage, { type: T }>>;
}

/** Collects the messages to a page. */
export function createInbox(): Inbox {
  const waiting: ServerMessage[] = [];
  let wake = (): void => {};
  return {
    waiting,
    put(message) {
      waiting.push(message);
      wake();
    },
    async next<T extends ServerMessage["type"]>(type: T) {
      for (;;) {
        const at = waiting.findIndex((message) => message.type === type);
        const [found] = at < 0 ? [] : waiting.splice(at, 1);
        if (found !== undefined) return found as Extract<ServerMessage, { type: T }>;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
