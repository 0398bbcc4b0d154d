import { expect, test } from "vitest";
import { createFakeCluster, fakeDead, fakeRun } from "../fake-cluster.fixture.ts";
import { createApi } from "./answer-routes.ts";
import { clusterRoutes, type OpenCluster } from "./cluster-routes.ts";

function createAsk(open: OpenCluster) {
  const answer = createApi(clusterRoutes(open));
  return async (method: string, place: string, body?: object) => {
    const url = new URL(`http://localhost/api/cluster${place}`);
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const reply = await answer(new Request(url, init), url);
    return { status: reply.status, ...((await reply.json()) as object) };
  };
}

test("runs are paused, given a priority, cancelled, and their dead items retried", async () => {
  const cluster = createFakeCluster();
  const ask = createAsk(async () => cluster);
  expect(await ask("GET", "")).toMatchObject({ isConnected: true, workers: [{ id: "w" }, {}] });
  const place = `/runs/${fakeRun}`;
  await ask("PATCH", place, { isPaused: true, priority: 7 });
  await ask("POST", `${place}/cancel`);
  expect(await ask("GET", place)).toMatchObject({
    details: { run: { isPaused: true, priority: 7, isCancelled: true }, dead: [{ id: fakeDead }] },
  });
  expect(await ask("POST", `${place}/dead/${fakeDead}/retry`)).toEqual({ status: 200 });
  expect(await ask("PATCH", place, { priority: 7.5 })).toMatchObject({ status: 400 });
});

test("what is not there is refused, and a server without a database has nothing", async () => {
  const ask = createAsk(async () => createFakeCluster());
  const gone = fakeRun.replace("1", "3");
  for (const place of [`/runs/${gone}`, "/runs/%00", `/runs/${fakeRun}/dead/x/retry`]) {
    const method = place.endsWith("retry") ? "POST" : "GET";
    expect(await ask(method, place)).toMatchObject({
      status: 404,
      error: { code: "jobs.unknown" },
    });
  }
  const alone = createAsk(undefined);
  expect(await alone("GET", "")).toEqual({
    status: 200,
    isConnected: false,
    workers: [],
    runs: [],
  });
  expect(await alone("GET", `/runs/${fakeRun}`)).toMatchObject({ status: 404 });
});
