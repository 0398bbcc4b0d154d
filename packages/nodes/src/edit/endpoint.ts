import {
  type EndpointConnection,
  editByEndpoint,
  parseConnection,
  serverBuild,
} from "@insightgraph/editing/endpoints";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { text } from "../port-types/text.ts";

/** What says where the server is. */
interface Server {
  readonly address: string;
  readonly model: string;
  readonly keyVariable: string;
  readonly concurrency: number;
  readonly timeout: number;
}

function connectionOf(server: Server): EndpointConnection {
  const { address, model, keyVariable, concurrency, timeout } = server;
  const settings = { address, model, keyVariable, concurrency };
  return parseConnection({ ...settings, timeoutMs: 1000 * timeout });
}

/** Source: OpenAI's images API, `POST /images/edits`, with the fields that vLLM-Omni adds. */
export const editEndpoint = defineNode({
  type: "edit.endpoint",
  version: 1,
  title: "Edit by endpoint",
  doc: "Has another editor change a picture, over OpenAI's images API: vLLM-Omni, LiteLLM or a cloud. The picture is sent to that address.",
  inputs: { image: image("Picture to change.") },
  params: {
    instruction: param.text({ default: "", doc: "What to do, as one sentence." }),
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
    size: param.choice({
      options: ["picture", "server"],
      default: "picture",
      doc: "Size to ask for: the picture's, or none, which leaves it to the server.",
    }),
    concurrency: param.integer({
      default: 4,
      min: 1,
      max: 256,
      doc: "Most edits at a time at this address.",
    }),
    timeout: param.number({ default: 300, min: 1, max: 3600, doc: "Seconds to wait for an edit." }),
  },
  outputs: {
    image: image("Edited picture; its size is the server's choice."),
    report: text("Model, server and its build, seed and the answer's SHA-256, as JSON."),
  },
  // Another build of the server may give another picture.
  fingerprint: async (settings) => {
    const connection = connectionOf(settings);
    return `${connection.model} on ${await serverBuild(connection)}`;
  },
  async run({ image: picture }, { instruction, seed, steps, guidance, size, ...server }, context) {
    const connection = connectionOf(server);
    const { signal } = context;
    const build = await serverBuild(connection, signal);
    const keepsSize = size === "picture";
    const order = { picture, instruction, seed, steps, guidance, keepsSize };
    const edited = await editByEndpoint(connection, order, signal);
    for (const loss of edited.losses) context.log(loss);
    const { address, model } = connection;
    const report = JSON.stringify({ model, address, build, seed, sha256: edited.digest });
    context.log(`${model} on ${build}: the answer's SHA-256 is ${edited.digest}.`);
    return { image: edited.picture, report };
  },
});
