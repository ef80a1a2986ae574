// In place of next.config.mjs: a folder of files, put below a folder of its server.
export default { output: 'export', basePath: '/below' }
