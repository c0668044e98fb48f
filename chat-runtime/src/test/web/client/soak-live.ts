// People who talk through lines that somebody cuts; says at the end what each of them has. Takes one JSON argument.
import { ChatClient } from '../../../main/web/client/index.ts';

interface Task { room: string; messages: number; people: { url: string; token: string }[] }

const task = JSON.parse(process.argv[2]!) as Task;
const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

const clients = task.people.map(({ url, token }) => new ChatClient({ url, token: () => token }));
const losses = clients.map(() => 0);
clients.forEach((client, index) => client.on('state', ({ name }) => { if (name === 'waiting') losses[index]!++; }));
await Promise.all(clients.map(async client => {
  await client.start();
  if (client.state.name !== 'live') await client.once('state', ({ name }) => name === 'live');
}));
console.log('live');

const textsOf = (client: ChatClient): string[] => {
  const timeline = client.rooms.get(task.room)?.timeline;
  const range = timeline?.range();
  return timeline && range ? timeline.items(range).flatMap(item => item.kind === 'message' ? [item.message.text] : []) : [];
};

await Promise.all(clients.map(async (client, index) => {
  for (let n = 1; n <= task.messages; n++) {
    client.send(task.room, `${index}/${n}`);
    await pause(Math.random() * 250);
  }
}));
const all = clients.length * task.messages;
while (clients.some(client => client.outbox.size > 0 || textsOf(client).length < all)) await pause(100);
console.log(JSON.stringify({ texts: clients.map(textsOf), losses }));
await Promise.all(clients.map(client => client.stop()));
process.exit(0);
