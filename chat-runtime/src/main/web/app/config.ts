import { ChatError } from '../client/index.ts';

export interface AppConfig {
  auth: { mode: 'token' | 'oidc'; issuer?: string; clientId?: string; scopes?: string; tokenUrl?: string };
  limits: { messageBytesMax: number; attachmentBytesMax?: number; attachmentTypes?: string[] };
  media: boolean;
  version: string;
}

const WITHOUT: AppConfig = { auth: { mode: 'token' }, limits: { messageBytesMax: 65_536 }, media: false, version: '' };

/**
 * What the service tells its page; a service that tells nothing takes pasted tokens.
 *
 * @throws ChatError when it does not answer, which is no reason to ask who is signed in for a token
 */
export async function loadConfig(): Promise<AppConfig> {
  const response = await fetch('/config.json').catch(() => { throw ChatError.disconnected(); });
  if (!response.ok && response.status !== 404) throw ChatError.disconnected(`HTTP ${response.status}`);
  if (!response.ok || !response.headers.get('Content-Type')?.includes('json')) return WITHOUT;
  const told = await response.json() as Partial<AppConfig>;
  const config = { ...WITHOUT, ...told, limits: { ...WITHOUT.limits, ...told.limits } };
  // Without a client of its own at the provider the page cannot lead there: people bring their application's tokens.
  return config.auth.mode === 'oidc' && !config.auth.clientId ? { ...config, auth: { mode: 'token' } } : config;
}
