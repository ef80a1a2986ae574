import { app, BrowserWindow } from 'electron'

await app.whenReady()
await new BrowserWindow().loadURL(process.env.PAGE)
