import { createHash } from "node:crypto";
import sharp from "sharp";
import { EditingError } from "../errors.ts";
import { decodePicture } from "../pictures/decode-picture.ts";
import type { Picture } from "../pictures/picture.ts";
import type { EndpointConnection } from "./connection.ts";
import { readJson } from "./read-json.ts";
import { type EndpointAnswer, sendRequest } from "./send-request.ts";

/** What an editor is asked to do. */
export interface EditOrder {
  readonly picture: Picture;
  readonly instruction: string;
  readonly seed: number;
  /** Denoising steps; 0: the server's own. */
  readonly steps: number;
  /** Guidance scale; 0: the server's own. */
  readonly guidance: number;
  /** Whether the result is asked for in the picture's size, or in the server's own. */
  readonly keepsSize: boolean;
}

/** An edited picture, and what it is known by. */
export interface EndpointEdit {
  readonly picture: Picture;
  /** SHA-256 of the picture's file as the server sent it, in hex. */
  readonly digest: string;
  /** What decoding lost, one sentence each. */
  readonly losses: readonly string[];
}

const path = "/images/edits";
const maxAnswerBytes = 128 * 1024 ** 2;

async function formOf(model: string, order: EditOrder): Promise<FormData> {
  const { picture, instruction, seed, steps, guidance, keepsSize } = order;
  const { width, height, channels, data } = picture;
  const png = await sharp(data, { raw: { width, height, channels } }).png().toBuffer();
  const form = new FormData();
  form.set("model", model);
  form.set("image", new Blob([Uint8Array.from(png)], { type: "image/png" }), "image.png");
  form.set("prompt", instruction);
  form.set("n", "1");
  form.set("seed", String(seed));
  if (keepsSize) form.set("size", `${width}x${height}`);
  if (steps > 0) form.set("num_inference_steps", String(steps));
  if (guidance > 0) form.set("guidance_scale", String(guidance));
  return form;
}

/** The picture's file in an answer. Throws: endpoint.answer. */
function fileIn(address: string, { text }: EndpointAnswer): Uint8Array {
  const { data } = readJson(address, text, "an API with /images/edits") ?? {};
  const { b64_json: encoded, url } = data?.[0] ?? {};
  const inline = typeof url === "string" ? /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1] : undefined;
  const base64 = typeof encoded === "string" ? encoded : inline;
  if (base64 !== undefined && base64 !== "") return Buffer.from(base64, "base64");
  const what =
    typeof url === "string"
      ? "the endpoint answered with a link instead of a picture."
      : `the endpoint answered without a picture: ${text.slice(0, 200)}`;
  throw new EditingError("endpoint.answer", what, {
    at: address,
    hint: "Choose a model and a server that answer with b64_json; links are not followed.",
  });
}

/**
 * Has a picture edited by a model behind OpenAI's images API, as vLLM-Omni, LiteLLM and others serve it.
 * Throws: endpoint.answer where no usable picture comes back, and as `sendRequest`.
 */
export async function editByEndpoint(
  connection: EndpointConnection,
  order: EditOrder,
  signal?: AbortSignal,
): Promise<EndpointEdit> {
  const { address, model } = connection;
  const body = await formOf(model, order);
  const answer = await sendRequest(connection, { path, body, maxAnswerBytes }, signal);
  if (answer.refusal !== undefined) throw answer.refusal;
  const file = fileIn(address, answer);
  const digest = createHash("sha256").update(file).digest("hex");
  try {
    const ground = [255, 255, 255];
    const { image, losses } = await decodePicture(file, { path: "the answer", ground });
    return { picture: image, digest, losses };
  } catch (cause) {
    if (!(cause instanceof EditingError)) throw cause;
    throw new EditingError("endpoint.answer", cause.what, {
      at: address,
      hint: "Check the server's log; it should answer with a PNG, JPEG or WebP.",
      cause,
    });
  }
}
