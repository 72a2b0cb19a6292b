// A card on the conformance program's server: frames of a length (32 bits, big-endian) and as many bytes.

import { createConnection } from 'node:net';
import { TransportError } from 'chipid';

export class ServedCard {
  #port;
  #name;
  #socket;
  #waiting;
  #buffered = Buffer.alloc(0);

  constructor(port, name) {
    this.#port = port;
    this.#name = name;
  }

  /** Carries a command; a connection that the server closed is a card that was taken away, and the next command finds it anew. */
  transmit = async (command) => {
    this.#socket ??= await this.#connected();
    const response = new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
    // A card that nobody waits for keeps no process alive.
    this.#socket.ref();
    this.#send(command);
    this.#deliver();
    return response;
  };

  close() {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  async #connected() {
    const socket = createConnection({ port: this.#port, host: '127.0.0.1', noDelay: true });
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    socket.on('error', () => {});
    socket.on('data', (data) => {
      this.#buffered = Buffer.concat([this.#buffered, data]);
      this.#deliver();
    });
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#buffered = Buffer.alloc(0);
      this.#waiting?.reject(new TransportError('card_removed'));
      this.#waiting = undefined;
    });
    this.#socket = socket;
    this.#send(Buffer.from(this.#name));
    return socket;
  }

  #send(bytes) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    this.#socket.write(Buffer.concat([length, bytes]));
  }

  #deliver() {
    if (this.#waiting === undefined || this.#buffered.length < 4) return;
    const end = 4 + this.#buffered.readUInt32BE();
    if (this.#buffered.length < end) return;
    const response = new Uint8Array(this.#buffered.subarray(4, end));
    this.#buffered = this.#buffered.subarray(end);
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    this.#socket?.unref();
    resolve(response);
  }
}
