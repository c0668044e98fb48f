// Rooms on Socket.IO: every message goes into a Redis stream before it is handed out, and a client that was away can have it from there.
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

const [port, redis] = process.argv.slice(2);
const client = createClient({ url: redis });
await client.connect();

const http = createServer();
const io = new Server(http, {
  adapter: createAdapter(client, { maxLen: 100_000 }),
  connectionStateRecovery: {},
  transports: ["websocket"],
  perMessageDeflate: false,
});
io.on("connection", (socket) => {
  socket.on("join", (room) => {
    socket.join(room);
    socket.emit("joined", room);
  });
  socket.on("message", (room, text) => io.to(room).emit("message", text));
});
http.listen(Number(port), "127.0.0.1");
