import { expect, test } from "vitest";
import type { Job } from "./job.ts";
import { takeSnapshots } from "./take-snapshots.ts";

const picture = (characters: number) => ({ mime: "image/webp", base64: "A".repeat(characters) });
const graph = { format: "insightgraph", version: 1, nodes: {} } as const;

/** A job whose one node gave a list of three pictures. */
function jobOf(id: string, characters: number): Job {
  const list = {
    kind: "image",
    ...picture(9),
    others: [picture(characters), picture(1)],
    total: 3,
  };
  const event = {
    type: "node-finished",
    nodeId: "many",
    cached: false,
    ms: 1,
    digests: {},
    seq: 1,
  };
  const events = [{ ...event, previews: { list } }] as unknown as Job["events"];
  return { id, requestId: id, graph, state: "done", events } as unknown as Job;
}

test("lists of pictures give way where the jobs do not fit into one message; their number stays", async () => {
  const jobs = ["newest", "middle", "oldest"].map((id) => jobOf(id, 5_000_000));
  const store = {
    list: async ({ states }: { readonly states?: readonly string[] }) =>
      states?.includes("done") === true ? jobs : [],
  };
  const get = async (wanted: string) => jobs.find(({ id }) => id === wanted) ?? jobOf(wanted, 0);
  const snapshots = await takeSnapshots(store, get);
  const lists = snapshots.map(({ runId, events: [event] }) => {
    const preview = event?.type === "node-finished" ? event.previews["list"] : undefined;
    return [runId, preview?.kind === "image" && [preview.others?.length, preview.total]];
  });
  expect(lists).toEqual([
    ["oldest", [undefined, 3]],
    ["middle", [undefined, 3]],
    ["newest", [2, 3]],
  ]);
});
