import type { Instrumentation } from 'next'

/** Puts the door in front, and opens the log before the first request. Compiled for the edge too, where there is none to open: hence the import inside. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: set by Next itself, not by who runs it
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { openDoor } = await import('./lib/door/door.ts')
  openDoor()
  const { startOrEnd } = await import('./lib/data/start.ts')
  await startOrEnd()
  const { startNotices } = await import('./lib/notices/start.ts')
  await startNotices()
}

/** What a page, a route or an action threw. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, { routePath, routeType }) => {
  // biome-ignore lint/style/noProcessEnv: set by Next itself, not by who runs it
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { logRequestError } = await import('./lib/monitor/request-error.ts')
  logRequestError({ error, request, routePath, routeType })
}
