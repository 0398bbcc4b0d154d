import { EngineError } from "../../errors.ts";
import type { ExecutionHost, HostFacts, RunRequest } from "../execution-host.ts";

/** A device of a pool, with the host that runs graphs on it. */
export interface PoolDevice {
  /** As runs ask for it: `cuda:1`. */
  readonly name: string;
  readonly host: ExecutionHost;
}

interface Member extends PoolDevice {
  /** Runs that it has accepted and not ended. */
  runs: number;
}

function unknownDevice(name: string, members: readonly Member[]): EngineError {
  const known = members.map((member) => member.name).join(", ");
  return new EngineError("device.unavailable", `there is no device "${name}" here`, {
    hint: `Choose one of: ${known}.`,
  });
}

/** What the devices that have started can do together. Throws: why the first cannot start, if none can. */
async function joinFacts(members: readonly Member[]): Promise<HostFacts> {
  const outcomes = await Promise.allSettled(members.map(({ host }) => host.facts()));
  const started = members.flatMap(({ name }, at) => {
    const outcome = outcomes[at];
    return outcome?.status === "fulfilled" ? [{ ...outcome.value, devices: [name] }] : [];
  });
  const [first] = started;
  if (first === undefined) {
    const [failed] = outcomes;
    throw failed?.status === "rejected" ? failed.reason : unknownDevice("", members);
  }
  return {
    ...first,
    device: started.map(({ device }) => device).join("; "),
    devices: started.flatMap(({ devices }) => devices),
  };
}

/**
 * Runs graphs on several devices, each with a host of its own: what happens on one touches no other.
 * All hosts must have the same node types.
 */
export function createPoolHost(devices: readonly PoolDevice[]): ExecutionHost {
  const members: Member[] = devices.map((device) => ({ ...device, runs: 0 }));
  let known: Promise<HostFacts> | undefined;
  const facts = (): Promise<HostFacts> => {
    const joined = known ?? joinFacts(members);
    known = joined;
    // A device that could not start may do so the next time that somebody asks.
    joined.catch(() => {
      known = undefined;
    });
    return joined;
  };
  /** The device asked for, or the one with the fewest runs of those that have started. Throws: `device.unavailable`. */
  const memberFor = async ({ device }: RunRequest): Promise<Member> => {
    const started = (await facts()).devices;
    const usable = members.filter(
      ({ name }) => (device ?? name) === name && started.includes(name),
    );
    const [first, ...others] = usable;
    if (first === undefined) throw unknownDevice(device ?? "", members);
    return others.reduce((best, other) => (other.runs < best.runs ? other : best), first);
  };

  return {
    facts,
    async check(request) {
      try {
        return await (await memberFor(request)).host.check(request);
      } catch (thrown) {
        if (thrown instanceof EngineError && thrown.code === "device.unavailable") {
          const { code, what, hint } = thrown;
          return [{ code, what, hint }];
        }
        throw thrown;
      }
    },
    async run(request, emit) {
      const member = await memberFor(request);
      member.runs++;
      const leave = (): void => void member.runs--;
      try {
        const started = await member.host.run(request, emit);
        if (started.issues === undefined) void started.ended.then(leave);
        else leave();
        return started;
      } catch (thrown) {
        leave();
        throw thrown;
      }
    },
    async migrate(graph) {
      return (await memberFor({ graph })).host.migrate(graph);
    },
    memory: () =>
      members.flatMap(({ name, host }) => host.memory().map((own) => ({ ...own, device: name }))),
    async close() {
      known = undefined;
      await Promise.all(members.map(({ host }) => host.close()));
    },
  };
}
