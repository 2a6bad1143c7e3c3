/**
 * The wire of the door: one JSON document to a line, UTF-8, in both directions; requests are mixed and answered in any order.
 *   -> {"id":1,"method":"head","args":["YC-2026-JY-0012"]}
 *   <- {"id":1,"ok":true,"value":{"seq":7,"hash":"..."}}
 *   <- {"id":2,"ok":false,"fault":{"message":"...","refusal":{"code":"BAD-INPUT",...}}}
 * Bytes travel as {"$bytes":"<base64>"}.
 */
import type { Socket } from 'node:net';

/** A line longer than this ends the connection. */
const LONGEST = 128 * 1024 * 1024;

/** One line, with its end. */
export const writeFrame = (socket: Socket, message: unknown): boolean => socket.write(`${JSON.stringify(message, packBytes)}\n`);

/** Calls `take` for each line; a line that is no JSON, or too long, ends the connection. */
export function readFrames(socket: Socket, take: (message: unknown) => void): void {
  let parts: Buffer[] = [];
  let size = 0;
  socket.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8');
      [parts, size, rest] = [[], 0, rest.subarray(end + 1)];
      if (!takeLine(line, take)) return void socket.destroy();
    }
    parts.push(rest);
    size += rest.length;
    if (size > LONGEST) socket.destroy();
  });
}

function takeLine(line: string, take: (message: unknown) => void): boolean {
  try {
    take(JSON.parse(line, unpackBytes));
    return true;
  } catch {
    return false;
  }
}

/** Looks at the holder, because a Buffer has turned into something else before the replacer sees it. */
function packBytes(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  return original instanceof Uint8Array ? { $bytes: Buffer.from(original).toString('base64') } : value;
}

function unpackBytes(_key: string, value: unknown): unknown {
  const packed = (value as { $bytes?: unknown } | null)?.$bytes;
  return typeof packed === 'string' && Object.keys(value as object).length === 1 ? new Uint8Array(Buffer.from(packed, 'base64')) : value;
}
