import type { Schemas } from "@insightgraph/client";
import type { ReactNode } from "react";
import { retryDead } from "../../connection/cluster-client.ts";
import { words } from "../../messages/messages.ts";
import { TaskMap } from "./task-map.tsx";
import type { FollowedCluster } from "./use-cluster.ts";

interface FactsProps extends Pick<FollowedCluster, "act"> {
  readonly details: Schemas["ClusterRunDetails"];
}

/** A run's tasks as a map, its pace, what failed, and its dead items. */
export function ClusterRunFacts({ details, act }: FactsProps): ReactNode {
  const { cluster } = words;
  const { cells, failures, perTenSeconds, run } = details;
  return (
    <div className="cluster-facts">
      <h4>{cluster.tasks}</h4>
      <TaskMap cells={cells} tasks={run.tasks} />
      <h4>{cluster.pace}</h4>
      <Pace perTenSeconds={perTenSeconds} />
      <h4>{cluster.failures}</h4>
      {failures.length === 0 && <p className="quiet">{cluster.noFailures}</p>}
      <ul>
        {failures.map(({ code, count, what, keys }) => (
          <li key={code}>
            {cluster.failure(count, `${code}: ${what}`)}
            <span className="quiet"> ({keys.join(", ")})</span>
          </li>
        ))}
      </ul>
      <DeadItems details={details} act={act} />
    </div>
  );
}

function Pace({ perTenSeconds }: { readonly perTenSeconds: readonly number[] }): ReactNode {
  const most = Math.max(1, ...perTenSeconds);
  const lastMinute = perTenSeconds.slice(-6).reduce((sum, items) => sum + items, 0);
  return (
    <figure className="cluster-pace">
      <svg viewBox={`0 0 ${perTenSeconds.length} 10`} preserveAspectRatio="none" aria-hidden="true">
        {perTenSeconds.map((items, at) => {
          const height = (10 * items) / most;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stretch of time is its place
            <rect key={at} x={at + 0.1} y={10 - height} width={0.8} height={height} />
          );
        })}
      </svg>
      <figcaption className="quiet">{words.cluster.paceText(lastMinute)}</figcaption>
    </figure>
  );
}

function DeadItems({ details: { run, dead }, act }: FactsProps): ReactNode {
  const { cluster } = words;
  if (dead.length === 0) return null;
  return (
    <>
      <h4>{cluster.dead}</h4>
      <p className="quiet">{cluster.deadHint}</p>
      <ul>
        {dead.map(({ id, keys }) => (
          <li key={id} className="cluster-head">
            {keys.join(", ")}
            <button
              type="button"
              className="button"
              aria-label={cluster.retryOf(keys.join(", "))}
              onClick={() => void act(() => retryDead(run.id, id))}
            >
              {cluster.retry}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
