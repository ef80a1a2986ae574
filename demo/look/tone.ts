/** Peak, full scale 1: gentle next to speech. */
const LEVEL = 0.1
const SECONDS = 0.7
/** Seconds in which a tone swells and fades, so that it does not click. */
const EDGE = 0.03

/** Plays short tones, one at a time. */
export class TonePlayer {
  #stop = () => {}

  /**
   * @param frequency Hz
   * @param ear hears the tone too, where there is one
   */
  play(context: AudioContext, frequency: number, ear: AudioNode | null): void {
    this.#stop()
    void context.resume()
    const oscillator = new OscillatorNode(context, { frequency })
    const level = new GainNode(context, { gain: 0 })
    const now = context.currentTime
    level.gain.setTargetAtTime(LEVEL, now, EDGE / 3)
    level.gain.setTargetAtTime(0, now + SECONDS - EDGE, EDGE / 3)
    oscillator.connect(level).connect(context.destination)
    if (ear) level.connect(ear)
    oscillator.start()
    oscillator.stop(now + SECONDS + EDGE)
    oscillator.onended = () => level.disconnect()
    this.#stop = () => {
      level.gain.cancelScheduledValues(context.currentTime)
      level.gain.setTargetAtTime(0, context.currentTime, EDGE / 3)
      oscillator.stop(context.currentTime + EDGE)
    }
  }
}
