import path from "node:path";
import { EngineError } from "../errors.ts";
import { createGpuMemory } from "../host/gpu-memory.ts";
import { ablationRoutes } from "./api/ablation-routes.ts";
import { createApi } from "./api/answer-routes.ts";
import { clusterRoutes } from "./api/cluster-routes.ts";
import { datasetRoutes } from "./api/dataset-routes.ts";
import { documentRoutes } from "./api/document-routes.ts";
import { graphRoutes } from "./api/graph-routes.ts";
import { healthRoutes } from "./api/health-routes.ts";
import { jobRoutes } from "./api/job-routes.ts";
import { modelRoutes } from "./api/model-routes.ts";
import { toOpenApi } from "./api/openapi.ts";
import { outputRoutes } from "./api/output-routes.ts";
import type { Route } from "./api/route.ts";
import { siteRoutes } from "./api/site-routes.ts";
import { compressedReply } from "./compressed-reply.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { mimeTypeOf } from "./mime-types.ts";
import { readWithin } from "./read-within.ts";
import { errorReply, jsonReply, methodRefused, notFound } from "./replies.ts";
import { pageHeaders } from "./security-headers.ts";
import type { SiteOptions } from "./site-options.ts";

const readMethods: readonly string[] = ["GET", "HEAD"];

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

/** Every operation of the API. */
export function apiRoutes(options: SiteOptions, metrics: Metrics): readonly Route[] {
  const { ablations, documents, host, jobs, resolve = (given) => Promise.resolve(given) } = options;
  return [
    ...jobRoutes(jobs),
    ...outputRoutes(jobs, options),
    ...clusterRoutes(options.cluster),
    ...documentRoutes(documents),
    ...graphRoutes(documents),
    ...(ablations === undefined ? [] : ablationRoutes(ablations, resolve)),
    ...siteRoutes(options),
    ...modelRoutes(options),
    ...datasetRoutes(options.datasets),
    ...healthRoutes({ host, metrics, gpuMemory: createGpuMemory() }),
  ];
}

/** Answers HTTP requests; knows no socket, so it can be called directly. */
export function createRequestHandler(
  options: SiteOptions,
  metrics: Metrics = createMetrics(options),
): (request: Request) => Promise<Response> {
  const routes = apiRoutes(options, metrics);
  const answerApi = createApi(routes);
  return async (request) => {
    const url = new URL(request.url);
    const isRead = readMethods.includes(request.method);
    if (url.pathname === "/api/openapi.json") {
      return isRead ? jsonReply(200, toOpenApi(routes)) : methodRefused(readMethods);
    }
    if (/^\/(api\/.*|health|metrics)$/.test(url.pathname)) return answerApi(request, url);
    return isRead ? serveEditor(request, url.pathname, options) : methodRefused(readMethods);
  };
}
