import fc from "fast-check";
import { expect, test } from "vitest";
import { createProgressMemory, type NodeProgressed } from "./progress-delta.ts";

const report: fc.Arbitrary<NodeProgressed> = fc
  .record({
    runId: fc.constantFrom("r", "s"),
    nodeId: fc.constantFrom("a", "b", "__proto__"),
    done: fc.nat(5),
    total: fc.constantFrom(4, 5),
    seq: fc.nat(),
  })
  .map((fields) => ({ type: "node-progressed", ...fields }));

const withoutSeq = ({ seq: _seq, ...rest }: NodeProgressed) => rest;

test("[V6] whatever goes over as deltas arrives as it was reported", () => {
  const key = ({ runId, nodeId }: NodeProgressed) => `${runId} ${nodeId}`;
  const batch = fc.uniqueArray(report, { selector: key, maxLength: 6 });
  const steps = fc.array(fc.record({ batch, ended: fc.option(fc.constantFrom("r", "s")) }));
  fc.assert(
    fc.property(steps, (taken) => {
      const [server, page] = [createProgressMemory(), createProgressMemory()];
      for (const { batch: reports, ended } of taken) {
        const deltas = server.toDeltas(reports);
        const arrived = deltas.flatMap((delta) =>
          page.fromDelta(JSON.parse(JSON.stringify(delta))),
        );
        const sorted = (list: readonly NodeProgressed[]) =>
          list.map(withoutSeq).toSorted((x, y) => key(x).localeCompare(key(y)));
        expect(sorted(arrived)).toEqual(sorted(reports));
        if (ended !== null) for (const end of [server, page]) end.forget(ended);
      }
    }),
  );
});

test("[V6] a delta holds what is new of all nodes of a run", () => {
  const { toDeltas } = createProgressMemory();
  const at = (nodeId: string, done: number, seq: number): NodeProgressed => ({
    ...{ type: "node-progressed", runId: "r", nodeId, done, total: 9, seq },
  });
  expect(toDeltas([at("a", 1, 1)])).toEqual([
    { type: "progress", runId: "r", seq: 1, nodes: { a: { done: 1, total: 9 } } },
  ]);
  expect(toDeltas([at("a", 5, 4), at("b", 2, 6)])).toEqual([
    { type: "progress", runId: "r", seq: 6, nodes: { a: { done: 5 }, b: { done: 2, total: 9 } } },
  ]);
});
