import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import 'leaf-worklet/view'
import { useListener } from './use-listener'

function App() {
  const [on, setOn] = useState(false)
  const { listener, frames, events, metrics } = useListener(on)
  return (
    <main>
      <button type="button" onClick={() => setOn(!on)}>
        {on ? 'Stop' : 'Listen'}
      </button>
      <leaf-spectrogram colors="viridis" frontend={listener?.node.frontend ?? null} frames={frames}>
        Nothing heard yet
      </leaf-spectrogram>
      <leaf-meter metrics={metrics ?? {}} />
      <ol>
        {events.map(({ label, start, confidence }) => (
          <li key={`${label} ${start}`}>
            {label}, {Math.round(confidence * 100)} %
          </li>
        ))}
      </ol>
    </main>
  )
}

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
