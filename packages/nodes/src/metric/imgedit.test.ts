import { parseChatEndpoint } from "@insightgraph/editing/endpoints";
import { expect, test } from "vitest";
import { grey, plainRun } from "../plain-run.fixture.ts";
import { metricImgedit } from "./imgedit.ts";

test("an endpoint that is not there stops the run: no hole hides a wrong address", async () => {
  const judge = parseChatEndpoint({ address: "http://127.0.0.1:1/v1", model: "m", retries: 0 });
  const inputs = { image: grey([1]), source: grey([2]), judge };
  const settings = { instruction: "make it winter", question: "How good is <edit_prompt>?" };
  await expect(metricImgedit.run(inputs, settings, plainRun)).rejects.toMatchObject({
    code: "endpoint.unreachable",
  });
});
