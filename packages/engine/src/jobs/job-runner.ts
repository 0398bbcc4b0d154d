import { toWireError } from "../errors.ts";
import type { ExecutionHost } from "../host/execution-host.ts";
import type { SequencedEvent } from "../protocol/run-event.ts";
import { createOpenModels, modelsOf } from "./open-models.ts";
import {
  anyDevice,
  createLiveJob,
  defaultAgainMs,
  type JobRunOptions,
  type LiveJob,
  runJob,
} from "./run-job.ts";

/** How many jobs run on a device at once. */
export interface DeviceSlots {
  /** The name under which the host knows it. */
  readonly name: string;
  readonly concurrency: number;
}

/** Which jobs run, and where. */
export interface RunnerOptions extends Omit<JobRunOptions, "isClosed" | "host"> {
  /** Whose jobs run. */
  readonly folder: string;
  readonly host: Pick<ExecutionHost, "facts" | "run">;
  /** @default one that the host chooses, with one job at a time */
  readonly devices?: readonly DeviceSlots[];
}

/** Runs the queued jobs of a store, as many at a time as the devices have room for. */
export interface JobRunner {
  /** Looks for queued jobs. */
  wake(): void;
  cancel(id: string): boolean;
  /** The events so far of a running job; undefined for any other. */
  eventsOf(id: string): readonly SequencedEvent[] | undefined;
  /** While it is paused, nothing more starts. */
  pause(isPaused: boolean): void;
  /** Starts nothing more, and records nothing of what runs: the next process resumes it. */
  close(): void;
}

/** How far ahead in the queue jobs are looked for whose models are open. */
const lookAhead = 8;

/** Creates the runner of a store; `wake` starts it. */
export function createJobRunner(options: RunnerOptions): JobRunner {
  const { store, folder, log, host } = options;
  const { devices = [{ name: anyDevice, concurrency: 1 }] } = options;
  const live = new Map<string, LiveJob>();
  const models = createOpenModels();
  let isClosed = false;
  let isWanted = false;
  let isWorking = false;
  let isPaused = false;

  const hasRoom = ({ name, concurrency }: DeviceSlots): boolean =>
    [...live.values()].filter(({ device }) => device === name).length < concurrency;
  /** Names of devices that have room, without those that could not start. */
  const freeDevices = async (): Promise<readonly string[]> => {
    const names = devices.filter(hasRoom).map(({ name }) => name);
    if (names.length === 0 || options.devices === undefined) return names;
    const started = (await host.facts()).devices;
    return names.filter((name) => started.includes(name));
  };
  const readModels = async (id: string): Promise<readonly string[]> => {
    const job = await store.get(id);
    return job === undefined ? [] : modelsOf(job.graph, await host.facts());
  };
  const launch = (id: string, resumes: number, device: string): void => {
    const current = createLiveJob({ resumes }, device);
    live.set(id, current);
    models.start(id, device);
    runJob({ ...options, isClosed: () => isClosed }, id, current)
      .finally(() => live.delete(id))
      .then(wake, wakeLater);
  };
  const startNext = async (): Promise<boolean> => {
    const free = await freeDevices();
    if (free.length === 0 || isPaused) return false;
    const usable = options.devices === undefined ? {} : { devices: free };
    const queued = await store.next({ folder, ...usable, limit: lookAhead + live.size });
    const startable = queued.filter(({ id }) => !live.has(id));
    const waiting = startable.filter(({ priority }) => priority === startable[0]?.priority);
    if (waiting.length > 1) await models.learn(waiting, readModels);
    const next = models.choose(waiting, free);
    if (next === undefined || isPaused || isClosed) return false;
    launch(next.job.id, next.job.resumes, next.device);
    return true;
  };
  const work = async (): Promise<void> => {
    if (isWorking) return;
    isWorking = true;
    try {
      while (isWanted && !isClosed) {
        isWanted = false;
        while (await startNext());
      }
    } catch (thrown) {
      wakeLater(thrown);
    } finally {
      isWorking = false;
    }
  };
  /** After a fault of the store, such as a full disk. */
  const wakeLater = (thrown: unknown): void => {
    if (isClosed) return;
    log(`jobs: ${toWireError(thrown).what}`);
    setTimeout(wake, options.againMs ?? defaultAgainMs).unref();
  };
  const wake = (): void => {
    isWanted = true;
    if (!isClosed) void work();
  };

  return {
    wake,
    pause(value) {
      isPaused = value;
      if (!value) wake();
    },
    cancel(id) {
      const job = live.get(id);
      if (job === undefined) return false;
      job.isCancelled = true;
      job.cancel();
      return true;
    },
    eventsOf: (id) => live.get(id)?.history.events(),
    close() {
      isClosed = true;
    },
  };
}
