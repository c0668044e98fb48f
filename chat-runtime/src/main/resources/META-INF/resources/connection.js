// One user's connection to the service: connects, resumes, reconnects, and matches replies with requests.

const SUBPROTOCOL = 'chat.v1.json';
const BACKOFF_MIN_MS = 500;
const BACKOFF_MAX_MS = 30_000;

export class RequestError extends Error {
  constructor(code, message, retryable) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }
}

/** Events: state {name, detail}, connected {rooms…}, push {room, events}, room {change, room…}. */
export class Connection extends EventTarget {
  #token;
  #socket = null;
  #pending = new Map();
  #nextId = 1;
  #failures = 0;
  #comeBackAfterMs = null;
  #heardAt = 0;
  #pingTimer = 0;
  #retryTimer = 0;
  #stopped = false;
  /** The last sequence seen, by room: where to resume. */
  positions = {};

  constructor(token) {
    super();
    this.#token = token;
  }

  open() {
    this.#state('connecting', 'Connecting…');
    const address = new URL('ws', location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address, SUBPROTOCOL);
    this.#socket = socket;
    socket.onopen = () => this.#connect(socket);
    socket.onmessage = message => {
      this.#heardAt = Date.now();
      message.data.split('\n').filter(Boolean).forEach(line => this.#receive(JSON.parse(line)));
    };
    socket.onclose = close => this.#closed(socket, close.code, close.reason);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#retryTimer);
    this.#socket?.close(1000);
  }

  /** Resolves with the reply's body; rejects with a RequestError. */
  request(command, body) {
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) {
        reject(new RequestError('disconnected', 'Not connected', true));
        return;
      }
      const id = this.#nextId++;
      this.#pending.set(id, {command, resolve, reject});
      this.#socket.send(JSON.stringify({id, [command]: body}));
    });
  }

  async #connect(socket) {
    try {
      const reply = await this.request('connect', {token: this.#token, resume: this.positions});
      this.#failures = 0;
      this.#watch(socket, reply.pingSeconds * 1000);
      this.#state('live', 'Connected');
      this.#emit('connected', reply);
    } catch (error) {
      if (error.code !== 'disconnected') {
        this.#state('connecting', error.message);
      }
    }
  }

  /** Browsers do not show pings to pages, so the page sends its own to find a dead connection. */
  #watch(socket, intervalMs) {
    this.#pingTimer = setInterval(() => {
      if (Date.now() - this.#heardAt > 2 * intervalMs) {
        this.#closed(socket, 1006, '');
        socket.close();
      } else {
        this.request('ping', {}).catch(() => {});
      }
    }, intervalMs);
  }

  #receive(frame) {
    if ('id' in frame) {
      const {command, resolve, reject} = this.#pending.get(frame.id) ?? {};
      this.#pending.delete(frame.id);
      if (frame.error) {
        reject?.(new RequestError(frame.error.code, frame.error.message, frame.error.retryable));
      } else {
        // Applied at once, since pushes of the same text frame follow before a promise would resolve.
        if (command === 'connect') this.#rebase(frame.connect.rooms);
        resolve?.(frame[command]);
      }
    } else if (frame.push) {
      this.#push(frame.push);
    } else if (frame.room) {
      if (frame.room.change === 'removed') delete this.positions[frame.room.room];
      this.#emit('room', frame.room);
    } else if (frame.reconnect) {
      this.#comeBackAfterMs = frame.reconnect.afterMs;
    }
  }

  #rebase(rooms) {
    for (const room of rooms) {
      if (room.gap || !(room.room in this.positions)) this.positions[room.room] = room.tail;
    }
  }

  #push({room, events}) {
    const last = this.positions[room] ?? 0;
    const fresh = events.filter(event => event.seq > last);
    if (fresh.length > 0) {
      this.positions[room] = fresh.at(-1).seq;
      this.#emit('push', {room, events: fresh});
    }
  }

  #closed(socket, code, reason) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearInterval(this.#pingTimer);
    for (const {reject} of this.#pending.values()) reject(new RequestError('disconnected', 'Connection lost', true));
    this.#pending.clear();
    if (this.#stopped || (code >= 4500 && code < 5000)) {
      this.#state('stopped', reason || 'Signed out');
      return;
    }
    const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** this.#failures++);
    const wait = this.#comeBackAfterMs ?? ceiling / 2 + Math.random() * ceiling / 2;
    this.#comeBackAfterMs = null;
    this.#state('waiting', `Disconnected, trying again in ${Math.ceil(wait / 1000)} s`);
    this.#retryTimer = setTimeout(() => this.open(), wait);
  }

  #state(name, detail) {
    this.#emit('state', {name, detail});
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }
}
