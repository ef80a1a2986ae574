import {
  type DetectedEvent,
  type FrameReader,
  type Listener,
  listen,
  type Metrics,
  openFrames,
} from 'leaf-worklet'
import model from 'leaf-worklet/events.safetensors?url'
import { type Dispatch, type SetStateAction, useEffect, useState } from 'react'

interface Heard {
  listener: Listener | null
  frames: FrameReader | null
  events: DetectedEvent[]
  metrics: Metrics | null
}

const nothing: Heard = { listener: null, frames: null, events: [], metrics: null }

/** Listens to the microphone while `on`. */
export function useListener(on: boolean): Heard {
  const [heard, setHeard] = useState(nothing)

  useEffect(() => {
    if (!on) return
    const listening = start(setHeard)
    return () => {
      void listening.then((listener) => listener.dispose())
      setHeard(nothing)
    }
  }, [on])

  return heard
}

async function start(setHeard: Dispatch<SetStateAction<Heard>>): Promise<Listener> {
  const listener = await listen({ model })
  const frames = openFrames(await listener.node.openFrames())
  setHeard((before) => ({ ...before, listener, frames }))
  listener.addEventListener('event', async ({ detail }) => {
    const metrics = await listener.metrics()
    setHeard((before) => ({ ...before, metrics, events: [detail, ...before.events] }))
  })
  return listener
}
