/** A file could not be stored; the message is meant for people. */
export class UploadError extends Error {
  override readonly name = "UploadError";
}

/** Stores a picture with the server and returns the path a file setting can name. */
export async function uploadFile(file: File): Promise<string> {
  let response: Response;
  try {
    response = await fetch("/api/uploads", {
      method: "POST",
      headers: { "x-file-name": encodeURIComponent(file.name) },
      body: file,
    });
  } catch {
    throw new UploadError("The server is not responding. Restart it and try again.");
  }
  const answer: unknown = await response.json().catch(() => undefined);
  const path = field(answer, "path");
  if (response.ok && path !== undefined) return path;
  throw new UploadError(whyRefused(answer) ?? `The server refused ${file.name}.`);
}

/** Address of a stored picture or of a sample. */
export function fileUrl(path: string): string {
  return `/api/files?path=${encodeURIComponent(path)}`;
}

function whyRefused(answer: unknown): string | undefined {
  const error =
    typeof answer === "object" && answer !== null && "error" in answer ? answer.error : answer;
  const what = field(error, "what");
  if (what === undefined) return undefined;
  const hint = field(error, "hint");
  return hint === undefined ? what : `${what}. ${hint}`;
}

function field(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return typeof found === "string" ? found : undefined;
}
