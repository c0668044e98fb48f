import type { Unsent } from '../../client/index.ts';
import { m } from '../i18n/index.ts';
import type { App } from './app.ts';

/** Takes out of a message the files for which the service refuses it: what it has forgotten, or found to be something else, can never be sent. */
export function giveUpRefusedFiles(app: App): void {
  const { client } = app;
  client.on('messages', ({ room }) => {
    for (const message of client.outbox.of(room.id)) {
      for (const { id, name } of refused(message)) {
        client.outbox.without(message.clientMessageId, id);
        app.tell(m.fileRefused(name ?? m.file));
      }
    }
  });
}

/** The service names what it refuses. */
function refused({ attachments, state, problem }: Unsent): Unsent['attachments'] {
  return state === 'failed' && problem?.code === 'invalid' ? attachments.filter(({ id }) => problem.message.includes(id)) : [];
}
