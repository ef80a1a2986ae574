// The audio thread's end of the frame channel.
export { arraysInFlight, type FrameEnd, recordLength } from '../layout.ts'
export { Outlet } from './outlet.ts'
