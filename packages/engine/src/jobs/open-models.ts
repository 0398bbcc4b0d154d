import { entryOf, type NodeCatalogue } from "../graph/catalogue.ts";
import type { GraphBody, GraphDocument } from "../graph/document.ts";
import type { PortCatalogue } from "../graph/port-look.ts";
import { innermostOf } from "../graph/port-type.ts";
import type { HostFacts } from "../host/execution-host.ts";
import { anyDevice } from "./run-job.ts";

type NodeTypes = Pick<HostFacts, "catalogue" | "portTypes">;

/** Whether a node type makes values that stay in memory, and makes them of nothing but its params. */
function loads(type: string, catalogue: NodeCatalogue, portTypes: PortCatalogue): boolean {
  const spec = entryOf(catalogue, type);
  if (spec === undefined || Object.keys(spec.inputs).length > 0) return false;
  const outputs = Object.values(spec.outputs);
  return outputs.some((port) => entryOf(portTypes, innermostOf(port.type))?.isResident === true);
}

/** The models that a graph opens: its nodes that load something into memory, each with its params. */
export function modelsOf(
  graph: GraphDocument,
  { catalogue, portTypes }: NodeTypes,
): readonly string[] {
  const bodies: readonly GraphBody[] = [graph, ...Object.values(graph.graphs ?? {})];
  return bodies.flatMap(({ nodes }) =>
    Object.values(nodes)
      .filter(({ type }) => loads(type, catalogue, portTypes))
      .map(({ type, params = {} }) => JSON.stringify([type, params])),
  );
}

interface QueuedJob {
  readonly id: string;
  /** The only device that it may run on. */
  readonly device?: string;
}

/** A job and the device where it should run. */
export interface Placement<Job> {
  readonly job: Job;
  readonly device: string;
}

/** Which models are open on which device, as far as the jobs tell that started there last. */
export interface OpenModels {
  /** Learns the models of the jobs that wait, and forgets those that wait no longer. */
  learn(
    waiting: readonly QueuedJob[],
    read: (id: string) => Promise<readonly string[]>,
  ): Promise<void>;
  /**
   * The job that comes next: the first, or one whose models are open on a free device. A job is
   * overtaken at most four times.
   * @param waiting In the order of the queue; each may run on one of the free devices.
   */
  choose<Job extends QueuedJob>(
    waiting: readonly Job[],
    free: readonly string[],
  ): Placement<Job> | undefined;
  /** Notes that a job starts on a device, where it opens its models. */
  start(job: string, device: string): void;
}

const maxOvertaken = 4;

/** Whether a device is the one that a job names, if it names one. */
function mayRun({ device }: QueuedJob, name: string): boolean {
  return name === anyDevice || (device ?? name) === name;
}

/** Starts with nothing open. */
export function createOpenModels(): OpenModels {
  let modelsByJob: ReadonlyMap<string, readonly string[]> = new Map();
  const openByDevice = new Map<string, ReadonlySet<string>>();
  let overtaken = { id: "", times: 0 };

  const areOpen = (job: string, device: string): boolean => {
    const models = modelsByJob.get(job) ?? [];
    const open = openByDevice.get(device);
    return models.length > 0 && open !== undefined && models.every((model) => open.has(model));
  };
  /** @returns false where the first job has been overtaken often enough */
  const overtake = ({ id }: QueuedJob): boolean => {
    const times = overtaken.id === id ? overtaken.times + 1 : 1;
    if (times > maxOvertaken) return false;
    overtaken = { id, times };
    return true;
  };
  return {
    async learn(waiting, read) {
      const learnt = new Map<string, readonly string[]>();
      for (const { id } of waiting) learnt.set(id, modelsByJob.get(id) ?? (await read(id)));
      modelsByJob = learnt;
    },
    choose(waiting, free) {
      const [first] = waiting;
      const device = free.find((name) => first !== undefined && mayRun(first, name));
      if (first === undefined || device === undefined) return undefined;
      for (const job of waiting) {
        const warm = free.find((name) => mayRun(job, name) && areOpen(job.id, name));
        if (warm === undefined) continue;
        if (job === first || overtake(first)) return { job, device: warm };
        break;
      }
      return { job: first, device };
    },
    start(job, device) {
      const models = modelsByJob.get(job) ?? [];
      if (models.length > 0) openByDevice.set(device, new Set(models));
    },
  };
}
