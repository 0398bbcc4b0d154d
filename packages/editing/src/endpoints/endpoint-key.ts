import { EditingError, unfitArgument } from "../errors.ts";
import { setVariable } from "../files/set-variable.ts";

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether an address is this machine. */
export function isLocal({ hostname }: URL): boolean {
  return loopback.test(hostname);
}

/**
 * A graph names the variable, and a graph may come from a stranger: only variables for such keys can be named, and a
 * key crosses a network only encrypted.
 * Throws: argument.unfit at `keyVariable`.
 */
export function requireKeyName(variable: string, url: URL): void {
  if (variable === "") return;
  if (!/^[A-Z][A-Z0-9_]*_API_KEY$/.test(variable)) {
    throw unfitArgument(
      "keyVariable",
      "this is not the name of a variable for keys of chat endpoints.",
      "Set a variable whose name ends in _API_KEY, such as OPENAI_API_KEY, and give its name here, never the key.",
    );
  }
  if (url.protocol === "https:" || isLocal(url)) return;
  const hint = "Use an https address.";
  throw unfitArgument("address", "a key would cross the network in the clear.", hint);
}

/** Throws: endpoint.key where the variable is not set. */
export function keyOf(variable: string, address: string): string | undefined {
  if (variable === "") return undefined;
  const key = process.env[variable]?.trim();
  if (key !== undefined && key !== "") return key;
  throw new EditingError("endpoint.key", `the environment has no ${variable}.`, {
    at: address,
    hint: `Set ${variable} to the endpoint's key before you start InsightGraph.`,
  });
}

/** The hosts that questions may be sent to, where a list is set. */
function allowedHosts(): readonly string[] | undefined {
  const list = process.env["INSIGHTGRAPH_ENDPOINTS"];
  return list === undefined ? undefined : list.split(",").map((host) => host.trim());
}

/** Throws: endpoint.forbidden where the environment forbids to send anything there. */
export function requireAllowed(address: string): void {
  const url = new URL(address);
  if (setVariable("INSIGHTGRAPH_OFFLINE") !== undefined && !isLocal(url)) {
    throw new EditingError("endpoint.forbidden", "INSIGHTGRAPH_OFFLINE forbids the network.", {
      at: address,
      hint: "Unset INSIGHTGRAPH_OFFLINE, or use an endpoint on this machine.",
    });
  }
  const hosts = allowedHosts();
  if (hosts === undefined || hosts.includes(url.host)) return;
  throw new EditingError("endpoint.forbidden", `${url.host} is not in INSIGHTGRAPH_ENDPOINTS.`, {
    at: address,
    hint: `Add it if you trust it: INSIGHTGRAPH_ENDPOINTS=${[...hosts, url.host].join(",")}`,
  });
}
