/** A function, or an object with one, that is told of events with this detail. */
export type Listening<Detail> =
  | ((event: CustomEvent<Detail>) => void)
  | { handleEvent(event: CustomEvent<Detail>): void }

/**
 * An EventTarget whose events are known by name, as the DOM's own are. `Events` gives each name the
 * type of its `detail`; every event is a CustomEvent, and a name that is none does not compile.
 */
export class TypedEventTarget<Events extends object> extends EventTarget {
  /** Events that somebody listens to, or did. */
  readonly #heard = new Set<string>()

  override addEventListener<Name extends string & keyof Events>(
    type: Name,
    listener: Listening<Events[Name]> | null,
    options?: boolean | AddEventListenerOptions,
  ): void {
    this.#heard.add(type)
    super.addEventListener(type, listener as EventListener, options)
  }

  override removeEventListener<Name extends string & keyof Events>(
    type: Name,
    listener: Listening<Events[Name]> | null,
    options?: boolean | EventListenerOptions,
  ): void {
    super.removeEventListener(type, listener as EventListener, options)
  }

  /** Dispatches one event; false when a listener called `preventDefault()`. */
  protected emit<Name extends string & keyof Events>(type: Name, detail: Events[Name]): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, cancelable: true }))
  }

  /** Dispatches an event that tells of a failure. One that nobody ever listened to goes to the console. */
  protected report<Name extends string & keyof Events>(
    type: Name,
    detail: Events[Name] & { readonly error: Error },
  ): void {
    if (!this.#heard.has(type)) console.error(detail.error)
    this.emit(type, detail)
  }
}
