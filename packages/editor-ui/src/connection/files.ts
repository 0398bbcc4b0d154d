import { callServer } from "./call-server.ts";

/** Stores a picture with the server and returns the path a file setting can name. Throws: `ServerError`. */
export async function uploadFile(file: File): Promise<string> {
  const headers = { "x-file-name": encodeURIComponent(file.name) };
  const init = { method: "POST", headers, body: file };
  return (await callServer<{ path: string }>("/api/uploads", init)).path;
}

/** Address of a stored picture or of a sample. */
export function fileUrl(path: string): string {
  return `/api/files?path=${encodeURIComponent(path)}`;
}
