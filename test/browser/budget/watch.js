// In the page, before its own scripts: notes when things happen, in milliseconds since the page was asked for.

/** @typedef {{ drain(onFrame: unknown): number }} FrameSource */

const noted = { shown: 0, permitted: 0, frame: 0, longest: 0 }
Object.assign(globalThis, { marks: noted })

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) noted.longest = Math.max(noted.longest, duration)
}).observe({ type: 'longtask', buffered: true })

const media = navigator.mediaDevices
const original = media.getUserMedia.bind(media)
media.getUserMedia = async (constraints) => {
  const stream = await original(constraints)
  noted.permitted = performance.now()
  return stream
}

// A screen is filled after the controls above it have been wired.
new MutationObserver((_, observer) => {
  const picture = /** @type {HTMLElement & { frames: FrameSource | null } | null} */ (
    document.querySelector('leaf-spectrogram')
  )
  if (!picture) return
  observer.disconnect()
  noted.shown = performance.now()
  const look = () => (picture.frames ? noteFirst(picture.frames) : requestAnimationFrame(look))
  look()
}).observe(document, { childList: true, subtree: true })

/** @param {FrameSource} frames */
function noteFirst(frames) {
  const drain = frames.drain.bind(frames)
  frames.drain = (onFrame) => {
    const count = drain(onFrame)
    if (count > 0 && noted.permitted > 0 && noted.frame === 0) noted.frame = performance.now()
    return count
  }
}
