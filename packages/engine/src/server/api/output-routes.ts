import type { FileHandle } from "node:fs/promises";
import { realpath } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { openRegular } from "../../cache/read-regular.ts";
import { EngineError } from "../../errors.ts";
import type { JobQueue } from "../../jobs/job-queue.ts";
import { mimeTypeOf } from "../mime-types.ts";
import { isWithin } from "../read-within.ts";
import { contentHeaders } from "../security-headers.ts";
import type { SiteOptions } from "../site-options.ts";
import { defineRoute, type Route } from "./route.ts";

function gone(file: string, reason: string): EngineError {
  return new EngineError("jobs.output-gone", `"${file}" ${reason}`, {
    hint: "Run the job again: `insightgraph jobs retry`.",
  });
}

/** A file as a job left it. Throws: `jobs.output-gone`. */
async function openOutput(
  file: string,
  folders: readonly string[],
  endedMs: number,
): Promise<{ readonly handle: FileHandle; readonly sizeBytes: number }> {
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined || !(await isWithin(folders, real))) throw gone(file, "is not there");
  const handle = await openRegular(real).catch(() => undefined);
  if (handle === undefined) throw gone(file, "cannot be read");
  const { size, mtimeMs } = await handle.stat();
  if (mtimeMs <= endedMs) return { handle, sizeBytes: size };
  await handle.close();
  throw gone(file, "was written again since the job ended");
}

/** A file as a response, however large: pictures to look at, anything else to save. */
async function outputReply(file: string, folders: readonly string[], endedMs: number) {
  const { handle, sizeBytes } = await openOutput(file, folders, endedMs);
  const mime = mimeTypeOf(file);
  const isShown = mime.startsWith("image/") && mime !== "image/svg+xml";
  const name = encodeURIComponent(path.basename(file));
  const body = Readable.toWeb(handle.createReadStream()) as ReadableStream;
  return new Response(body, {
    headers: {
      ...contentHeaders,
      "content-type": mime,
      "content-length": String(sizeBytes),
      "content-disposition": `${isShown ? "inline" : "attachment"}; filename*=UTF-8''${name}`,
      "cache-control": "no-cache",
    },
  });
}

/** Operations on what jobs leave. */
export function outputRoutes(
  queue: JobQueue,
  { outputDirs }: Pick<SiteOptions, "outputDirs">,
): readonly Route[] {
  const responses = { 200: { description: "The file.", mediaType: "*/*" } };
  const reply = async (
    id: string,
    choose: (job: Awaited<ReturnType<JobQueue["get"]>>) => string | undefined,
  ) => {
    const job = await queue.get(id);
    const file = choose(job);
    if (file === undefined) throw gone(id, "has no such output");
    const folder = queue.folderOf(job);
    if (folder === undefined) throw gone(file, `is on another machine: ${job.folder}`);
    return outputReply(path.resolve(folder, file), outputDirs, job.endedMs ?? Date.now());
  };
  return [
    defineRoute({
      method: "GET",
      path: "/api/jobs/{id}/outputs/{number}",
      summary: "A file that a job saved: the one at this number, from 0, in its `files`.",
      responses,
      answer: ({ path: { id = "", number = "" } }) =>
        reply(id, ({ files }) => (/^\d{1,6}$/.test(number) ? files[Number(number)] : undefined)),
    }),
    defineRoute({
      method: "GET",
      path: "/api/jobs/{id}/manifest",
      summary: "The manifest of a job's run.",
      responses,
      answer: ({ path: { id = "" } }) => reply(id, ({ manifest }) => manifest),
    }),
  ];
}
