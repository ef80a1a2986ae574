/** The list of an archive's examples, as `npm run train` reads it. */
export const MANIFEST = 'manifest.csv'
