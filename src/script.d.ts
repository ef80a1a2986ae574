// One of the package's scripts of other threads, which exports nothing: it is started by its address.
export {}
