import type { ExampleStore } from '../../src/learning/teaching/index.ts'

/** Twice a step of 16 bits, in which examples are kept and saved: full scales of a file and the store differ by one. */
const SAME = 2 / 32767

/** Which sounds a store held when it was first asked: the same archive a second time adds nothing. */
export class KnownSounds {
  readonly #store: ExampleStore
  readonly #ids: ReadonlySet<number>
  /** Of the recording that was asked for last: an archive has them one after the other. */
  #key = ''
  #sounds: Promise<Float32Array[]> = Promise.resolve([])

  constructor(store: ExampleStore) {
    this.#store = store
    this.#ids = new Set(store.list().map(({ id }) => id))
  }

  /** @param recording empty or left out: any of the class */
  async has(label: string, recording: string | undefined, sound: Float32Array): Promise<boolean> {
    const key = JSON.stringify([label, recording])
    if (key !== this.#key) {
      this.#key = key
      this.#sounds = this.#read(label, recording)
    }
    return (await this.#sounds).some((one) => isSame(one, sound))
  }

  #read(label: string, recording: string | undefined): Promise<Float32Array[]> {
    const examples = this.#store
      .list(label)
      .filter((one) => this.#ids.has(one.id) && (!recording || one.recording === recording))
    return Promise.all(examples.map(({ id }) => this.#store.sound(id)))
  }
}

function isSame(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((value, i) => Math.abs(value - other[i]) <= SAME)
}
