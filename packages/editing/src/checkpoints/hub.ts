import { EditingError } from "../errors.ts";
import { setVariable } from "../files/set-variable.ts";
import type { CheckpointFile } from "./checkpoint-files.ts";
import { isInnerPath } from "./manifest.ts";

/** How to reach the Hugging Face hub. */
export interface HubOptions {
  /** @default $HF_ENDPOINT, or https://huggingface.co */
  readonly endpoint?: string | undefined;
  /** @default $HF_TOKEN */
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A model repository and one of its revisions. */
export interface HubRepository {
  /** `OWNER/NAME`. */
  readonly id: string;
  /** Branch, tag or commit. @default "main" */
  readonly revision?: string | undefined;
}

/** A repository at one commit. */
export interface HubSnapshot {
  readonly id: string;
  readonly commit: string;
  readonly licence: string | undefined;
  readonly files: readonly CheckpointFile[];
  /** Opens a file from a byte offset on. Throws: as `openSnapshot`. */
  open(file: string, from: number): Promise<Response>;
}

const publicHub = "https://huggingface.co";

/** Throws: hub.offline if a variable forbids the network. */
function checkOnline(source: string): void {
  const variable = setVariable("INSIGHTGRAPH_OFFLINE", "HF_HUB_OFFLINE");
  if (variable === undefined) return;
  throw new EditingError("hub.offline", `${variable} forbids the network.`, {
    at: source,
    hint: `Unset ${variable}, or add a local folder: insightgraph models add dir:PATH`,
  });
}

function unreachable(source: string, url: string, cause: unknown): EditingError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const code = inner instanceof Error ? (Reflect.get(inner, "code") ?? inner.message) : inner;
  return new EditingError(
    "hub.unreachable",
    `${new URL(url).host} cannot be reached (${String(code)}).`,
    {
      at: source,
      hint: "Check the network, then run the command again to resume. Without a network, add a local folder: insightgraph models add dir:PATH",
      cause,
    },
  );
}

function gated(source: string, page: string, hasToken: boolean): EditingError {
  return new EditingError("hub.gated", "the repository requires that you accept its terms first.", {
    at: source,
    hint: hasToken
      ? `Accept them at ${page} with the account of your HF_TOKEN, and give that token access to gated repositories.`
      : `Accept them at ${page}, then set HF_TOKEN to a token of that account (${publicHub}/settings/tokens).`,
  });
}

/** The error for a refused request. The hub answers 401 for private, gated and missing repositories alike. */
async function refusal(
  response: Response,
  source: string,
  page: string,
  hasToken: boolean,
): Promise<EditingError> {
  const reason = response.headers.get("x-error-code") ?? "";
  const message =
    response.headers.get("x-error-message") ?? (await response.text().catch(() => ""));
  const at = source;
  if (reason === "GatedRepo") return gated(source, page, hasToken);
  if (reason === "RevisionNotFound") {
    const hint = `Check the branches and tags at ${page}.`;
    return new EditingError("hub.missing", "there is no such revision.", { at, hint });
  }
  if (response.status === 404 || reason === "RepoNotFound" || reason === "EntryNotFound") {
    const hint = `Check the spelling: OWNER/NAME as at ${page}. A private repository needs HF_TOKEN.`;
    return new EditingError("hub.missing", "there is no such repository or file.", { at, hint });
  }
  if (response.status === 401 || response.status === 403) {
    const what = hasToken
      ? "the token in HF_TOKEN gives no access to it."
      : "there is no such public repository.";
    const hint = `Check the spelling: OWNER/NAME as at ${page}. If it is private or gated, set HF_TOKEN to a token with access.`;
    return new EditingError("hub.missing", what, { at, hint });
  }
  const short = message.replace(/\s+/g, " ").slice(0, 200);
  return new EditingError("hub.failed", `the hub answered ${response.status}: ${short}`, {
    at,
    hint: "Run the command again later to resume.",
  });
}

function licenceOf(info: {
  readonly cardData?: unknown;
  readonly tags?: unknown;
}): string | undefined {
  const tags = Array.isArray(info.tags) ? info.tags : [];
  const tag = tags.find(
    (one): one is string => typeof one === "string" && one.startsWith("license:"),
  );
  const card = info.cardData as Readonly<Record<string, unknown>> | undefined;
  const named = card?.["license_name"] ?? tag?.slice("license:".length) ?? card?.["license"];
  return typeof named === "string" ? named : undefined;
}

/** Throws: hub.token if the token is not one of the hub's. */
function checkToken(token: string | undefined, source: string): string | undefined {
  if (token === undefined || token === "") return undefined;
  if (token.startsWith("hf_")) return token;
  throw new EditingError(
    "hub.token",
    "HF_TOKEN is not a Hugging Face token: those begin with hf_.",
    {
      at: source,
      hint: `Create one at ${publicHub}/settings/tokens.`,
    },
  );
}

/** Throws: hub.failed for a path that leaves the folder, or a bad size. */
function checkListed(file: CheckpointFile, source: string): CheckpointFile {
  if (isInnerPath(file.path) && Number.isSafeInteger(file.bytes) && file.bytes >= 0) return file;
  throw new EditingError(
    "hub.failed",
    `the hub lists an invalid file: ${JSON.stringify(file.path)}.`,
    {
      at: source,
      hint: "Do not use this repository.",
    },
  );
}

/** Pages of a listing, and bytes of one of them or of a refusal; no repository comes near these. */
const maxPages = 1000;
const maxAnswerBytes = 64 * 1024 * 1024;

function untrustworthy(source: string, what: string): EditingError {
  return new EditingError("hub.failed", what, { at: source, hint: "Do not use this hub." });
}

/** A response whose body ends with an error beyond `maxAnswerBytes`. */
function limited(response: Response, source: string): Response {
  let bytes = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      bytes += piece.byteLength;
      if (bytes > maxAnswerBytes) throw untrustworthy(source, "the hub's answer does not end.");
      controller.enqueue(piece);
    },
  });
  return new Response(response.body?.pipeThrough(count) ?? null, response);
}

/** Requests of a listing stay with the hub, which gets the token, and come to an end. */
function askForPages(ask: typeof fetch, hubUrl: string, source: string): typeof fetch {
  let pages = 0;
  return async (input, init) => {
    if (new URL(String(input)).origin !== new URL(hubUrl).origin) {
      throw untrustworthy(source, "the hub sends its listing on to another host.");
    }
    pages += 1;
    if (pages > maxPages) throw untrustworthy(source, "the hub's listing does not end.");
    return limited(await ask(input, init), source);
  };
}

const usableFile = /\.(safetensors|json|txt|model|bin|ckpt|pt|pth|pkl)$/;

/**
 * Looks up a repository's commit, licence and files.
 * Throws: hub.offline, hub.unreachable, hub.token, hub.gated, hub.missing, hub.failed
 */
export async function openSnapshot(
  { id, revision = "main" }: HubRepository,
  options: HubOptions = {},
): Promise<HubSnapshot> {
  const source = `hf:${id}${revision === "main" ? "" : `@${revision}`}`;
  checkOnline(source);
  const hubUrl = (options.endpoint ?? process.env["HF_ENDPOINT"] ?? publicHub).replace(/\/+$/, "");
  const accessToken = checkToken(options.token ?? process.env["HF_TOKEN"], source);
  const page = `${hubUrl}/${id}`;
  const ask: typeof fetch = async (input, init) => {
    const url = String(input);
    const signal = options.signal ?? null;
    const response = await fetch(url, { ...init, signal }).catch((cause: unknown) => {
      options.signal?.throwIfAborted();
      throw unreachable(source, url, cause);
    });
    if (response.ok) return response;
    throw await refusal(limited(response, source), source, page, accessToken !== undefined);
  };
  // Loaded only here: most commands need no network.
  const { listFiles, modelInfo } = await import("@huggingface/hub");
  const shared = {
    hubUrl,
    fetch: askForPages(ask, hubUrl, source),
    ...(accessToken === undefined ? {} : { accessToken }),
  };
  const info = await modelInfo({
    ...shared,
    name: id,
    revision,
    additionalFields: ["sha", "cardData", "tags"],
  });
  const files: CheckpointFile[] = [];
  for await (const entry of listFiles({
    ...shared,
    repo: id,
    revision: info.sha,
    recursive: true,
  })) {
    if (entry.type !== "file" || !usableFile.test(entry.path)) continue;
    const { path, size, oid, lfs } = entry;
    files.push(
      checkListed({ path, bytes: lfs?.size ?? size, sha256: lfs?.oid, gitId: oid }, source),
    );
  }
  return {
    id,
    commit: info.sha,
    licence: licenceOf(info),
    files,
    open(file, from) {
      const headers = {
        // Bytes are counted, so they must come as they are.
        "Accept-Encoding": "identity",
        ...(from > 0 ? { Range: `bytes=${from}-` } : {}),
        ...(accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` }),
      };
      const inner = file.split("/").map(encodeURIComponent).join("/");
      return ask(`${hubUrl}/${id}/resolve/${info.sha}/${inner}`, { headers });
    },
  };
}
