import fc from "fast-check";
import { expect, test } from "vitest";
import { answerGraph } from "../host/answer-nodes.fixture.ts";
import type { SequencedEvent } from "../protocol/run-event.ts";
import type { Job, JobReport } from "./job.ts";
import { createReportLedger } from "./report-ledger.ts";

const job: Job = {
  ...{ id: "a", requestId: "r", client: "c", folder: "f", state: "running", resumes: 0 },
  ...{ priority: 0, createdMs: 1, startedMs: 2, tags: [], isKept: false, files: [] },
  ...{ hasThumbnail: false, graph: answerGraph("pid"), events: [] },
};

function eventsTo(last: number): readonly SequencedEvent[] {
  return Array.from({ length: last }, (_, at) => {
    return { type: "node-started", nodeId: `n${at}`, seq: at + 1 } as const;
  });
}

test("[J16] however late, often and mixed up the store is read, each report comes once and in order", () => {
  const look = fc.record({ last: fc.nat(20), isOver: fc.boolean() });
  fc.assert(
    fc.property(fc.array(look), (looks) => {
      const reports: JobReport[] = [];
      const ledger = createReportLedger((report) => reports.push(report));
      for (const { last, isOver } of [...looks, { last: 20, isOver: true }]) {
        const ending = { type: "run-finished", ms: 1, seq: 21 } as const;
        const events = isOver ? [...eventsTo(20), ending] : eventsTo(last);
        ledger.catchUp({ ...job, state: isOver ? "done" : "running", events });
      }
      const [queued, started, ...rest] = reports;
      expect([queued?.type, started?.type]).toEqual(["run-queued", "run-started"]);
      expect(rest.map((report) => "seq" in report && report.seq)).toEqual(
        Array.from({ length: 21 }, (_, at) => at + 1),
      );
      expect(ledger.underWay()).toEqual([]);
    }),
  );
});
