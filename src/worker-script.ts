/** Why a worker did not start: its message is a part of a sentence. */
export class ScriptFailure extends Error {
  /** What can be done about it, one sentence. */
  readonly remedy: string

  constructor(reason: string, remedy: string, options?: ErrorOptions) {
    super(reason, options)
    this.remedy = remedy
  }
}

/** A worker, and where its script was asked for. */
export interface StartedWorker {
  readonly worker: Worker
  readonly address: string
}

/** What `new Worker` was called with. */
interface Call {
  readonly address: string
  readonly options: WorkerOptions
}

/** How long a second look at a script that did not load may take. */
const LOOK_MS = 5000

/**
 * Where Vite's optimizer moves a package's modules while an app is developed, but not the files beside them. The cache
 * has other names in other frameworks: node_modules/.vite/deps, node_modules/.cache/vite/client/deps.
 */
const OPTIMIZED = /\/(?:node_modules\/)?\.[\w-]+(?:\/[\w-]+)*\/deps(?:_temp_\w+)?\/([^/]+)$/

const OPTIMIZED_FROM = /\/node_modules\/leaf-worklet\/dist\//

/** Scripts of one line that import another one, by its address. */
const bridges = new Map<string, string>()

/** The address of a file beside the library, from where Vite's optimizer has it looked for. Any other stays as it is. */
export function besideLibrary(address: string): string {
  return address.replace(OPTIMIZED, '/node_modules/leaf-worklet/dist/$1')
}

/**
 * Starts a module worker. Main thread.
 * @param given address of its script, if the user gave one
 * @param start `new Worker(new URL('…', import.meta.url))`, written as bundlers know it
 * @throws ScriptFailure where the library does not know where it lies, what was given is no address, or the browser refuses
 * the worker
 */
export function startWorker(given: string | URL | undefined, start: () => Worker): StartedWorker {
  const call = given === undefined ? callOf(start) : { address: String(given), options: MODULE }
  const address = addressOf(call)
  try {
    const beside = besideLibrary(address)
    if (isForeign(beside) || (isFetched(beside) && isBoundByMarkup()))
      return { worker: new Worker(bridgeTo(beside, call.options), call.options), address: beside }
    if (given === undefined && beside === address) return { worker: start(), address }
    return { worker: new Worker(beside, call.options), address: beside }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ScriptFailure(reason, remedyFor(address), { cause })
  }
}

function addressOf({ address }: Call): string {
  try {
    return new URL(address, document.baseURI).href
  } catch (cause) {
    throw new ScriptFailure(
      `${JSON.stringify(address)} is no address`,
      'Pass the address of the script as workerUrl, or leave it out.',
      { cause },
    )
  }
}

/** Tells why a worker broke, or why its script was not loaded. */
export function watchWorker({ worker, address }: StartedWorker, tell: (reason: Error) => void): void {
  worker.onerror = async (event) => {
    event.preventDefault()
    tell(event.message ? new Error(event.message) : await whyUnloaded(address))
  }
  worker.onmessageerror = () => tell(new Error('a message could not be read'))
}

/** Why a script was not loaded, by what its server answers to a second look. */
async function whyUnloaded(address: string): Promise<ScriptFailure> {
  const answer = await answerOf(address)
  return new ScriptFailure(`its script could not be loaded from ${address}${answer}`, remedyFor(address))
}

const MODULE: WorkerOptions = { type: 'module' }

/**
 * What `start` calls `new Worker` with: where a bundler has put the script is written there and nowhere else.
 * @throws ScriptFailure in a bundle that is no module (IIFE, CommonJS), which does not know where it lies
 */
function callOf(start: () => Worker): Call {
  const { Worker } = globalThis
  let call: Call | null = null
  class Taker {
    constructor(address: string | URL, options: WorkerOptions = {}) {
      call = { address: String(address), options }
    }
  }
  try {
    globalThis.Worker = Taker as unknown as typeof Worker
    start()
  } catch (cause) {
    throw new ScriptFailure(
      'this bundle is no ES module and does not know where it lies (import.meta.url is empty)',
      'Bundle as ES modules, or copy the files with npx leaf-worklet copy DIR and pass the address of the worker as workerUrl.',
      { cause },
    )
  } finally {
    globalThis.Worker = Worker
  }
  return call!
}

const isFetched = (address: string) => /^https?:/.test(address)

const isForeign = (address: string) => isFetched(address) && new URL(address).origin !== location.origin

/**
 * Whether the page brings its policy in a meta element, for want of a server that sends headers, and lets workers be
 * blobs. A worker that was fetched obeys the policy that came with its script, there none; that of a blob obeys the
 * page's: https://www.w3.org/TR/CSP3/#initialize-global-object-csp.
 */
function isBoundByMarkup(): boolean {
  const policies = [
    ...document.querySelectorAll<HTMLMetaElement>('meta[http-equiv="content-security-policy" i]'),
  ]
  return policies.length > 0 && policies.every(({ content }) => /\sblob:(\s|$)/i.test(workerSources(content)))
}

/** The directive of a policy that says where workers may come from. */
function workerSources(policy: string): string {
  const directives = policy.split(';').map((directive) => directive.trim())
  const named = (name: string) =>
    directives.find((directive) => new RegExp(`^${name}(\\s|$)`, 'i').test(directive))
  return named('worker-src') ?? named('child-src') ?? named('script-src') ?? named('default-src') ?? ''
}

/**
 * In a worker made of a blob everything is the page's own: the origin, without which none may start, and the policy.
 * The script in it keeps its own address.
 */
function bridgeTo(address: string, { type }: WorkerOptions): string {
  const text = JSON.stringify(address)
  const known = bridges.get(text)
  if (known) return known
  const line = type === 'module' ? `import ${text}` : `importScripts(${text})`
  const bridge = URL.createObjectURL(new Blob([line], { type: 'text/javascript' }))
  bridges.set(text, bridge)
  return bridge
}

/** As it stands behind the address in a sentence; empty when nothing is known. */
async function answerOf(address: string): Promise<string> {
  try {
    const { ok, status, headers } = await fetch(address, { signal: AbortSignal.timeout(LOOK_MS) })
    const type = headers.get('content-type') ?? 'nothing in particular'
    if (!ok) return `, where the server answers ${status}`
    if (/html/.test(type)) return ', where the server answers with a web page'
    if (!/javascript/.test(type)) return `, which the server sends as ${type}, not as JavaScript`
  } catch {
    // Refused, as the script was.
  }
  return ''
}

function remedyFor(address: string): string {
  if (OPTIMIZED_FROM.test(address))
    return "In Vite's configuration put optimizeDeps: { exclude: ['leaf-worklet'] }; elsewhere serve node_modules/leaf-worklet/dist, or pass workerUrl."
  if (isForeign(address))
    return "Let that server send Access-Control-Allow-Origin, and the page's Content-Security-Policy have blob: in worker-src and that origin in script-src and connect-src; or pass a workerUrl on the origin of this page."
  return 'Serve the worker there as JavaScript (npx leaf-worklet copy DIR puts the files into a folder), or pass its address as workerUrl; after a new version was deployed, reload the page.'
}
