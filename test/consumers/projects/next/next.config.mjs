// `next dev` and `next start` as they come; the static export is put below a folder.
export default process.env.STATIC ? { output: 'export', basePath: '/below' } : {}
