import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What an edit was asked for. */
export interface ReceivedEdit {
  readonly headers: IncomingHttpHeaders;
  /** Fields that are texts. */
  readonly fields: Readonly<Record<string, string>>;
  /** The picture's file. */
  readonly image: Uint8Array;
}

/** What the server does with a request; bytes are the edited picture's file. */
export type ImageReply =
  | Uint8Array
  | { readonly status: number; readonly body: string; readonly headers?: Record<string, string> }
  /** The connection breaks. */
  | "drop"
  /** The connection stays open and nothing comes. */
  | "hang"
  /** Half of an answer comes, and then nothing. */
  | "stall";

/** A server that speaks OpenAI's images API. */
export interface ImageServer {
  readonly address: string;
  readonly received: ReceivedEdit[];
  reply: (edit: ReceivedEdit, index: number) => ImageReply;
  /** What `GET /version` answers; undefined: there is no such path. */
  version: string | undefined;
  close(): Promise<void>;
}

function send(response: ServerResponse, reply: ImageReply): void {
  if (reply === "hang") return;
  if (reply === "drop") response.socket?.destroy();
  else if (reply === "stall") response.writeHead(200).write('{"data": [{"b64_json": "iVBO');
  else if ("status" in reply) response.writeHead(reply.status, reply.headers).end(reply.body);
  else {
    const data = [{ b64_json: Buffer.from(reply).toString("base64") }];
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ created: 1, data }));
  }
}

async function readEdit(headers: IncomingHttpHeaders, body: Buffer): Promise<ReceivedEdit> {
  const type = headers["content-type"] ?? "";
  const form = await new Response(Uint8Array.from(body), {
    headers: { "Content-Type": type },
  }).formData();
  const fields: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === "string") fields[name] = value;
  const image = form.get("image");
  const bytes = image instanceof Blob ? await image.arrayBuffer() : new ArrayBuffer(0);
  return { headers, fields, image: new Uint8Array(bytes) };
}

/** Starts a server on this machine that does what a test tells it. */
export async function startImageServer(): Promise<ImageServer> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const json = (value: unknown): void => {
      response.writeHead(200, { server: "uvicorn" }).end(JSON.stringify(value));
    };
    if (request.url === "/v1/models") json({ data: [{ id: "edit-1", owned_by: "vllm" }] });
    else if (request.url === "/version" && images.version !== undefined) {
      json({ version: images.version });
    } else if (request.url !== "/v1/images/edits") send(response, { status: 404, body: "{}" });
    else {
      const edit = await readEdit(request.headers, Buffer.concat(chunks));
      images.received.push(edit);
      send(response, images.reply(edit, images.received.length - 1));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const images: ImageServer = {
    address: `http://127.0.0.1:${port}/v1`,
    received: [],
    reply: ({ image }) => image,
    version: undefined,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return images;
}
