import '../src/view/index.ts'
import { keepForOffline } from './offline/register.ts'
import { Controls } from './shell/controls.ts'
import { Desk } from './shell/desk.ts'
import { Router } from './shell/router.ts'

const desk = new Desk()
new Controls(desk)
new Router(desk)
keepForOffline()
