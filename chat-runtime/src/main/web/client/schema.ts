// Made from the service's AsyncAPI and OpenAPI documents; ClientTypesTest compares, and makes it anew with -Dclient-schema.update.

/** What each command takes, and what its reply holds. */
export interface Commands {
  connect: { body: {
    token: string;
    device?: string;
    resume?: Record<string, LiveSeq>;
    idleMs?: number;
  }; reply: {
    session: string;
    user: string;
    pingSeconds: number;
    rooms: LiveRoom[];
    more?: boolean;
  } };
  send: { body: {
    room: string;
    clientMessageId: string;
    text?: string;
    attachments?: string[];
    replyTo?: LiveSeq;
  }; reply: {
    seq: LiveSeq;
    time: LiveTime;
    duplicate: boolean;
  } };
  edit: { body: {
    room: string;
    seq: LiveSeq;
    text: string;
  }; reply: {
    seq: LiveSeq;
  } };
  delete: { body: {
    room: string;
    seq: LiveSeq;
  }; reply: {
    seq: LiveSeq;
  } };
  react: { body: {
    room: string;
    seq: LiveSeq;
    emoji: string;
    remove?: boolean;
  }; reply: {
    seq: LiveSeq;
  } };
  read: { body: {
    room: string;
    seq: LiveSeq;
  }; reply: object };
  typing: { body: {
    room: string;
  }; reply: object };
  history: { body: {
    room: string;
    before?: LiveSeq;
    after?: LiveSeq;
    at?: number;
    limit?: number;
  }; reply: {
    events: LiveEvent[];
    more: boolean;
  } };
  subscribe: { body: {
    presenceOf: string[];
  }; reply: object };
  unsubscribe: { body: {
    presenceOf: string[];
  }; reply: object };
  refresh: { body: {
    token: string;
  }; reply: {
    expiresAt: LiveTime;
  } };
  ping: { body: object; reply: object };
}

/** What the service tells without being asked. */
export interface Pushes {
  push: {
    room: string;
    events: LiveEvent[];
  };
  presence: {
    user: string;
    state: 'online' | 'away' | 'offline';
    lastSeen?: number;
  };
  typing: {
    room: string;
    user: string;
  };
  read: {
    room: string;
    user: string;
    seq: LiveSeq;
  };
  room: {
    change: 'added' | 'changed' | 'removed';
    room: string;
  } & LiveRoom;
  reconnect: {
    afterMs: number;
    reason: string;
  };
}

export type Refusal = {
  code: 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'invalid' | 'too_large' | 'rate_limited' | 'unavailable' | 'unsupported' | 'internal';
  message: string;
  retryable: boolean;
  retryAfterMs?: number;
};
export type LiveId = number | string;
export type LiveSeq = number;
export type LiveTime = number;
export type LiveRoom = {
  room?: string;
  kind?: 'direct' | 'group';
  name?: string;
  with?: string;
  role?: 'owner' | 'admin' | 'member' | 'readonly';
  muted?: boolean;
  tail?: number;
  read?: number;
  unread?: number;
  gap?: boolean;
  live?: boolean;
};
export type LiveEvent = {
  seq: LiveSeq;
  time: LiveTime;
  type: string;
  from: string;
  clientMessageId?: string;
  text?: string;
  attachments?: LiveAttachment[];
  replyTo?: number;
  editedAt?: number;
  deleted?: boolean;
  reactions?: Record<string, {
    count: number;
    users: string[];
  }>;
  target?: number;
  emoji?: string;
  remove?: boolean;
  user?: string;
  role?: string;
  name?: string;
};
export type LiveAttachment = {
  id: string;
  name: string;
  contentType: string;
  bytes: number;
  width?: number;
  height?: number;
  preview?: string;
};

/** The objects of the HTTP interface. */
export interface Http {
  Announcement: {
    attachment?: string;
    uploadUrl?: string;
    headers?: Record<string, string>;
    expiresAt?: number;
  };
  Blocks: {
    users?: string[];
    cursor?: string;
  };
  Download: {
    url?: string;
    expiresAt?: number;
  };
  Event: {
    seq: number;
    time: number;
    type: string;
    from: string;
    clientMessageId?: string;
    text?: string;
    attachments?: Http['EventAttachment'][];
    replyTo?: number;
    editedAt?: number;
    deleted?: boolean;
    reactions?: Record<string, Http['EventReaction']>;
    target?: number;
    emoji?: string;
    remove?: boolean;
    user?: string;
    role?: string;
    name?: string;
  };
  EventAttachment: {
    id: string;
    name: string;
    contentType: string;
    bytes: number;
    width?: number;
    height?: number;
    preview?: string;
  };
  EventPage: {
    events?: Http['Event'][];
    more?: boolean;
  };
  EventReaction: {
    count?: number;
    users?: string[];
  };
  Me: {
    user?: string;
    displayName?: string;
    avatar?: string;
    expiresAt?: number;
  };
  Member: {
    user?: string;
    role?: string;
    joinedAt?: number;
    read?: number;
  };
  MemberRole: {
    role?: 'owner' | 'admin' | 'member' | 'readonly';
  };
  Members: {
    members?: Http['Member'][];
    cursor?: string;
  };
  MyRoomSettings: {
    muted?: boolean;
  };
  NewAttachment: {
    name?: string;
    contentType?: string;
    bytes?: number;
  };
  NewMessage: {
    from?: string;
    clientMessageId?: string;
    text?: string;
    attachments?: string[];
    replyTo?: number;
  };
  NewProfile: {
    displayName?: string;
    avatar?: string;
  };
  NewRoom: {
    kind?: 'direct' | 'group';
    from?: string;
    with?: string;
    name?: string;
    members?: string[];
  };
  NewRoomAttachment: {
    from?: string;
    name?: string;
    contentType?: string;
    bytes?: number;
  };
  NewText: {
    text?: string;
  };
  Presence: {
    user?: string;
    state?: 'online' | 'away' | 'offline';
    lastSeen?: number;
  };
  PresenceList: {
    presence?: Http['Presence'][];
  };
  Problem: {
    type?: string;
    title?: string;
    status?: number;
    detail?: string;
    code?: string;
    retryable?: boolean;
    retryAfterMs?: number;
  };
  Room: {
    room?: string;
    kind?: string;
    name?: string;
    with?: string;
    createdBy?: string;
    createdAt?: number;
    members?: number;
    role?: string;
    muted?: boolean;
    tail?: number;
    read?: number;
    unread?: number;
    activeAt?: number;
    lastMessage?: {
      seq: number;
      time: number;
      type: string;
      from: string;
      clientMessageId?: string;
      text?: string;
      attachments?: Http['EventAttachment'][];
      replyTo?: number;
      editedAt?: number;
      deleted?: boolean;
      reactions?: Record<string, Http['EventReaction']>;
      target?: number;
      emoji?: string;
      remove?: boolean;
      user?: string;
      role?: string;
      name?: string;
    };
  };
  RoomName: {
    name?: string;
  };
  RoomPresence: {
    members?: number;
    online?: number;
    away?: number;
  };
  Rooms: {
    rooms?: Http['Room'][];
    cursor?: string;
  };
  StoredChange: {
    seq?: number;
  };
  StoredMessage: {
    seq?: number;
    time?: number;
    duplicate?: boolean;
  };
  User: {
    user?: string;
    displayName?: string;
    avatar?: string;
  };
  Users: {
    users?: Http['User'][];
    cursor?: string;
  };
}
