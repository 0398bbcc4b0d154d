import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { encodeSafetensors } from "@insightgraph/models";

export interface FakeRepository {
  readonly commit: string;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly licence?: string;
  /** Answers 403 without this token, as gated repositories do. */
  readonly gatedBy?: string;
}

export interface FakeRequest {
  readonly url: string;
  readonly range: string | undefined;
  readonly token: string | undefined;
}

/** What is to go wrong with a file's bytes; gone when it returns undefined. */
export type FaultOf = (file: string, attempt: number) => Fault | undefined;

export type Fault =
  /** Sends so many bytes, then cuts the connection. */
  | { readonly cutAfter: number }
  /** Sends so many bytes, then nothing more; the connection stays open. */
  | { readonly stallAfter: number }
  /** Sends so many bytes more than there are. */
  | { readonly surplus: number }
  /** Sends other bytes, as many as are right. */
  | "corrupt"
  | "ignore-range"
  | { readonly status: number };

export interface FakeHub {
  readonly endpoint: string;
  readonly repositories: Map<string, FakeRepository>;
  readonly requests: FakeRequest[];
  fault: FaultOf;
  /** Where a listing goes on, whatever was asked. @default its next page */
  nextPage: string | undefined;
  /** Called when a stalled answer has sent its last byte. */
  onStall: () => void;
  close(): Promise<void>;
}

const largeBytes = 1000;
const pageSize = 4;

const isLarge = (content: Buffer): boolean => content.length > largeBytes;
const sha256 = (content: Buffer): string => createHash("sha256").update(content).digest("hex");
const gitId = (content: Buffer): string =>
  createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");

function entryOf([path, content]: readonly [string, Buffer]) {
  const pointer = Buffer.from(
    `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(content)}\n`,
  );
  const base = { type: "file", path, size: content.length };
  if (!isLarge(content)) return { ...base, oid: gitId(content) };
  const lfs = { oid: sha256(content), size: content.length, pointerSize: pointer.length };
  return { ...base, oid: gitId(pointer), lfs };
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "X-Error-Code": code, "Content-Type": "application/json" });
  response.end(JSON.stringify({ error: code }));
}

function sendJson(response: ServerResponse, value: unknown, headers: Record<string, string> = {}) {
  response.writeHead(200, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}

/** The bytes of a file, as the hub's content servers send them. */
function sendBytes(
  response: ServerResponse,
  content: Buffer,
  range: string | undefined,
  fault: Fault | undefined,
  onStall: () => void,
): void {
  if (typeof fault === "object" && "status" in fault) {
    response.writeHead(fault.status);
    response.end("out of order");
    return;
  }
  const wanted = fault === "ignore-range" ? undefined : /^bytes=(\d+)-$/.exec(range ?? "")?.[1];
  const from = Number(wanted ?? 0);
  const rest = content.subarray(from);
  const total = content.length;
  if (typeof fault === "object" && "surplus" in fault) {
    response.writeHead(200);
    response.write(rest);
    response.end(Buffer.alloc(fault.surplus));
    return;
  }
  response.writeHead(wanted === undefined ? 200 : 206, {
    "Content-Length": rest.length,
    ETag: `"${sha256(content)}"`,
    ...(wanted === undefined ? {} : { "Content-Range": `bytes ${from}-${total - 1}/${total}` }),
  });
  if (fault === "corrupt") response.end(Buffer.alloc(rest.length, 7));
  else if (typeof fault === "object" && "cutAfter" in fault) {
    // Closed in order, so that what was sent arrives.
    response.write(rest.subarray(0, fault.cutAfter), () => response.socket?.end());
  } else if (typeof fault === "object") {
    response.write(rest.subarray(0, fault.stallAfter), () => onStall());
  } else response.end(rest);
}

function answer(
  hub: FakeHub,
  request: IncomingMessage,
  response: ServerResponse,
  attempts: Map<string, number>,
) {
  const url = decodeURIComponent(request.url ?? "");
  const { range, authorization } = request.headers;
  hub.requests.push({ url, range, token: authorization });
  const [, id = "", rest = ""] = /^\/(?:api\/models\/|cdn\/)?([^/]+\/[^/]+)\/(.*)$/.exec(url) ?? [];
  const repository = hub.repositories.get(id);
  if (repository === undefined) return refuse(response, 401, "RepoNotFound");
  const { commit, files, gatedBy, licence = "mit" } = repository;
  if (url.startsWith("/api/models/") && rest.startsWith("revision/")) {
    const revision = /^revision\/([^?]*)/.exec(rest)?.[1];
    if (!["main", "refs/pr/7", commit].includes(revision ?? ""))
      return refuse(response, 404, "RevisionNotFound");
    const tags = ["diffusers", `license:${licence}`];
    const times = { lastModified: "2024-01-01T00:00:00.000Z", downloads: 1, likes: 1 };
    return sendJson(response, {
      _id: "1",
      id,
      sha: commit,
      private: false,
      gated: false,
      tags,
      ...times,
    });
  }
  if (url.startsWith("/api/models/")) {
    const cursor = Number(/cursor=(\d+)/.exec(rest)?.[1] ?? 0);
    const entries = [...files].map(entryOf).slice(cursor, cursor + pageSize);
    const folders = cursor === 0 ? [{ type: "directory", path: "unet", size: 0, oid: "0" }] : [];
    const next = `<${hub.endpoint}/api/models/${id}/tree/${commit}?recursive=true&cursor=${cursor + pageSize}>; rel="next"`;
    const isLast = cursor + pageSize >= files.size;
    if (hub.nextPage !== undefined) {
      return sendJson(response, entries, { Link: `<${hub.nextPage}>; rel="next"` });
    }
    return sendJson(response, [...folders, ...entries], isLast ? {} : { Link: next });
  }
  if (gatedBy !== undefined && authorization !== `Bearer ${gatedBy}` && !url.startsWith("/cdn/")) {
    return refuse(response, authorization === undefined ? 401 : 403, "GatedRepo");
  }
  const file = rest.slice(`resolve/${commit}/`.length);
  const content = rest.startsWith(`resolve/${commit}/`) ? files.get(file) : undefined;
  if (content === undefined) return refuse(response, 404, "EntryNotFound");
  if (isLarge(content) && !url.startsWith("/cdn/")) {
    const headers = { "X-Linked-Size": content.length, "X-Linked-ETag": `"${sha256(content)}"` };
    response.writeHead(302, { Location: `/cdn${url}`, ...headers });
    response.end();
    return;
  }
  const attempt = (attempts.get(url) ?? 0) + 1;
  attempts.set(url, attempt);
  sendBytes(response, content, range, hub.fault(file, attempt), hub.onStall);
}

/** A server that speaks the hub's API: revisions, listings in pages, redirects to content servers, ranges, refusals. */
export async function startFakeHub(): Promise<FakeHub> {
  const attempts = new Map<string, number>();
  const server: Server = createServer((request, response) =>
    answer(hub, request, response, attempts),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const hub: FakeHub = {
    endpoint: `http://127.0.0.1:${port}`,
    repositories: new Map(),
    requests: [],
    fault: () => undefined,
    nextPage: undefined,
    onStall: () => {},
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return hub;
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** A safetensors file of one half-precision tensor. */
export function fakeWeights(name: string, count: number): Buffer {
  const data = Uint8Array.from({ length: 2 * count }, (_, at) => (at * 31 + name.length) % 251);
  const tensors = new Map([[name, { dtype: "float16" as const, shape: [count], data }]]);
  return Buffer.from(encodeSafetensors(tensors));
}

/** A small pipeline with what must not be fetched beside it. */
export function fakePipeline(): FakeRepository {
  const modelIndex = {
    _class_name: "StableDiffusionInstructPix2PixPipeline",
    unet: ["diffusers", "UNet2DConditionModel"],
    vae: ["diffusers", "AutoencoderKL"],
    tokenizer: ["transformers", "CLIPTokenizer"],
    scheduler: ["diffusers", "EulerAncestralDiscreteScheduler"],
    safety_checker: ["stable_diffusion", "StableDiffusionSafetyChecker"],
    feature_extractor: [null, null],
  };
  const scheduler = `{"_class_name":"EulerAncestralDiscreteScheduler","lambda_min_clipped":-Infinity,"note":"-Infinity"}`;
  return {
    commit: "a".repeat(40),
    files: new Map<string, Buffer>([
      ["README.md", Buffer.from("---\nlicense: mit\n---\n")],
      ["model_index.json", json(modelIndex)],
      ["unet/config.json", json({ _class_name: "UNet2DConditionModel" })],
      ["unet/diffusion_pytorch_model.safetensors", fakeWeights("conv_in.weight", 1_000_000)],
      ["unet/diffusion_pytorch_model.bin", Buffer.alloc(2000, 1)],
      ["unet/run.py", Buffer.from("import os")],
      ["vae/config.json", json({ _class_name: "AutoencoderKL" })],
      ["vae/diffusion_pytorch_model.safetensors", fakeWeights("decoder.conv_in.weight", 5000)],
      ["tokenizer/vocab.json", json({ a: 0 })],
      ["tokenizer/merges.txt", Buffer.from("#version: 0.2\n")],
      ["scheduler/scheduler_config.json", Buffer.from(scheduler)],
      ["safety_checker/config.json", json({})],
      ["safety_checker/model.safetensors", fakeWeights("head", 3000)],
    ]),
  };
}
