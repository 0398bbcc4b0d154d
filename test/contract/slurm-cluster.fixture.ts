import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { freePort } from "../../packages/engine/src/free-port.fixture.ts";

/** A SLURM cluster of a test's own, which its commands find. */
export interface SlurmCluster {
  stop(): Promise<void>;
}

const isThere = (program: string): boolean => {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** One node of two processors, without keys: nobody else reaches it. */
async function settingsIn(folder: string, node: string): Promise<string> {
  const { username } = userInfo();
  const settings = {
    ...{ ClusterName: "test", SlurmctldHost: `${node}(127.0.0.1)` },
    ...{ AuthType: "auth/none", CredType: "cred/none" },
    ...{ SlurmUser: username, SlurmdUser: username },
    ...{ SlurmctldPort: await freePort(), SlurmdPort: await freePort() },
    ...{ StateSaveLocation: `${folder}/state`, SlurmdSpoolDir: `${folder}/spool` },
    ...{ SlurmctldPidFile: `${folder}/controller.pid`, SlurmdPidFile: `${folder}/node.pid` },
    ...{ ProctrackType: "proctrack/linuxproc", TaskPlugin: "task/none" },
    ...{ SelectType: "select/cons_tres", SlurmdParameters: "config_overrides" },
    ...{ ReturnToService: 2, MailProg: "/bin/true" },
    NodeName: `${node} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN`,
    PartitionName: "main Nodes=ALL Default=YES State=UP",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  return lines.join("");
}

/** Starts a cluster on this machine; undefined, with a reason, where SLURM is not installed. */
export async function startSlurm(): Promise<SlurmCluster | undefined> {
  const missing = ["slurmctld", "slurmd", "sbatch", "srun"].find((program) => !isThere(program));
  if (missing !== undefined) {
    process.stderr.write(`SLURM is not tested: ${missing} is not installed\n`);
    return undefined;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "insightgraph-slurm-"));
  for (const name of ["state", "spool"]) mkdirSync(path.join(folder, name));
  const file = path.join(folder, "slurm.conf");
  const node = hostname().split(".")[0] ?? "localhost";
  writeFileSync(file, await settingsIn(folder, node));
  process.env["SLURM_CONF"] = file;
  const daemons = [
    spawn("slurmctld", ["-D", "-f", file], { stdio: "ignore" }),
    spawn("slurmd", ["-D", "-f", file, "-N", node], { stdio: "ignore" }),
  ];
  const isUp = (): boolean => {
    try {
      const args = ["--noheader", "--states=idle"];
      return execFileSync("sinfo", args, { stdio: ["ignore", "pipe", "ignore"] }).length > 0;
    } catch {
      return false;
    }
  };
  while (!isUp()) await setTimeout(200);
  return {
    async stop() {
      execFileSync("scancel", ["--user", userInfo().username], { stdio: "ignore" });
      while (execFileSync("squeue", ["--noheader"]).length > 0) await setTimeout(200);
      for (const daemon of daemons) {
        const ended = once(daemon, "exit");
        daemon.kill("SIGKILL");
        await ended;
      }
      delete process.env["SLURM_CONF"];
      rmSync(folder, { recursive: true });
    },
  };
}
