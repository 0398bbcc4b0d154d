import type { S3Client } from "@aws-sdk/client-s3";
import { EngineError } from "../errors.ts";
import { storeUnavailable } from "./object-faults.ts";
import type { ObjectStore } from "./object-store.ts";

/** Where in which bucket. */
export interface S3Place {
  readonly bucket: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
}

/** Object that shows whether the bucket refuses to replace what is there. */
const probeKey = ".insightgraph";
const absentStatus = 404;
/** A second writer of the key: it is there, or is being written at this moment. */
const takenStatuses: ReadonlySet<unknown> = new Set([409, 412]);

function statusOf(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !("$metadata" in thrown)) return undefined;
  return (thrown.$metadata as { readonly httpStatusCode?: number }).httpStatusCode;
}

function unsafe(place: string): EngineError {
  return new EngineError(
    "objects.unsafe",
    `"${place}" replaces objects although it is asked not to`,
    {
      hint: "Use storage that knows conditional puts (If-None-Match), such as Amazon S3, Cloudflare R2, Ceph or versitygw, or a shared folder.",
    },
  );
}

/**
 * A store in a bucket. Region, endpoint and credentials come from the environment and the files that the AWS SDK reads.
 * Throws: `objects.unsafe` at the first write where the bucket ignores `If-None-Match`.
 */
export function createS3Store({ bucket, prefix }: S3Place): ObjectStore {
  const place = `s3://${bucket}/${prefix}`;
  let opening: ReturnType<typeof open> | undefined;
  let probing: Promise<void> | undefined;

  /** The SDK is large: it is loaded when it is needed. */
  async function open() {
    // The pinned version runs on every Node that is supported here; its own warning is of later ones.
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
    const sdk = await import("@aws-sdk/client-s3");
    // Stores other than Amazon's are addressed by path and know no checksums of the SDK's own.
    const client: S3Client = new sdk.S3Client({
      forcePathStyle: true,
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    });
    return { sdk, client };
  }
  const opened = () => {
    opening ??= open();
    return opening;
  };
  const inBucket = (key: string) => ({ Bucket: bucket, Key: `${prefix}${key}` });
  const guard = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (cause) {
      throw cause instanceof EngineError ? cause : storeUnavailable(place, cause);
    }
  };

  async function put(key: string, bytes: Uint8Array): Promise<boolean> {
    const { sdk, client } = await opened();
    try {
      const body = { Body: bytes, IfNoneMatch: "*" };
      await client.send(new sdk.PutObjectCommand({ ...inBucket(key), ...body }));
      return true;
    } catch (cause) {
      if (takenStatuses.has(statusOf(cause))) return false;
      throw cause;
    }
  }
  /** Where the probe could be written twice, nothing that is written is safe. */
  async function probe(): Promise<void> {
    const bytes = new TextEncoder().encode("InsightGraph keeps objects here.\n");
    if ((await put(probeKey, bytes)) && (await put(probeKey, bytes))) throw unsafe(place);
  }

  return {
    place,
    create: (key, bytes) =>
      guard(async () => {
        probing ??= probe();
        await probing.catch((cause: unknown) => {
          probing = undefined;
          throw cause;
        });
        return put(key, bytes);
      }),
    read: (key) =>
      guard(async () => {
        const { sdk, client } = await opened();
        try {
          const { Body } = await client.send(new sdk.GetObjectCommand(inBucket(key)));
          return await Body?.transformToByteArray();
        } catch (cause) {
          if (statusOf(cause) === absentStatus) return undefined;
          throw cause;
        }
      }),
    async *list(under) {
      const { sdk, client } = await opened();
      try {
        const options = { Bucket: bucket, Prefix: `${prefix}${under}` };
        for await (const page of sdk.paginateListObjectsV2({ client }, options)) {
          for (const { Key = "", Size = 0, LastModified } of page.Contents ?? []) {
            const key = Key.slice(prefix.length);
            yield { key, bytes: Size, writtenMs: LastModified?.getTime() ?? 0 };
          }
        }
      } catch (cause) {
        throw storeUnavailable(place, cause);
      }
    },
    remove: (key) =>
      guard(async () => {
        const { sdk, client } = await opened();
        await client.send(new sdk.DeleteObjectCommand(inBucket(key)));
      }),
  };
}
