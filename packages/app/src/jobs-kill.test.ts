import { expect, test } from "vitest";
import { drainUnderKills } from "./drain-jobs.fixture.ts";

test.runIf(process.platform === "linux")(
  "[J1] 20 random kill -9 of server and child while 30 jobs drain: none lost, none doubled",
  async () => {
    const options = { jobs: 30, kills: 20, jobMs: 400, betweenMs: 800 };
    expect(await drainUnderKills(options)).toEqual({
      ...{ submitted: 30, done: 30, ran: 30 },
      ...{ lost: 0, doubled: 0 },
    });
  },
);
