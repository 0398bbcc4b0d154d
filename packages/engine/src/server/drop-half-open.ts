import type { WebSocket, WebSocketServer } from "ws";

/**
 * Ends connections whose other side is gone without a word: each is pinged again and again, and has
 * to answer before the next ping.
 * @returns stops
 */
export function dropHalfOpen(sockets: WebSocketServer, everyMs: number): () => void {
  const silent = new WeakSet<WebSocket>();
  const known = new WeakSet<WebSocket>();
  const check = (socket: WebSocket): void => {
    // Nothing is read yet from one that is still being welcomed.
    if (socket.isPaused) return;
    if (silent.has(socket)) {
      socket.terminate();
      return;
    }
    if (!known.has(socket)) socket.on("pong", () => void silent.delete(socket));
    known.add(socket);
    silent.add(socket);
    socket.ping();
  };
  const timer = setInterval(() => {
    for (const socket of sockets.clients) check(socket);
  }, everyMs).unref();
  return () => clearInterval(timer);
}
