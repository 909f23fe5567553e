const WAIT = 20_000

/** What is asked of the log: by nobody in particular, and never from this browser's own store, for the question is what the site holds now. Rejects where nothing answers. */
export const ask = (path: string) =>
  fetch(path, { credentials: 'omit', cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(WAIT) })
