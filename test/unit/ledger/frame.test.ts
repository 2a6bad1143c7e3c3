import { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrames, writeFrame } from '../../../ledger/frame.ts';

/** What a socket is to the frames: something to write to, and something that gives what was written in other pieces. */
function wire(): { socket: Socket; written: Buffer[]; duplex: Duplex } {
  const written: Buffer[] = [];
  const duplex = new Duplex({ read: () => undefined, write: (chunk: Buffer, _encoding, done) => (written.push(chunk), done()) });
  return { socket: duplex as unknown as Socket, written, duplex };
}

/** Sends messages over a wire that tears them apart after every `size` bytes. */
function sent(messages: readonly unknown[], size: number): unknown[] {
  const { socket, written, duplex } = wire();
  const got: unknown[] = [];
  readFrames(socket, (message) => got.push(message));
  for (const message of messages) writeFrame(socket, message);
  const bytes = Buffer.concat(written);
  for (let at = 0; at < bytes.length; at += size) duplex.emit('data', bytes.subarray(at, at + size));
  return got;
}

describe('the wire of the door', () => {
  it('gives back every message, however the bytes are torn apart', () => {
    const message = fc.jsonValue({ depthSize: 'small' }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.integer({ min: 1, max: 40 }), (messages, size) => {
        expect(sent(messages, size)).toEqual(messages);
      }),
      { numRuns: 100 },
    );
  });

  it('carries bytes and text of any kind', () => {
    const bytes = new Uint8Array([0, 10, 13, 255]);
    expect(sent([{ text: '换行\n𠮷', bytes }, { buffer: Buffer.from(bytes) }], 3)).toEqual([{ text: '换行\n𠮷', bytes }, { buffer: bytes }]);
  });

  it('ends at a line that is no JSON', () => {
    const { socket, duplex } = wire();
    const got: unknown[] = [];
    readFrames(socket, (message) => got.push(message));
    duplex.emit('data', Buffer.from('1\n{"a":\n2\n'));
    expect([got, duplex.destroyed]).toEqual([[1], true]);
  });
});
