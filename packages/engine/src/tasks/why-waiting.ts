import type { KnownWorker, RunNeeds, WaitReason } from "./cluster.ts";
import { isAlive } from "./worker-signs.ts";

/** Whether a worker can compute the items of a run. */
export function canRun(
  { protocol, nodes, models }: RunNeeds,
  worker: Pick<KnownWorker, "protocol" | "nodes" | "models">,
): boolean {
  const has = (model: string): boolean => worker.models.includes(model);
  return protocol === worker.protocol && nodes === worker.nodes && models.every(has);
}

/** Why no worker takes the tasks of a run; undefined where one can. */
export function whyWaiting(
  needs: RunNeeds,
  workers: readonly KnownWorker[],
): WaitReason | undefined {
  const alive = workers.filter(isAlive);
  if (alive.length === 0) return { reason: "no-worker" };
  if (alive.some((worker) => canRun(needs, worker))) return undefined;
  const spoken = alive.filter(({ protocol }) => protocol === needs.protocol);
  if (spoken.length === 0) return { reason: "version" };
  const equal = spoken.filter(({ nodes }) => nodes === needs.nodes);
  if (equal.length === 0) return { reason: "nodes" };
  const isMissing = (model: string): boolean => equal.every((each) => !each.models.includes(model));
  const model = needs.models.find(isMissing) ?? needs.models.join(", ");
  return { reason: "model", model };
}
