'use client'

import { useEffect, useRef } from 'react'
import { run } from '../page.js'

export default function Page() {
  const ran = useRef(false)
  useEffect(() => {
    // StrictMode runs effects twice while an app is developed.
    if (ran.current) return
    ran.current = true
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
