import type { ChatStorage } from '../../client/index.ts';
import { device } from './device.ts';

const PREFIX = 'left/';

/** Somebody has signed out whose messages the device has not forgotten. */
export function markLeft(user: string): void {
  device.set(PREFIX + user, '');
}

/** What is here of somebody is theirs again. */
export function unmarkLeft(user: string): void {
  device.remove(PREFIX + user);
}

/** Has the device forget what it has not when somebody signed out. @returns whether nothing is left */
export async function forgetLeftBehind(storage: Pick<ChatStorage, 'clear'>): Promise<boolean> {
  const users = device.keys(PREFIX).map(key => key.slice(PREFIX.length));
  const cleared = await Promise.all(users.map(async user => {
    try {
      await storage.clear(user + '/');
    } catch (error) {
      console.info('not forgotten by the device:', error);
      return false;
    }
    unmarkLeft(user);
    return true;
  }));
  return cleared.every(Boolean);
}
