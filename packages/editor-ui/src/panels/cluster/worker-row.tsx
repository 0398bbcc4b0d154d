import type { Schemas } from "@insightgraph/client";
import type { ReactNode } from "react";
import { formatBytes, formatMs } from "../../connection/format.ts";
import { words } from "../../messages/messages.ts";

/** A worker that has not been heard of for so long is gone, or its machine is cut off. */
const silentMs = 15_000;

/** What a worker has, what it does, and when it was last heard of. */
export function WorkerRow({ worker }: { readonly worker: Schemas["Worker"] }): ReactNode {
  const { cluster } = words;
  const { done, failed, gpu, memory, models, nodes, task, upMs } = worker;
  const isSilent = worker.silentMs >= silentMs;
  const perMinute = (done + failed) / Math.max(1, upMs / 60_000);
  const doing =
    task === undefined
      ? cluster.idle
      : cluster.busy(task.title, task.settled ?? 0, task.items, formatMs(task.sinceMs));
  const sign = formatMs(worker.silentMs);
  const facts = [
    cluster.memory(formatBytes(memory.freeBytes), formatBytes(memory.totalBytes)),
    gpu
      ? cluster.gpu(formatBytes(gpu.totalBytes - gpu.usedBytes), formatBytes(gpu.totalBytes))
      : "",
    cluster.counted(done, failed),
    cluster.rate(perMinute.toFixed(perMinute < 10 ? 1 : 0)),
    cluster.version(worker.version),
    nodes === "" ? "" : cluster.nodes(nodes.slice(0, 8)),
  ];
  return (
    <li className="cluster-row" data-state={isSilent ? "silent" : task ? "busy" : "idle"}>
      <div className="cluster-head">
        <strong>
          {worker.machine} · {worker.device}
        </strong>
        <span className={isSilent ? "cluster-warning" : "quiet"}>
          {isSilent ? cluster.silent(sign) : cluster.seen(sign)}
        </span>
      </div>
      <span>{doing}</span>
      <span className="quiet">{facts.filter(Boolean).join(" · ")}</span>
      <span className="quiet">
        {models.length === 0 ? cluster.noModels : `${cluster.models}: ${models.join(", ")}`}
      </span>
    </li>
  );
}
