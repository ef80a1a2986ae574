import { LeafError } from '../error.ts'
import { TypedEventTarget } from '../typed-events.ts'
import { capture, captureAgain, type ProcessingReport, readProcessing } from './capture.ts'
import { closedContext, requireOpen } from './context.ts'
import { type MicrophoneDevice, watchMicrophones } from './devices.ts'
import { keepRunning } from './keep-running.ts'
import { type MicrophoneOptions, requireMicrophoneOptions } from './microphone-options.ts'
import type { AudioSource, LiveContext } from './source.ts'

/** Events of a microphone and their details. */
export interface MicrophoneEvents {
  /** A device came or went; the list as it is now. */
  devicechange: { devices: MicrophoneDevice[] }
  /** The device was lost and this one took its place behind the same output. */
  recovered: { device: MicrophoneDevice; same: boolean }
  /** The device was lost and none could be had. One that comes later is taken, with `recovered`. */
  ended: { error: LeafError }
  /** The context plays (again). */
  running: undefined
  /** The context stands still and is resumed, unless a listener calls `preventDefault()`. */
  suspended: undefined
  /** The system took the sound away (a call, another app) and will give it back. */
  interrupted: undefined
  /** The context was closed. */
  closed: undefined
}

/** As the package's openMicrophone(), which loads it when it is needed. */
export async function openMicrophone(
  context: LiveContext,
  options: MicrophoneOptions = {},
): Promise<Microphone> {
  requireMicrophoneOptions(options)
  requireOpen(context)
  return new Microphone(context as AudioContext, await capture(options), options.constraints)
}

/**
 * An open microphone. Main thread. It outlives its device: when the track ends, the same device is tried,
 * then the default one, and `output` goes on with it.
 */
export class Microphone extends TypedEventTarget<MicrophoneEvents> implements AudioSource {
  readonly output: AudioNode
  readonly #context: AudioContext
  readonly #endings: (() => void)[]
  readonly #constraints: MediaTrackConstraints | undefined
  #input: Input
  /** Changes of device run one after another, so that no two devices stay open. */
  #changes: Promise<unknown> = Promise.resolve()
  #recovering = false
  #refused = false
  #stopped = false

  /** @internal openMicrophone() makes microphones. */
  constructor(context: AudioContext, stream: MediaStream, constraints?: MediaTrackConstraints) {
    super()
    this.#constraints = constraints
    this.#context = context
    this.#input = createInput(context, stream)
    this.output = context.createGain()
    this.#connect()
    this.#endings = [
      watchMicrophones((devices) => this.#devicesChanged(devices)),
      keepRunning(context, (state) => this.emit(state, undefined)),
    ]
  }

  /** The device in use, or the last one that was. */
  get device(): MicrophoneDevice {
    return this.#input.device
  }

  /** What the browser does to the signal, read back from the open device. */
  get processing(): ProcessingReport {
    return readProcessing(this.#input.track)
  }

  /** False once the device is lost or the microphone stopped. */
  get live(): boolean {
    return this.#input.track.readyState === 'live'
  }

  /**
   * Changes to another device behind the same output. If it cannot be had, the present one goes on.
   * @throws LeafError as openMicrophone()
   */
  async choose(deviceId: string): Promise<void> {
    await this.#change(() => capture({ deviceId, constraints: this.#constraints }))
  }

  /** Switches the device off (the browser's recording light goes out) and disconnects the output. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    for (const end of this.#endings) end()
    this.#disconnect()
    this.output.disconnect()
  }

  #connect(): void {
    this.#input.node.connect(this.output)
    this.#input.track.addEventListener('ended', this.#recover)
  }

  #disconnect(): void {
    this.#input.track.removeEventListener('ended', this.#recover)
    this.#input.track.stop()
    this.#input.node.disconnect()
  }

  #devicesChanged(devices: MicrophoneDevice[]): void {
    this.emit('devicechange', { devices })
    // After a refusal another attempt would prompt the user out of the blue.
    if (devices.length > 0 && !this.#refused) void this.#recover()
  }

  #recover = async (): Promise<void> => {
    if (this.#recovering) return
    this.#recovering = true
    const lost = this.device
    try {
      const changed = await this.#change(async () =>
        this.live ? null : captureAgain(lost.deviceId, this.#constraints),
      )
      const same = this.device.deviceId === lost.deviceId && this.device.label === lost.label
      if (changed) this.emit('recovered', { device: this.device, same })
    } catch (error) {
      if (!(error instanceof LeafError)) throw error
      this.#refused = error.code === 'microphone-denied'
      if (!this.#stopped) this.emit('ended', { error })
    } finally {
      this.#recovering = false
    }
  }

  /** Takes what `open` gives in the place of the present device; false when it gave nothing or came too late. */
  #change(open: () => Promise<MediaStream | null>): Promise<boolean> {
    const change = this.#changes.then(async () => {
      const stream = this.#stopped ? null : await open()
      if (stream === null) return false
      const input = createInput(this.#context, stream)
      if (this.#stopped) {
        input.track.stop()
        return false
      }
      this.#disconnect()
      this.#input = input
      this.#connect()
      this.#refused = false
      return true
    })
    this.#changes = change.catch(() => {})
    return change
  }
}

/** An open device and the node it sounds from. */
interface Input {
  track: MediaStreamTrack
  node: AudioNode
  device: MicrophoneDevice
}

function createInput(context: AudioContext, stream: MediaStream): Input {
  const [track] = stream.getAudioTracks()
  const device = { deviceId: track.getSettings().deviceId ?? '', label: track.label }
  try {
    return { track, node: context.createMediaStreamSource(stream), device }
  } catch (cause) {
    track.stop()
    if (context.state === 'closed') throw closedContext()
    // Firefox resamples no microphone.
    throw new LeafError(
      'arguments',
      `An AudioContext at ${context.sampleRate} Hz cannot take the microphone "${device.label}" in this browser.`,
      'Create the AudioContext without a sampleRate: every rate is brought to the rate of the frontend.',
      { cause },
    )
  }
}
