import type { EndpointConnection } from "./connection.ts";
import { sendRequest } from "./send-request.ts";

/** How long a build is taken to be that of the server. */
const keptMs = 60_000;
const builds = new Map<string, { readonly untilMs: number; readonly build: Promise<string> }>();

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Reads a path at the server's root or in its API; undefined where the server has nothing there. */
async function read(connection: EndpointConnection, path: string, signal?: AbortSignal) {
  const answer = await sendRequest(connection, { path }, signal);
  return answer.refusal === undefined ? answer : undefined;
}

async function ask(connection: EndpointConnection, signal?: AbortSignal): Promise<string> {
  const root = { ...connection, address: new URL(connection.address).origin };
  const [models, version] = [
    await read(connection, "/models", signal),
    await read(root, "/version", signal),
  ];
  const { data } = objectIn(models?.text ?? "");
  const served = (Array.isArray(data) ? data : []).find(({ id }) => id === connection.model);
  const parts = [
    served?.owned_by,
    objectIn(version?.text ?? "")["version"],
    models?.headers.get("x-litellm-version"),
    models?.headers.get("server"),
  ];
  const known = parts.filter((part) => typeof part === "string" && part !== "");
  return known.length === 0 ? "unknown" : known.join(" ");
}

/**
 * What a server says of itself: who owns the model, its version, its name; "unknown" where it says nothing.
 * Throws: as `sendRequest` where it does not answer.
 */
export function serverBuild(connection: EndpointConnection, signal?: AbortSignal): Promise<string> {
  const name = `${connection.address} ${connection.model}`;
  const known = builds.get(name);
  if (known !== undefined && known.untilMs > Date.now()) return known.build;
  const build = ask(connection, signal);
  builds.set(name, { untilMs: Date.now() + keptMs, build });
  // A server that did not answer is asked anew.
  build.catch(() => builds.delete(name));
  return build;
}
