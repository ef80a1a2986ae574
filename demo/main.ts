import '../src/view/index.ts'
import { nextTask } from '../src/next-task.ts'
import { Desk } from './desk/index.ts'
import { keepForOffline } from './offline/index.ts'
import { Controls, Router } from './shell/index.ts'

// What the scripts define, the bar of the source and the first screen would be one long task.
await nextTask()
const desk = new Desk()
new Controls(desk)
await nextTask()
new Router(desk)
keepForOffline()
