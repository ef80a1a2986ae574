import '../src/view/index.ts'
import { nextTask } from '../src/next-task.ts'
import { Desk } from './desk/index.ts'
import { keepForOffline } from './offline/index.ts'
import { Controls, Router } from './shell/index.ts'

const desk = new Desk()
new Controls(desk)
// What the scripts define and what the first screen asks for would be one long task.
await nextTask()
new Router(desk)
keepForOffline()
