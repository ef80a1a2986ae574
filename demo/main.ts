import '../src/view/index.ts'
import { Desk } from './desk/index.ts'
import { keepForOffline } from './offline/index.ts'
import { Controls, Router } from './shell/index.ts'

const desk = new Desk()
new Controls(desk)
new Router(desk)
keepForOffline()
