import type { OpenedDataset } from "@insightgraph/editing/datasets";
import { fromWireError } from "@insightgraph/engine/errors";
import type { ExecutionHost } from "@insightgraph/engine/host";
import type { SourceItem } from "./item-runs.ts";

/** Prepares the run of an item, as a batch does. */
type Prepare = (
  item: SourceItem,
  attempt: number,
) => Promise<{ request: Parameters<ExecutionHost["check"]>[0]; release?(): Promise<void> }>;

/**
 * Checks a graph by the first record that can be read: before anything is made again, and before a mistake in the
 * graph fails every item. Values that do not fit are left out, because other records may have better ones.
 * Throws: `graph.*`, the first issue.
 */
export async function checkFirst(
  source: OpenedDataset,
  prepare: Prepare,
  host: Pick<ExecutionHost, "check">,
): Promise<void> {
  for await (const item of source.items()) {
    const first = { key: item.key, fingerprint: "", item };
    const prepared = await prepare(first, 0).catch(() => undefined);
    if (prepared === undefined) continue;
    const issues = await host.check(prepared.request);
    await prepared.release?.();
    const issue = issues.find(({ code }) => !code.startsWith("param."));
    if (issue !== undefined) throw fromWireError(issue);
    return;
  }
}
