import { type ReactNode, useEffect, useState } from "react";
import { formatBytes } from "../connection/format.ts";
import { readMemory, type ServerMemory } from "../connection/memory-client.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import type { EditorState } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";

/** What graphs run on, how much memory that takes, and whether the server is there. */
export function DevicePill({ editor }: { readonly editor: Editor }): ReactNode {
  const connection = useStore(editor.store, (state) => state.connection);
  const text = useStore(editor.store, connectionWords);
  const memory = useMemory(connection === "online");
  return (
    <span className="device" data-connection={connection}>
      <span className="device-dot" />
      <span role="status">{text}</span>
      {memory !== undefined && <Memory memory={memory} />}
    </span>
  );
}

function connectionWords({ connection, device }: EditorState): string {
  if (connection === "online") return device === "" ? words.page.connected : device;
  return connection === "connecting" ? words.page.connecting : words.page.offline;
}

function Memory({ memory: { processes, machine } }: { readonly memory: ServerMemory }): ReactNode {
  const used = processes.reduce((sum, { usedBytes }) => sum + usedBytes, 0);
  const lines = [
    ...processes.map(({ device, usedBytes, limitBytes }) =>
      words.processMemory(device, formatBytes(usedBytes), formatBytes(limitBytes)),
    ),
    ...processes.flatMap(gpuLine),
    words.machineMemory(formatBytes(machine.usedBytes), formatBytes(machine.totalBytes)),
  ];
  return (
    <>
      {used > 0 && (
        <span className="device-memory" title={lines.join("\n")}>
          {ofTotal({ ...machine, usedBytes: used })}
        </span>
      )}
      {processes.map(({ device, gpu }) =>
        gpu === undefined ? null : (
          <span key={device} className="device-memory" title={lines.join("\n")}>
            {`${words.gpu} ${gpu === null ? words.unknown : ofTotal(gpu)}`}
          </span>
        ),
      )}
    </>
  );
}

function ofTotal({ usedBytes, totalBytes }: ServerMemory["machine"]): string {
  return words.memoryOf(formatBytes(usedBytes), formatBytes(totalBytes));
}

function gpuLine({ device, gpu }: ServerMemory["processes"][number]): readonly string[] {
  if (gpu === undefined) return [];
  if (gpu === null) return [words.gpuMemoryUnknown(device)];
  return [words.gpuMemory(device, formatBytes(gpu.usedBytes), formatBytes(gpu.totalBytes))];
}

/** Between two looks at the memory. */
const lookMs = 3000;

/** The memory of the server, while the page is seen and connected. */
function useMemory(isOnline: boolean): ServerMemory | undefined {
  const [memory, setMemory] = useState<ServerMemory>();
  useEffect(() => {
    if (!isOnline) return;
    const look = () => {
      // What cannot be read is not shown; the pill says that the server is away.
      if (!document.hidden) readMemory().then(setMemory, () => setMemory(undefined));
    };
    look();
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, [isOnline]);
  return isOnline ? memory : undefined;
}
