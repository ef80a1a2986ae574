import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { LeafError } from '../../error.ts'
import type { FrontendDescription } from '../../frontend/index.ts'
import type { AllReduce } from '../network/index.ts'
import type { Numbers } from '../optimiser/index.ts'
import type {
  Learn,
  Moved,
  ReplicaWork,
  SecondReplica,
  Share,
  ShareDifferentials,
} from '../training/index.ts'
import { Rendezvous, type RendezvousMemory, rendezvousMemory } from './rendezvous.ts'
import { type MailboxMemory, mailboxMemory, ReplicaMailbox, type ShareSize } from './replica-mailbox.ts'
import { startWorker } from './start-worker.ts'

/** What `chooseFrontend` is given. */
interface MadeFrontend {
  readonly description: FrontendDescription
  readonly samples: number
  readonly learn: Learn
}

export interface ReplicaWorkerData {
  readonly work: ReplicaWork
  readonly frontend: MadeFrontend
  readonly size: ShareSize
  readonly mailbox: MailboxMemory
  readonly meeting: RendezvousMemory
}

/** A second replica on a thread of its own; both threads wait for each other, at every sum over the batch. */
export class WorkerReplica implements SecondReplica {
  readonly #worker: Promise<Worker>
  readonly #mailbox: ReplicaMailbox
  readonly #rendezvous: Rendezvous
  /** Settles once the thread has begun to serve: until then it may need this one's event loop. */
  readonly #ready: Promise<unknown>

  /** @param frontend as the first replica's was made @param batch examples of a batch */
  constructor(work: ReplicaWork, frontend: MadeFrontend, batch: number) {
    const { labels, windowFrames, channels, blocks } = work.plan
    const numbers = Math.max(frontend.samples, windowFrames * channels)
    const size = { examples: Math.floor(batch / 2), numbers, labels }
    const mailbox = mailboxMemory(work, size)
    // Sums are two numbers a channel, and channels are filled up to eights.
    const most = Math.max(channels, ...blocks.map(({ filters }) => filters + 7))
    const meeting = rendezvousMemory(2, 2 * most)
    const data: ReplicaWorkerData = { work, frontend, size, mailbox, meeting }
    this.#mailbox = new ReplicaMailbox(mailbox, size)
    this.#rendezvous = new Rendezvous(meeting, 0, 2)
    this.#worker = startWorker(new URL('./replica-worker.ts', import.meta.url), data)
    this.#ready = this.#worker.then((worker) => {
      // It never ends by itself, and a training that is over waits for nothing.
      worker.unref()
      return once(worker, 'message')
    })
    // Whoever starts it hears of a failure; before that it is nobody's.
    this.#ready.catch(() => {})
  }

  get reduce(): AllReduce {
    return {
      sum: (values) => this.#named(() => this.#rendezvous.sum(values)),
    }
  }

  async start(
    share: Share,
    weights: readonly Numbers[],
    parameters: readonly Numbers[],
    moved: Moved,
  ): Promise<void> {
    await this.#ready
    this.#mailbox.putShare(share, weights, parameters, moved)
    this.#named(() => this.#rendezvous.meet())
  }

  finish(): ShareDifferentials {
    this.#named(() => this.#rendezvous.meet())
    return this.#mailbox.takeDifferentials()
  }

  async close(): Promise<void> {
    await (await this.#worker).terminate()
  }

  #named(meet: () => void): void {
    try {
      meet()
    } catch (cause) {
      throw new LeafError(
        'training',
        `The second thread of the training has failed: ${cause instanceof Error ? cause.message : cause}.`,
        'Report this as a fault of leaf-worklet, with the command that led to it.',
        { cause },
      )
    }
  }
}
