import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { find, type Running, run } from './programs.ts'

/**
 * A sound card for browsers whose contexts stand still without one: PulseAudio with a sink that leads nowhere.
 * @returns the server and what browsers need in their environment; null where PulseAudio is not installed, and
 * browsers use what sound the machine has
 */
export async function startSound(
  folder: string,
): Promise<{ server: Running; environment: NodeJS.ProcessEnv } | null> {
  const program = find('pulseaudio')
  if (program === null) return null
  const socket = join(folder, 'sound')
  const modules = [`module-native-protocol-unix socket=${socket} auth-anonymous=1`, 'module-null-sink']
  const options = ['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1']
  const server = run(program, [...options, ...modules.flatMap((module) => ['--load', module])], {
    PULSE_RUNTIME_PATH: folder,
  })
  await server.until('opened its socket', () => existsSync(socket))
  return { server, environment: { PULSE_SERVER: `unix:${socket}` } }
}
