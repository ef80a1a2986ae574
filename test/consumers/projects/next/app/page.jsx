'use client'

import { useEffect } from 'react'
import { run } from '../page.js'

export default function Page() {
  useEffect(() => {
    run(new URL('leaf-worklet/events.safetensors', import.meta.url).href)
  }, [])
  return (
    <main>
      <button type="button">Listen</button>
      <button type="button">Teach</button>
      <output id="heard" />
      <output id="taught" />
      <ol />
    </main>
  )
}
