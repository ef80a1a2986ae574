import '../src/view/index.ts'
import { ListenScreen } from './listen/screen.ts'

new ListenScreen()
