/**
 * An EventTarget whose events are known by name, as the DOM's own are. `Events` gives each name the
 * type of its `detail`; every event is a CustomEvent.
 */
export class TypedEventTarget<Events extends object> extends EventTarget {
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
    super.addEventListener(...registration)
  }

  /** Dispatches one event; false when a listener called `preventDefault()`. */
  protected emit<Name extends string & keyof Events>(type: Name, detail: Events[Name]): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, cancelable: true }))
  }
}
