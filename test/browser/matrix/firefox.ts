import { existsSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Marionette } from './marionette.ts'
import { find, run } from './programs.ts'
import { type BrowserKind, driven, SCRIPT_LIMIT_MS } from './session.ts'

/** The microphone is a tone that nobody has to allow, sound needs no gesture, the port for remote control is any. */
const preferences = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'marionette.port': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
}

const program = (): string | null => find('firefox-esr') ?? find('firefox')

export const firefox: BrowserKind = {
  name: 'firefox',

  missing: () => (program() ? null : 'no Firefox here (Debian: apt-get install firefox-esr pulseaudio)'),

  async start({ folder, environment }) {
    const profile = await mkdtemp(join(folder, 'firefox-'))
    const lines = Object.entries(preferences).map(([name, value]) => `user_pref('${name}', ${value});\n`)
    await writeFile(join(profile, 'user.js'), lines.join(''))
    const options = ['--headless', '--marionette', '--no-remote', '--profile', profile]
    const browser = run(program()!, options, environment)
    const portFile = join(profile, 'MarionetteActivePort')
    await browser.until('opened its port', () => existsSync(portFile))
    const marionette = await Marionette.connect(Number(await readFile(portFile, 'utf8')))
    const { capabilities } = await marionette.send<NewSession>('WebDriver:NewSession', {})
    await marionette.send('WebDriver:SetTimeouts', { script: SCRIPT_LIMIT_MS })
    return {
      version: `Firefox ${capabilities.browserVersion}`,
      ...driven({
        navigate: (url) => marionette.send('WebDriver:Navigate', { url }),
        async executeAsync(script) {
          const parameters = { script, args: [] }
          return (await marionette.send<{ value: unknown }>('WebDriver:ExecuteAsyncScript', parameters)).value
        },
      }),
      async close() {
        marionette.close()
        await browser.end()
      },
    }
  },
}

interface NewSession {
  capabilities: { browserVersion: string }
}
