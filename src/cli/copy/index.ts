export { copyFiles } from './copy.ts'
