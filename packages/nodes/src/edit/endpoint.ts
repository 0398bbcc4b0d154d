import { editByEndpoint, serverBuild } from "@insightgraph/editing/endpoints";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { text } from "../port-types/text.ts";
import { connectionOf, serverParams } from "./editor-server.ts";

/** Source: OpenAI's images API, `POST /images/edits`, with the fields that vLLM-Omni adds. */
export const editEndpoint = defineNode({
  type: "edit.endpoint",
  version: 1,
  title: "Edit by endpoint",
  doc: "Has another editor change a picture, over OpenAI's images API: vLLM-Omni, LiteLLM or a cloud. The picture is sent to that address.",
  inputs: { image: image("Picture to change.") },
  params: {
    instruction: param.text({ default: "", doc: "What to do, as one sentence." }),
    size: param.choice({
      options: ["picture", "server"],
      default: "picture",
      doc: "Size to ask for: the picture's, or none, which leaves it to the server.",
    }),
    ...serverParams,
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
