/**
 * The compiled worklet's script. The build of the published library puts it here, for pages that cannot
 * fetch the file beside the library; run from the sources there is always a server that has the file.
 */
export const workletSource: string | null = null
