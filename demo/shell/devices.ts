import { listMicrophones, type MicrophoneDevice } from '../../src/audio/index.ts'
import { byId, create } from '../common/index.ts'

/** The choice of a microphone, behind a gear. */
export class DeviceChoice {
  readonly #select = byId<HTMLSelectElement>('device')

  /** @param onChoose told when the user picks another device */
  constructor(onChoose: (deviceId: string) => void) {
    this.#select.addEventListener('change', () => onChoose(this.deviceId))
    const gear = byId<HTMLDetailsElement>('gear')
    addEventListener('pointerdown', ({ target }) => {
      if (!gear.contains(target as Node)) gear.open = false
    })
    gear.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape') return
      gear.open = false
      gear.querySelector('summary')?.focus()
    })
  }

  /** Empty for the browser's default. */
  get deviceId(): string {
    return this.#select.value
  }

  /** Asks the browser for its list; names come once the microphone has been allowed. */
  async refresh(): Promise<void> {
    this.show(await listMicrophones())
  }

  /** Shows a device as chosen, the default one if it is not in the list. */
  select(deviceId: string): void {
    const known = [...this.#select.options].some(({ value }) => value === deviceId)
    this.#select.value = known ? deviceId : ''
  }

  show(devices: readonly MicrophoneDevice[]): void {
    const chosen = this.deviceId
    const known = devices.filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default')
    const options = [
      option('', defaultName(devices)),
      ...known.map((device) => option(device.deviceId, device.label)),
    ]
    this.#select.replaceChildren(...options)
    this.select(chosen)
  }
}

function defaultName(devices: readonly MicrophoneDevice[]): string {
  return devices.length === 0 ? 'No microphone found' : 'Default microphone'
}

function option(value: string, label: string): HTMLOptionElement {
  const element = create('option', label) as HTMLOptionElement
  element.value = value
  return element
}
