import { totalmem } from "node:os";
import { type Device, defaultDevice } from "../node/device.ts";
import type { GraphSession, ModelSource } from "../node/run-context.ts";
import { type OwnedSession, openSession } from "./session.ts";

/** Limits of a session pool. */
export interface SessionPoolOptions {
  /** @default the CPU in float32 */
  readonly device?: Device;
  /** Most open sessions; one in use is never closed. @default 48, enough for the networks of six variants that take turns */
  readonly maxSessions?: number;
  /** Most bytes of open weights; a single larger session opens alone. @default half of the machine's memory */
  readonly maxBytes?: number;
  /** Threads of each session. @default 0, all cores */
  readonly threads?: number;
}

/** Open sessions, shared by key. */
export interface SessionPool {
  readonly device: Device;
  /** Opens a network once per key. The session stays usable: one that the pool closed opens again when it runs. */
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
  /** Whether it waits for those in use to leave it room. */
  isWaiting: boolean;
}

/** Creates a pool that closes the least recently used sessions first; what does not fit beside those in use waits for them. */
export function createSessionPool({
  device = defaultDevice,
  maxSessions = 48,
  maxBytes = totalmem() / 2,
  threads = 0,
}: SessionPoolOptions = {}): SessionPool {
  // Insertion order is the order of use.
  const slots = new Map<string, Slot>();
  const open = (): readonly Slot[] => [...slots.values()].filter(({ isWaiting }) => !isWaiting);
  const bytes = (): number => open().reduce((sum, slot) => sum + slot.bytes, 0);
  const fits = (moreBytes: number, moreSessions: number): boolean =>
    open().length + moreSessions <= maxSessions && bytes() + moreBytes <= maxBytes;
  const resumeWaiting: (() => void)[] = [];

  /** Closes idle sessions, least recently used first, until `moreBytes` and `moreSessions` fit. */
  const closeSurplus = async (moreBytes = 0, moreSessions = 0): Promise<void> => {
    const closing: Promise<void>[] = [];
    for (const [key, slot] of slots) {
      if (fits(moreBytes, moreSessions)) break;
      if (slot.users > 0) continue;
      slots.delete(key);
      closing.push(slot.session.then((session) => session.close()));
    }
    await Promise.all(closing);
  };
  const isReleased = (): Promise<void> => new Promise((resolve) => resumeWaiting.push(resolve));
  const makeRoom = async (slot: Omit<Slot, "session">): Promise<void> => {
    do {
      const closing = closeSurplus(slot.bytes, 1);
      slot.isWaiting = !fits(slot.bytes, 1) && open().length > 0;
      await Promise.all([closing, slot.isWaiting ? isReleased() : closing]);
    } while (slot.isWaiting);
  };
  const makeSlot = (model: ModelSource): Slot => {
    const onnx = model.onnx(device);
    const size = model.weightBytes ?? onnx.byteLength;
    const { externalFolder, weightCopies } = model;
    const { provider, index } = device;
    const slot = { bytes: size, users: 0, isWaiting: true };
    const session = makeRoom(slot).then(() =>
      openSession(onnx, { provider, index, threads, externalFolder, weightCopies }),
    );
    return Object.assign(slot, { session });
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
      // Whoever has opened a session runs it at once, and goes first.
      for (const resume of resumeWaiting.splice(0)) setImmediate(resume);
      await closeSurplus();
    }
  };

  return {
    device,
    open: (model) =>
      use(model, async ({ inputs, outputs }) => ({
        inputs,
        outputs,
        run: (feeds, into) => use(model, (session) => session.run(feeds, into)),
      })),
    keys: () => [...slots].flatMap(([key, { isWaiting }]) => (isWaiting ? [] : [key])),
    bytes,
    async close() {
      const left = [...slots.values()];
      slots.clear();
      for (const { session } of left) {
        await session.then(
          (opened) => opened.close(),
          () => {},
        );
      }
    },
  };
}
