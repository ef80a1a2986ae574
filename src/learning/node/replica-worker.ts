import { parentPort, workerData } from 'node:worker_threads'
import { ConvolutionalNetwork } from '../network/index.ts'
import { chooseFrontend, Replica } from '../training/index.ts'
import { Rendezvous } from './rendezvous.ts'
import { ReplicaMailbox } from './replica-mailbox.ts'
import type { ReplicaWorkerData } from './second-replica.ts'

const { work, frontend: made, size, mailbox: memory, meeting } = workerData as ReplicaWorkerData
const mailbox = new ReplicaMailbox(memory, size)
const rendezvous = new Rendezvous(meeting, 1, 2)

/** Works on share after share until the thread is ended. */
async function serve(): Promise<void> {
  const frontend = chooseFrontend(made.description, made.samples, made.learn)
  const network = new ConvolutionalNetwork(work.plan, memory.weights, work.options, rendezvous)
  const replica = new Replica(frontend, network, work.options)
  parentPort!.postMessage('ready')
  for (;;) {
    rendezvous.meet()
    const { share, moved } = mailbox.takeShare()
    if (moved !== 'not') {
      frontend.parameters.forEach(({ values }, i) => {
        values.set(memory.parameters[i])
      })
      frontend.update(moved === 'anew')
    }
    mailbox.putDifferentials(await replica.differentiate(share))
    rendezvous.meet()
  }
}

serve().catch((error) =>
  rendezvous.fail(error instanceof Error ? (error.stack ?? error.message) : String(error)),
)
