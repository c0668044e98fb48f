import type { TokenSource } from '../../client/index.ts';

/** Whether the user blocks somebody. */
export async function isBlocked(token: TokenSource, other: string): Promise<boolean> {
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: '1000', ...(cursor ? { cursor } : {}) });
    const answer = await fetch(`/api/v1/users/me/blocks?${query}`, { headers: { Authorization: 'Bearer ' + await token(false) } });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const page = await answer.json() as { users: string[]; cursor?: string };
    if (page.users.includes(other)) return true;
    cursor = page.cursor;
  } while (cursor);
  return false;
}
