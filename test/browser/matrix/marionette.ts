import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

type Reply = [kind: number, id: number, error: { message: string } | null, result: unknown]

/**
 * Firefox's own remote control: the commands of WebDriver as `length:JSON` over TCP, without a driver beside the
 * browser (https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html).
 */
export class Marionette {
  readonly #socket: Socket
  readonly #waiting = new Map<number, (reply: Reply) => void>()
  #unread = Buffer.alloc(0)
  #commands = 0

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (data: Buffer) => this.#read(data))
    socket.on('close', () => {
      for (const [id, settle] of this.#waiting)
        settle([1, id, { message: 'Firefox closed the connection.' }, null])
    })
  }

  /** @throws Error where nothing listens on the port of this machine */
  static async connect(port: number): Promise<Marionette> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new Marionette(socket)
  }

  /** @param name e.g. WebDriver:Navigate @throws Error with the browser's message */
  async send<Result>(name: string, parameters: object): Promise<Result> {
    const id = ++this.#commands
    const reply = new Promise<Reply>((resolve) => this.#waiting.set(id, resolve))
    const text = JSON.stringify([0, id, name, parameters])
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`)
    const [, , error, result] = await reply
    this.#waiting.delete(id)
    if (error) throw new Error(`${name}: ${error.message}`)
    return result as Result
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(data: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, data])
    for (let colon = this.#unread.indexOf(':'); colon >= 0; colon = this.#unread.indexOf(':')) {
      const end = colon + 1 + Number(this.#unread.toString('utf8', 0, colon))
      if (this.#unread.length < end) return
      const message = JSON.parse(this.#unread.toString('utf8', colon + 1, end))
      this.#unread = this.#unread.subarray(end)
      // The greeting is an object; replies are arrays.
      if (Array.isArray(message)) this.#waiting.get(message[1])?.(message as Reply)
    }
  }
}
