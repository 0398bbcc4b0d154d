import { type EndpointConnection, parseConnection } from "@insightgraph/editing/endpoints";
import { param } from "@insightgraph/engine/node";

/** Where an editor is served, and what it is told besides picture and instruction. */
export const serverParams = {
  address: param.text({
    default: "http://127.0.0.1:8000/v1",
    doc: "Address that /images/edits follows.",
  }),
  model: param.text({ default: "", doc: "Model's name, as the endpoint knows it." }),
  keyVariable: param.text({
    default: "",
    doc: "Name of the environment variable that holds the key, such as OPENAI_API_KEY. Never the key itself. Empty: no key.",
  }),
  seed: param.seed({ default: 0, doc: "Seed of the edit, where the server takes one." }),
  steps: param.integer({
    default: 0,
    min: 0,
    max: 1000,
    doc: "Denoising steps, where the server takes them. 0: the server's own.",
  }),
  guidance: param.number({
    default: 0,
    min: 0,
    max: 100,
    doc: "Guidance scale, where the server takes one. 0: the server's own.",
  }),
  concurrency: param.integer({
    default: 4,
    min: 1,
    max: 256,
    doc: "Most edits at a time at this address.",
  }),
  timeout: param.number({ default: 300, min: 1, max: 3600, doc: "Seconds to wait for an edit." }),
};

/** What says where the server is. */
interface Server {
  readonly address: string;
  readonly model: string;
  readonly keyVariable: string;
  readonly concurrency: number;
  readonly timeout: number;
}

/** The connection that the params of `serverParams` describe. Throws: argument.unfit at the param at fault. */
export function connectionOf(server: Server): EndpointConnection {
  const { address, model, keyVariable, concurrency, timeout } = server;
  const settings = { address, model, keyVariable, concurrency };
  return parseConnection({ ...settings, timeoutMs: 1000 * timeout });
}
