import type { GraphSession, ModelSource } from "../node/run-context.ts";
import { type GraphSession as OwnedSession, openSession } from "./session.ts";

export interface SessionPoolOptions {
  /** Sessions kept open; one that is running is never closed. @default 16 */
  readonly maxSessions?: number;
  /** Threads of each session. @default 0, all cores */
  readonly threads?: number;
}

export interface SessionPool {
  /** Opens a network once per key; the session stays usable even after the pool closed it. */
  open(model: ModelSource): Promise<GraphSession>;
  /** Keys of the open sessions, least recently used first. */
  keys(): readonly string[];
  close(): Promise<void>;
}

interface Slot {
  readonly session: Promise<OwnedSession>;
  users: number;
}

/** Sessions by key, the least recently used closed first. */
export function createSessionPool({
  maxSessions = 16,
  threads = 0,
}: SessionPoolOptions = {}): SessionPool {
  // Insertion order is order of use.
  const slots = new Map<string, Slot>();

  const slotOf = (model: ModelSource): Slot => {
    const slot = slots.get(model.key) ?? {
      session: openSession(model.onnx(), { threads }),
      users: 0,
    };
    slots.delete(model.key);
    slots.set(model.key, slot);
    return slot;
  };
  const closeSurplus = async (): Promise<void> => {
    const closing: Promise<void>[] = [];
    for (const [key, slot] of slots) {
      if (slots.size <= maxSessions) break;
      if (slot.users > 0) continue;
      slots.delete(key);
      closing.push(slot.session.then((session) => session.close()));
    }
    await Promise.all(closing);
  };
  const use = async <T>(model: ModelSource, task: (session: OwnedSession) => Promise<T>) => {
    const slot = slotOf(model);
    slot.users++;
    try {
      const session = await slot.session.catch((error: unknown) => {
        slots.delete(model.key);
        throw error;
      });
      return await task(session);
    } finally {
      slot.users--;
      await closeSurplus();
    }
  };

  return {
    open: (model) =>
      use(model, async ({ inputs, outputs }) => ({
        inputs,
        outputs,
        run: (feeds, into) => use(model, (session) => session.run(feeds, into)),
      })),
    keys: () => [...slots.keys()],
    async close() {
      const open = [...slots.values()];
      slots.clear();
      for (const { session } of open) {
        await session.then(
          (opened) => opened.close(),
          () => {},
        );
      }
    },
  };
}
