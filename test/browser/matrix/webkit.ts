import { find, freePort, type Running, run } from './programs.ts'
import { type BrowserKind, driven, SCRIPT_LIMIT_MS } from './session.ts'

const options = ['--automation', '--enable-mock-capture-devices=true', '--enable-media-stream=true']

export const webkit: BrowserKind = {
  name: 'webkit',

  missing: () =>
    find('WebKitWebDriver') && find('Xvfb')
      ? null
      : 'no WebKitGTK here (Debian: apt-get install webkit2gtk-driver xvfb pulseaudio)',

  async start({ environment }) {
    const screen = await startScreen()
    const port = await freePort()
    const driver = run('WebKitWebDriver', [`--port=${port}`], { ...environment, DISPLAY: screen.display })
    const send = sender(`http://127.0.0.1:${port}`)
    await driver.until('opened its port', () =>
      send('GET', '/status').then(
        () => true,
        () => false,
      ),
    )
    const { sessionId, capabilities } = await send<NewSession>('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          'webkitgtk:browserOptions': { args: options },
          timeouts: { script: SCRIPT_LIMIT_MS },
        },
      },
    })
    const session = `/session/${sessionId}`
    return {
      version: `WebKitGTK ${capabilities.browserVersion}`,
      ...driven({
        navigate: (url) => send('POST', `${session}/url`, { url }),
        executeAsync: (script) => send('POST', `${session}/execute/async`, { script, args: [] }),
      }),
      async close() {
        try {
          await send('DELETE', session)
        } finally {
          await driver.end()
          await screen.server.end()
        }
      },
    }
  },
}

interface NewSession {
  sessionId: string
  capabilities: { browserVersion: string }
}

/** Sends commands to a driver. They throw an Error with its message. */
function sender(address: string) {
  return async <Value>(method: string, path: string, body?: object): Promise<Value> => {
    const response = await fetch(address + path, { method, body: body && JSON.stringify(body) })
    const { value } = (await response.json()) as { value: Value & { message?: string } }
    if (!response.ok) throw new Error(`${path}: ${value.message}`)
    return value
  }
}

/** The browser wants a screen; the server picks its number and tells it. */
async function startScreen(): Promise<{ display: string; server: Running }> {
  const parameters = ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp']
  const server = run('Xvfb', parameters, {})
  await server.until('told its display', () => server.told.endsWith('\n'))
  return { display: `:${server.told.trim()}`, server }
}
