/**
 * An EventTarget whose events are known by name, as the DOM's own are. `Events` gives each name the
 * type of its `detail`; every event is a CustomEvent.
 */
export class TypedEventTarget<Events extends object> extends EventTarget {
  /** Events that somebody listens to, or did. */
  readonly #heard = new Set<string>()

  override addEventListener<Name extends string & keyof Events>(
    type: Name,
    listener: (event: CustomEvent<Events[Name]>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void
  override addEventListener(...registration: [string, never, (boolean | AddEventListenerOptions)?]): void {
    this.#heard.add(registration[0])
    super.addEventListener(...registration)
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
