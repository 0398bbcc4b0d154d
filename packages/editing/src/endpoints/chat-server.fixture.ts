import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedChat {
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: unknown }[];
    readonly response_format?: { readonly type: string };
  };
}

/** What the server does with a request; a text is what the model says. */
export type ChatReply =
  | string
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
  | { readonly completion: unknown }
  /** The connection breaks. */
  | "drop"
  /** The connection stays open and nothing comes. */
  | "hang";

export interface ChatServer {
  readonly address: string;
  readonly received: ReceivedChat[];
  /** The most requests that were open at a time. */
  mostAtATime: number;
  reply: (chat: ReceivedChat, index: number) => ChatReply | Promise<ChatReply>;
  close(): Promise<void>;
}

export const completionOf = (content: unknown) => ({
  choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
  usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
});

function send(response: ServerResponse, reply: ChatReply): void {
  const json = (value: unknown): void => {
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(value));
  };
  if (reply === "hang") return;
  if (reply === "drop") response.socket?.destroy();
  else if (typeof reply === "string") json(completionOf(reply));
  else if ("completion" in reply) json(reply.completion);
  else response.writeHead(reply.status, reply.headers).end(reply.body ?? "");
}

/** A server that speaks the OpenAI protocol and says what a test tells it. */
export async function startChatServer(): Promise<ChatServer> {
  let open = 0;
  const server = createServer(async (request, response) => {
    chat.mostAtATime = Math.max(chat.mostAtATime, ++open);
    response.on("close", () => open--);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const received = {
      headers: request.headers,
      body: JSON.parse(Buffer.concat(chunks).toString("utf8")),
    };
    chat.received.push(received);
    if (request.url !== "/v1/chat/completions") send(response, { status: 404, body: "{}" });
    else send(response, await chat.reply(received, chat.received.length - 1));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const chat: ChatServer = {
    address: `http://127.0.0.1:${port}/v1`,
    received: [],
    mostAtATime: 0,
    reply: () => "{}",
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return chat;
}
