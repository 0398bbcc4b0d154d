import { api, callServer } from "./call-server.ts";
import { fileUrl } from "./files.ts";

/** Names of the checkpoints that are installed and whole. Throws: `ServerError`. */
export async function installedCheckpoints(): Promise<ReadonlySet<string>> {
  const { models } = await callServer(api.GET("/api/models"));
  return new Set(models.flatMap(({ name, problem }) => (problem === undefined ? [name] : [])));
}

/** Whether the server has a picture and shows it. */
export async function hasPicture(path: string): Promise<boolean> {
  const reply = await fetch(fileUrl(path));
  await reply.body?.cancel();
  return reply.ok;
}
