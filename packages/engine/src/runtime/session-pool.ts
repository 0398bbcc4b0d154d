import { totalmem } from "node:os";
import { type Device, defaultDevice } from "../node/device.ts";
import type { GraphSession, ModelSource } from "../node/run-context.ts";
import { type GraphSession as OwnedSession, openSession } from "./session.ts";

export interface SessionPoolOptions {
  /** @default the CPU in float32 */
  readonly device?: Device;
  /** Sessions kept open; one that is running is never closed. @default 16 */
  readonly maxSessions?: number;
  /** Bytes of weights kept open; one session may take more alone. @default half of the machine's memory */
  readonly maxBytes?: number;
  /** Threads of each session. @default 0, all cores */
  readonly threads?: number;
}

export interface SessionPool {
  /** Opens a network once per key; the session stays usable even after the pool closed it. */
  open(model: ModelSource): Promise<GraphSession>;
  /** Keys of the open sessions, least recently used first. */
  keys(): readonly string[];
  /** Bytes of weights of the open sessions. */
  bytes(): number;
  close(): Promise<void>;
}

interface Slot {
  readonly session: Promise<OwnedSession>;
  readonly bytes: number;
  users: number;
}

/** Sessions by key, the least recently used closed first. */
export function createSessionPool({
  device = defaultDevice,
  maxSessions = 16,
  maxBytes = totalmem() / 2,
  threads = 0,
}: SessionPoolOptions = {}): SessionPool {
  // Insertion order is order of use.
  const slots = new Map<string, Slot>();
  const bytes = (): number => [...slots.values()].reduce((sum, slot) => sum + slot.bytes, 0);

  /** Closes idle sessions, least recently used first, until `more` bytes fit beside the others. */
  const closeSurplus = async (more = 0, count = 0): Promise<void> => {
    const closing: Promise<void>[] = [];
    for (const [key, slot] of slots) {
      if (slots.size + count <= maxSessions && bytes() + more <= maxBytes) break;
      if (slot.users > 0) continue;
      slots.delete(key);
      closing.push(slot.session.then((session) => session.close()));
    }
    await Promise.all(closing);
  };
  const makeSlot = (model: ModelSource): Slot => {
    const onnx = model.onnx(device);
    const size = model.weightBytes ?? onnx.byteLength;
    const { externalFolder } = model;
    const session = closeSurplus(size, 1).then(() =>
      openSession(onnx, { provider: device.provider, threads, externalFolder }),
    );
    return { session, bytes: size, users: 0 };
  };
  const slotOf = (model: ModelSource): Slot => {
    const slot = slots.get(model.key) ?? makeSlot(model);
    slots.delete(model.key);
    slots.set(model.key, slot);
    return slot;
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
    bytes,
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
