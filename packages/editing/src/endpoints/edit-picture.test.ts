import { createHash } from "node:crypto";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Picture } from "../pictures/picture.ts";
import { type ConnectionSettings, parseConnection } from "./connection.ts";
import { type EditOrder, editByEndpoint } from "./edit-picture.ts";
import { type ImageServer, startImageServer } from "./image-server.fixture.ts";
import { serverBuild } from "./server-build.ts";
import { limitsByHand } from "./time-limits.fixture.ts";

let server: ImageServer;
beforeEach(async () => {
  server = await startImageServer();
});
afterEach(() => server.close());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const data = Uint8Array.from({ length: 6 * 4 * 3 }, (_, at) => (at * 37) % 256);
const picture: Picture = { width: 6, height: 4, channels: 3, data };
const order: EditOrder = {
  picture,
  instruction: "remove the déjà-vu",
  seed: 7,
  steps: 0,
  guidance: 0,
  keepsSize: true,
};
const red = await sharp({ create: { width: 9, height: 5, channels: 3, background: "#f00" } })
  .png()
  .toBuffer();

const connectionOf = (settings: Partial<ConnectionSettings> = {}) =>
  parseConnection({ address: server.address, model: "edit-1", retryMs: 1, ...settings });
const edit = (settings?: Partial<ConnectionSettings>, change: Partial<EditOrder> = {}) =>
  editByEndpoint(connectionOf(settings), { ...order, ...change });

test("asks in the protocol, and knows the answer by its file", async () => {
  server.reply = () => red;
  const edited = await edit({}, { steps: 30, guidance: 3.5 });
  expect(edited.picture).toMatchObject({ width: 9, height: 5 });
  expect([...edited.picture.data.subarray(0, 3)]).toEqual([255, 0, 0]);
  expect(edited.digest).toBe(createHash("sha256").update(red).digest("hex"));
  const [{ fields, image, headers } = { fields: {}, image: new Uint8Array(), headers: {} }] =
    server.received;
  expect(fields).toEqual({
    model: "edit-1",
    prompt: "remove the déjà-vu",
    n: "1",
    seed: "7",
    size: "6x4",
    num_inference_steps: "30",
    guidance_scale: "3.5",
  });
  expect(headers.authorization).toBeUndefined();
  expect(new Uint8Array(await sharp(image).raw().toBuffer())).toEqual(data);
});

test("leaves to the server what nobody asked for", async () => {
  await edit({}, { keepsSize: false });
  const fields = Object.keys(server.received[0]?.fields ?? {});
  expect(fields.toSorted()).toEqual(["model", "n", "prompt", "seed"]);
});

test("sends the key of the environment, and repeats it nowhere", async () => {
  vi.stubEnv("EDITOR_API_KEY", "very-secret");
  server.reply = ({ headers }) => ({ status: 403, body: `no ${headers.authorization}` });
  const failure = await edit({ keyVariable: "EDITOR_API_KEY" }).catch(String);
  expect(server.received[0]?.headers.authorization).toBe("Bearer very-secret");
  expect(failure).toContain("403: no Bearer [EDITOR_API_KEY]");
});

const answer = (value: unknown) => ({ status: 200, body: JSON.stringify(value) });

test.each([
  ["no JSON", { status: 200, body: "<html><h1>Hello</h1></html>" }, "a web page: Hello"],
  ["nothing in it", answer(null), "without a picture: null"],
  ["no picture", answer({ data: [] }), "without a picture"],
  ["a link", answer({ data: [{ url: "http://127.0.0.1:1/x.png" }] }), "a link instead"],
  ["bytes that are no picture", Buffer.from("hello there"), '"the answer"'],
  ["half a picture", red.subarray(0, red.length / 2), '"the answer" is not'],
])("says so at once where an answer holds %s", async (_, reply, what) => {
  server.reply = () => reply;
  await expect(edit()).rejects.toMatchObject({
    code: "endpoint.answer",
    at: server.address,
    what: expect.stringContaining(what),
  });
  expect(server.received).toHaveLength(1);
});

test("takes a picture that stands in a data address", async () => {
  const url = `data:image/png;base64,${red.toString("base64")}`;
  server.reply = () => answer({ data: [{ url }] });
  expect((await edit()).picture.width).toBe(9);
});

test("says at once what the server refuses", async () => {
  const body = '{"error": {"message": "the prompt breaks our rules"}}';
  server.reply = () => ({ status: 400, body });
  await expect(edit()).rejects.toMatchObject({
    code: "endpoint.refused",
    what: "the endpoint answered 400: the prompt breaks our rules",
  });
  expect(server.received).toHaveLength(1);
});

test.each([
  ["a server that starts", { status: 503, body: "" }],
  ["a broken connection", "drop"],
] as const)("asks again after %s", async (_, fault) => {
  server.reply = (_edit, index) => (index < 2 ? fault : red);
  expect((await edit()).picture.width).toBe(9);
  expect(server.received).toHaveLength(3);
});

test("asks again after silence", async () => {
  const runOut = limitsByHand();
  server.reply = (_edit, index) => {
    if (index === 2) return red;
    runOut();
    return "hang";
  };
  expect((await edit()).picture.width).toBe(9);
  expect(server.received).toHaveLength(3);
});

test("asks again after half an answer", async () => {
  const runOut = limitsByHand();
  const { fetch } = globalThis;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (...asked) => {
    const response = await fetch(...asked);
    if (server.received.length < 3) runOut();
    return response;
  });
  server.reply = (_edit, index) => (index < 2 ? "stall" : red);
  expect((await edit()).picture.width).toBe(9);
  expect(server.received).toHaveLength(3);
});

test("gives up on a server that stays silent", async () => {
  const runOut = limitsByHand();
  server.reply = () => {
    runOut();
    return "hang";
  };
  await expect(edit({ retries: 1, timeoutMs: 77 })).rejects.toMatchObject({
    code: "endpoint.unreachable",
    what: "the endpoint does not answer (no answer in time).",
  });
  expect(AbortSignal.timeout).toHaveBeenCalledWith(77);
  expect(server.received).toHaveLength(2);
});

test("ends with the reason of the signal", async () => {
  const control = new AbortController();
  server.reply = () => {
    control.abort(new Error("stopped by hand"));
    return "hang";
  };
  await expect(editByEndpoint(connectionOf(), order, control.signal)).rejects.toThrow(
    "stopped by hand",
  );
});

test("asks a server what it is, and again only after a while", async () => {
  server.version = "0.15.0";
  expect(await serverBuild(connectionOf())).toBe("vllm 0.15.0 uvicorn");
  server.version = "0.16.0";
  expect(await serverBuild(connectionOf())).toBe("vllm 0.15.0 uvicorn");
  expect(await serverBuild(connectionOf({ model: "other" }))).toBe("0.16.0 uvicorn");
});

test("takes no silence for a build", async () => {
  await server.close();
  const asked = serverBuild(connectionOf({ retries: 0 }));
  await expect(asked).rejects.toMatchObject({ code: "endpoint.unreachable" });
});
