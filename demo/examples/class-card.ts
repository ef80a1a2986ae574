import { LeafError } from '../../src/error.ts'
import { cutRecording, type ExampleStore } from '../../src/learning/teaching/index.ts'
import { byId, clearProblem, create, showProblem } from '../common/index.ts'
import type { Desk } from '../desk/index.ts'
import { evenly } from './evenly.ts'
import { decodeFile, play } from './sounds.ts'
import { Take } from './take.ts'
import { waveform } from './waveform.ts'

/** Names of classes whose quiet parts are examples too: there the room itself is the sound. */
export const BACKGROUND = ['background', 'silence']
export const isBackground = (name: string) => BACKGROUND.includes(name.toLowerCase())
/** Seconds after which a recording ends by itself: the room's gives as many examples as a class has enough of. */
const LONGEST_TAKE = 30
const ROOM_TAKE = 10
/** Examples taken from a file at most: the longer ones are mostly the same over and over, and a class has ten to hundreds. */
const MOST_OF_A_FILE = 60
/** Examples shown at first; a class may have hundreds. */
const SHOWN = 24
const TICK_MS = 100

/** One class: its name, how much there is of it, recording, files, and its examples to hear and delete. */
export class ClassCard {
  readonly element: HTMLElement
  readonly #desk: Desk
  readonly #store: ExampleStore
  #name: string
  #take: Promise<Take> | null = null
  /** Counts what was begun and closed; a microphone that is allowed too late records nothing. */
  #turn = 0
  #ticking: ReturnType<typeof setInterval> | undefined
  #all = false
  #silence: () => void = () => {}
  /** Lets go of what a recording has had sound. */
  #release: () => void = () => {}
  /** Ids shown, so that what stays is not drawn anew. */
  readonly #items = new Map<number, HTMLElement>()

  /** @param template whose copy the card becomes */
  constructor(template: HTMLTemplateElement, desk: Desk, store: ExampleStore, name: string) {
    this.#desk = desk
    this.#store = store
    this.#name = name
    const copy = template.content.cloneNode(true) as DocumentFragment
    this.element = copy.firstElementChild as HTMLElement
    const title = this.#find<HTMLInputElement>('.name')
    this.#showName()
    title.addEventListener('change', () => void this.#rename(title))
    this.#find('.remove').addEventListener('click', () => void this.#act(() => store.deleteClass(this.#name)))
    this.#find('.record').addEventListener('click', () => void this.#act(() => this.#record()))
    const input = this.#find<HTMLInputElement>('.files')
    this.#find('.pick').addEventListener('click', () => input.click())
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])]
      input.value = ''
      void this.#addFiles(files)
    })
    this.#find('.more').addEventListener('click', () => {
      this.#all = true
      void this.update(0)
    })
    this.#takeDrops()
  }

  get name(): string {
    return this.#name
  }

  /** Shows what the store holds now. @param most examples of the class that has the most */
  async update(most: number): Promise<void> {
    const examples = this.#store.list(this.#name)
    const seconds = examples.reduce((sum, example) => sum + example.seconds, 0)
    const count = examples.length === 1 ? '1 example' : `${examples.length} examples`
    const none = isBackground(this.#name) ? 'No examples yet, and none needed' : 'No examples yet'
    this.#find('.count').textContent = examples.length === 0 ? none : `${count}, ${Math.round(seconds)} s`
    if (most > 0) {
      const bar = this.#find('.balance span')
      bar.style.transform = `scaleX(${examples.length / most})`
      this.#find('.balance').classList.toggle('few', examples.length < most / 3)
    }
    const shown = this.#all ? examples : examples.slice(-SHOWN)
    const more = this.#find('.more')
    more.hidden = shown.length === examples.length
    more.textContent = `Show all ${examples.length}`
    more.setAttribute('aria-label', `Show all ${examples.length} examples of ${this.#name}`)
    for (const [id, item] of this.#items) {
      if (shown.some((example) => example.id === id)) continue
      item.remove()
      this.#items.delete(id)
    }
    const list = this.#find('.examples')
    for (const { id } of shown) {
      if (this.#items.has(id)) continue
      const item = create('li')
      this.#items.set(id, item)
      list.append(item)
      await this.#fill(item, id).catch(showProblem)
    }
  }

  /** Ends a recording that is running, without its sound. */
  close(): void {
    this.#turn++
    void this.#take?.then((take) => take.end(this.#store.sampleRate))
    this.#take = null
    this.#letGo()
    this.#showRecording(null)
    this.#silence()
  }

  /** The microphone is off when nothing records, unless it was on before. */
  #letGo(): void {
    this.#release()
    this.#release = () => {}
  }

  async #fill(item: HTMLElement, id: number): Promise<void> {
    const sound = await this.#store.sound(id)
    const listen = create('button', '', 'play')
    listen.setAttribute('type', 'button')
    listen.append(waveform(sound))
    listen.addEventListener('click', () => {
      this.#silence()
      this.#silence = play(this.#desk.context, sound, this.#store.sampleRate)
    })
    const remove = create('button', '×', 'delete')
    remove.setAttribute('type', 'button')
    remove.addEventListener('click', () => void this.#act(() => this.#store.delete([id])))
    item.replaceChildren(listen, remove)
    this.#nameButtons(item)
  }

  #nameButtons(item: HTMLElement): void {
    item.querySelector('.play')?.setAttribute('aria-label', `Play example of ${this.#name}`)
    item.querySelector('.delete')?.setAttribute('aria-label', `Delete example of ${this.#name}`)
  }

  /** What it says, and of which class. */
  #nameRecord(): void {
    const record = this.#find('.record')
    record.setAttribute('aria-label', `${record.textContent!.trim()} · ${this.#name}`)
  }

  /** Begins to record, or ends it and keeps what was recorded. */
  async #record(): Promise<void> {
    const running = this.#take
    if (running) {
      this.#take = null
      this.#showRecording(null)
      const sound = await (await running).end(this.#store.sampleRate)
      this.#letGo()
      await this.#keep(sound, `${this.#name} ${Date.now()}`, 'This recording')
      return
    }
    const turn = ++this.#turn
    const release = await this.#desk.borrow()
    if (!release) return
    if (turn !== this.#turn) return release()
    this.#release = release
    this.#take = Take.start(this.#desk, this.#longest)
    const take = await this.#take
    if (turn === this.#turn) this.#showRecording(take)
  }

  /** Seconds. */
  get #longest(): number {
    return isBackground(this.#name) ? ROOM_TAKE : LONGEST_TAKE
  }

  #showRecording(take: Take | null): void {
    clearInterval(this.#ticking)
    this.element.classList.toggle('recording', take !== null)
    const text = this.#find('.record .text')
    const idle = isBackground(this.#name) ? `Record the room, ${ROOM_TAKE} s` : 'Record'
    text.textContent = take ? 'Stop · 0 s' : idle
    this.#nameRecord()
    if (!take) return
    const longest = this.#longest
    this.#ticking = setInterval(() => {
      text.textContent = `Stop · ${Math.floor(take.seconds)} s`
      this.#nameRecord()
      if (take.seconds >= longest || !this.#desk.source) void this.#act(() => this.#record())
    }, TICK_MS)
  }

  async #addFiles(files: readonly File[]): Promise<void> {
    clearProblem()
    const pick = this.#find<HTMLButtonElement>('.pick')
    const text = pick.textContent
    pick.disabled = true
    for (const file of files) {
      pick.textContent = `Reading ${file.name} …`
      await this.#addFile(file).catch(showProblem)
    }
    pick.disabled = false
    pick.textContent = text
  }

  async #addFile(file: File): Promise<void> {
    const content = await contentKey(file)
    if (this.#store.list(this.#name).some(({ recording }) => recording.endsWith(content)))
      throw new LeafError(
        'audio-file',
        `${file.name} is among the examples of ${this.#name} already.`,
        'Delete its examples first to add it anew.',
      )
    const sound = await decodeFile(file, this.#store.sampleRate)
    await this.#keep(sound, `${file.name} ${content}`, file.name)
  }

  /** @param title what the sound is in a sentence */
  async #keep(sound: Float32Array, recording: string, title: string): Promise<void> {
    const keepQuiet = isBackground(this.#name)
    const pieces = cutRecording(sound, { sampleRate: this.#store.sampleRate, keepQuiet })
    if (pieces.length === 0)
      throw new LeafError(
        'audio-file',
        `${title} is silent: nothing in it is an example.`,
        'Make the sound louder, or closer to the microphone.',
      )
    await this.#store.add(this.#name, evenly(pieces, MOST_OF_A_FILE), recording)
    if (pieces.length > MOST_OF_A_FILE)
      throw new LeafError(
        'audio-file',
        `${title} holds ${pieces.length} examples of ${this.#name}; ${MOST_OF_A_FILE} were taken, spread over it.`,
        'Cut it into shorter files to give more of it.',
      )
  }

  async #rename(title: HTMLInputElement): Promise<void> {
    const to = title.value.trim()
    clearProblem()
    try {
      const from = this.#name
      this.#name = to
      await this.#store.renameClass(from, to).catch((error) => {
        this.#name = from
        throw error
      })
    } catch (error) {
      showProblem(error)
    }
    this.#showName()
  }

  #showName(): void {
    const title = this.#find<HTMLInputElement>('.name')
    title.value = this.#name
    title.dataset.name = this.#name
    this.#find('.remove').setAttribute('aria-label', `Delete ${this.#name}`)
    this.#find('.pick').setAttribute('aria-label', `Add files to ${this.#name}`)
    this.#find('.files').setAttribute('aria-label', `Sound files of ${this.#name}`)
    for (const item of this.#items.values()) this.#nameButtons(item)
    if (this.#take) this.#nameRecord()
    else this.#showRecording(null)
  }

  #takeDrops(): void {
    this.element.addEventListener('dragover', (event) => {
      event.preventDefault()
      // Here it becomes an example, elsewhere on the page it is played.
      event.stopPropagation()
      byId('drop').hidden = true
      this.element.classList.add('over')
    })
    this.element.addEventListener('dragleave', () => this.element.classList.remove('over'))
    this.element.addEventListener('drop', (event) => {
      event.preventDefault()
      event.stopPropagation()
      byId('drop').hidden = true
      this.element.classList.remove('over')
      void this.#addFiles([...(event.dataTransfer?.files ?? [])])
    })
  }

  async #act(action: () => Promise<unknown>): Promise<void> {
    clearProblem()
    await action().catch(showProblem)
  }

  #find<Type extends HTMLElement = HTMLElement>(selector: string): Type {
    return this.element.querySelector<Type>(selector)!
  }
}

/** The same for files of the same content, whatever their names and dates. */
async function contentKey(file: File): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
