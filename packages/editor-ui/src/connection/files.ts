import type { Schemas } from "@insightgraph/client";
import { api, callServer } from "./call-server.ts";

/** Stores a picture with the server and returns the path a file setting can name. Throws: `ServerError`. */
export async function uploadFile(file: File): Promise<string> {
  const headers = {
    "content-type": file.type === "" ? "application/octet-stream" : file.type,
    "x-file-name": encodeURIComponent(file.name),
  };
  const call = api.POST("/api/uploads", { body: file, bodySerializer: () => file, headers });
  return (await callServer(call)).path;
}

/** Address of a stored picture or of a sample. */
export function fileUrl(path: string): string {
  return `/api/files?path=${encodeURIComponent(path)}`;
}

/** The files and folders of a folder in reach of runs; an empty path is the workspace. Throws: `ServerError`. */
export async function listFolder(folder: string): Promise<Schemas["Folder"]> {
  const params = { query: { folder } };
  return (await callServer(api.GET("/api/paths", { params }))).folder;
}
