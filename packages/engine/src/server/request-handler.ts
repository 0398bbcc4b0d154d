import path from "node:path";
import type { DocumentStore } from "../documents/document-store.ts";
import { EngineError } from "../errors.ts";
import type { ExecutionHost } from "../host/execution-host.ts";
import type { JobQueue } from "../jobs/job-queue.ts";
import { createApi } from "./api/answer-routes.ts";
import { documentRoutes } from "./api/document-routes.ts";
import { graphRoutes } from "./api/graph-routes.ts";
import { compressedReply } from "./compressed-reply.ts";
import { answerJobs } from "./jobs-api.ts";
import { mimeTypeOf } from "./mime-types.ts";
import { readWithin } from "./read-within.ts";
import { errorReply, fileReply, jsonReply, methodRefused, notFound } from "./replies.ts";
import { contentHeaders, pageHeaders } from "./security-headers.ts";
import { receiveUpload } from "./uploads.ts";

/** The folders and the jobs that are served. */
export interface SiteOptions {
  readonly jobs: JobQueue;
  readonly documents: DocumentStore;
  readonly host: ExecutionHost;
  /** The built editor. */
  readonly editorDir: string;
  /** Where uploaded pictures are kept. */
  readonly uploadsDir: string;
  /** Folders whose pictures the editor may show, besides the uploads. */
  readonly pictureDirs: readonly string[];
  /** Where relative paths in graphs start. */
  readonly workDir: string;
  /** Makes a PNG of a TIFF, which browsers cannot show. Omitted: TIFFs are sent as they are. */
  readonly tiffToPng?: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/** The editor's page and its parts; those with a hash in their name are kept by browsers for good. */
async function serveEditor(
  request: Request,
  pathname: string,
  { editorDir }: SiteOptions,
): Promise<Response> {
  let name: string;
  try {
    name = decodeURIComponent(pathname === "/" ? "/index.html" : pathname);
  } catch {
    return notFound(pathname);
  }
  const bytes = name.includes("\0")
    ? undefined
    : await readWithin([editorDir], path.join(editorDir, name));
  if (bytes !== undefined) {
    const isHashed = name.startsWith("/assets/");
    const caching = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
    const headers = { "content-type": mimeTypeOf(name), "cache-control": caching };
    return compressedReply(request, bytes, { ...pageHeaders, ...headers });
  }
  if (pathname !== "/") return notFound(pathname);
  const error = new EngineError("server.path", "the editor has not been built", {
    hint: "Run `npm start`, which builds it.",
  });
  return errorReply(503, error);
}

/** SVG is the one picture that can hold a script: browsers save it instead of opening it. */
function pictureReply(bytes: Uint8Array, mime: string): Response {
  const isDocument = mime === "image/svg+xml";
  return fileReply(bytes, {
    ...contentHeaders,
    "content-type": mime,
    "content-disposition": isDocument ? "attachment" : "inline",
    "cache-control": "no-cache",
  });
}

async function servePicture(url: URL, options: SiteOptions): Promise<Response> {
  const asked = url.searchParams.get("path") ?? "";
  const mime = mimeTypeOf(asked);
  const bytes =
    mime.startsWith("image/") && !asked.includes("\0")
      ? await readWithin(
          [...options.pictureDirs, options.uploadsDir],
          path.resolve(options.workDir, asked),
        )
      : undefined;
  if (bytes === undefined) return notFound(asked);
  const { tiffToPng } = options;
  if (mime !== "image/tiff" || tiffToPng === undefined) return pictureReply(bytes, mime);
  try {
    return pictureReply(await tiffToPng(bytes), "image/png");
  } catch (cause) {
    const error = new EngineError("server.not-a-picture", `${asked} cannot be read as a TIFF`, {
      hint: "Open it in a picture program and save it again.",
      cause,
    });
    return errorReply(415, error);
  }
}

/** Answers HTTP requests; knows no socket, so it can be called directly. */
export function createRequestHandler(
  options: SiteOptions,
): (request: Request) => Promise<Response> {
  const { documents } = options;
  const answerApi = createApi([...documentRoutes(documents), ...graphRoutes(documents)]);
  return async (request) => {
    const url = new URL(request.url);
    if (url.pathname === "/api/uploads") {
      return request.method === "POST"
        ? receiveUpload(request, options.uploadsDir)
        : methodRefused(request.method);
    }
    if (/^\/api\/jobs(\/|$)/.test(url.pathname)) return answerJobs(options.jobs, request, url);
    if (/^\/api\/(documents|graphs)(\/|$)/.test(url.pathname)) return answerApi(request, url);
    if (request.method !== "GET" && request.method !== "HEAD") return methodRefused(request.method);
    if (url.pathname === "/api/catalogue") {
      return jsonReply(200, { catalogue: (await options.host.facts()).catalogue });
    }
    if (url.pathname === "/api/files") return servePicture(url, options);
    return serveEditor(request, url.pathname, options);
  };
}
