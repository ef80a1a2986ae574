import { pageAccess, requireMicrophoneAccess } from './microphone-access.ts'

/** One microphone to choose from. */
export interface MicrophoneDevice {
  /** For openMicrophone(); differs from site to site. Empty until the microphone has been allowed once. */
  deviceId: string
  /** The system's name of it, or `Microphone 1`, `Microphone 2` … while the browser keeps names back. */
  label: string
}

/**
 * The microphones that the browser knows, the default one first. Never shows a permission prompt:
 * before the microphone has been allowed, browsers give one entry without id and name at most.
 * @throws LeafError `insecure-page`, `microphone-missing` where the browser has no microphones to give
 */
export async function listMicrophones(): Promise<MicrophoneDevice[]> {
  requireMicrophoneAccess(pageAccess())
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices
    .filter((device) => device.kind === 'audioinput')
    .map(({ deviceId, label }, index) => ({ deviceId, label: label || `Microphone ${index + 1}` }))
}

/**
 * Calls back with the new list whenever a device comes or goes.
 * @returns a function that ends it
 * @throws LeafError as listMicrophones()
 */
export function watchMicrophones(onChange: (devices: MicrophoneDevice[]) => void): () => void {
  requireMicrophoneAccess(pageAccess())
  const { mediaDevices } = navigator
  let watching = true
  const tell = async () => {
    const devices = await listMicrophones()
    if (watching) onChange(devices)
  }
  mediaDevices.addEventListener('devicechange', tell)
  return () => {
    watching = false
    mediaDevices.removeEventListener('devicechange', tell)
  }
}
