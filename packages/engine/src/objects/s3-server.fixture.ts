import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { freePort } from "../free-port.fixture.ts";

/** A server that speaks Amazon S3, on this machine. */
export interface S3Server {
  /** Makes a bucket of its own. @returns its name */
  newBucket(): Promise<string>;
  stop(): Promise<void>;
}

const user = "insightgraph";
const password = "insightgraph-test";

function isInstalled(command: string): boolean {
  try {
    execFileSync("which", [command]);
    return true;
  } catch {
    return false;
  }
}

/** versitygw over a folder, or moto: whichever is installed; undefined where neither is. */
function launch(port: number, folder: string): ChildProcess | undefined {
  const options = { stdio: "ignore" } as const;
  if (isInstalled("versitygw")) {
    const env = { ...process.env, ROOT_ACCESS_KEY: user, ROOT_SECRET_KEY: password };
    return spawn("versitygw", ["--port", `127.0.0.1:${port}`, "posix", folder], {
      ...options,
      env,
    });
  }
  if (isInstalled("moto_server")) return spawn("moto_server", ["-p", `${port}`], options);
  return undefined;
}

/** Starts a server and points the SDK's environment at it; undefined, with a reason, where none is installed. */
export async function startS3Server(): Promise<S3Server | undefined> {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "s3-server-"));
  const child = launch(port, folder);
  if (child === undefined) {
    rmSync(folder, { recursive: true });
    process.stderr.write("no S3 is tested: neither versitygw nor moto_server is installed\n");
    return undefined;
  }
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`, AWS_REGION: "us-east-1" },
    ...{ AWS_ACCESS_KEY_ID: user, AWS_SECRET_ACCESS_KEY: password },
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  });
  const { CreateBucketCommand, ListBucketsCommand, S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({ forcePathStyle: true });
  // The server prints nothing that says when it listens.
  for (;;) {
    const isUp = await client.send(new ListBucketsCommand()).then(
      () => true,
      () => false,
    );
    if (isUp) break;
    if (child.exitCode !== null) throw new Error(`the S3 server ended with ${child.exitCode}`);
    await setTimeout(50);
  }
  let buckets = 0;
  return {
    async newBucket() {
      buckets += 1;
      const Bucket = `bucket-${buckets}`;
      await client.send(new CreateBucketCommand({ Bucket }));
      return Bucket;
    },
    async stop() {
      const ended = once(child, "exit");
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
