import { describe, expect, it } from 'vitest'
import { MonoMix } from '../../worklet/mono-mix.ts'

describe('the mono mix', () => {
  it('hands one channel on as it is', () => {
    const channel = Float32Array.of(0.1, -0.2, Number.NaN)
    expect(new MonoMix().mix([channel])).toBe(channel)
  })

  it('leaves a sound that is in both channels bit for bit', () => {
    const channel = Float32Array.from({ length: 128 }, (_, i) => Math.sin(i))
    expect([...new MonoMix().mix([channel, channel.slice()])]).toEqual([...channel])
  })

  it('is the mean of any number of channels and blocks of any length', () => {
    const mix = new MonoMix()
    for (const length of [128, 160, 128, 1])
      for (const count of [2, 3, 6]) {
        const channels = Array.from({ length: count }, (_, c) => new Float32Array(length).fill(c + 1))
        expect([...mix.mix(channels)]).toEqual(Array(length).fill(Math.fround((count + 1) / 2)))
      }
  })

  it('takes an empty list for silence as long as the last block', () => {
    const mix = new MonoMix()
    expect([...mix.mix([])]).toEqual(Array(128).fill(0))
    mix.mix([new Float32Array(160).fill(1)])
    mix.mix([new Float32Array(160).fill(1), new Float32Array(160).fill(1)])
    expect([...mix.mix([])]).toEqual(Array(160).fill(0))
  })
})
