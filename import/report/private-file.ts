import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';

/** A file for its owner's eyes (0600) that is there whole or not at all. */
export type PrivateFile = { write(text: string): Promise<void>; finish(): Promise<void>; abandon(): Promise<void> };

export function privateFile(path: string): PrivateFile {
  const part = `${path}.${process.pid}.part`;
  const stream = createWriteStream(part, { mode: 0o600, flags: 'wx' });
  // Whoever writes or finishes is told; a stream without a listener would end the process.
  stream.on('error', () => undefined);
  const write = async (text: string): Promise<void> => {
    if (stream.errored) throw stream.errored;
    if (!stream.write(text)) await once(stream, 'drain');
  };
  const abandon = async (): Promise<void> => {
    stream.destroy();
    await rm(part, { force: true });
  };
  const finish = async (): Promise<void> => {
    stream.end();
    await finished(stream);
    await rename(part, path);
  };
  return { write, finish, abandon };
}
