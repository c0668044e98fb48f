export interface AppConfig {
  auth: { mode: 'token' | 'oidc'; issuer?: string; clientId?: string; scopes?: string; tokenUrl?: string };
  limits: { messageBytesMax: number; attachmentBytesMax?: number; attachmentTypes?: string[] };
  media: boolean;
  version: string;
}

const WITHOUT: AppConfig = { auth: { mode: 'token' }, limits: { messageBytesMax: 65_536 }, media: false, version: '' };

/** What the service tells its page; a service that tells nothing takes pasted tokens. */
export async function loadConfig(): Promise<AppConfig> {
  const response = await fetch('/config.json').catch(() => null);
  if (!response?.ok || !response.headers.get('Content-Type')?.includes('json')) return WITHOUT;
  const told = await response.json() as Partial<AppConfig>;
  return { ...WITHOUT, ...told, limits: { ...WITHOUT.limits, ...told.limits } };
}
