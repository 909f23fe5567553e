/** Opens the log before the first request. Compiled for the edge too, where there is none to open: hence the import inside. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: set by Next itself, not by who runs it
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startOrEnd } = await import('./lib/data/start.ts')
  await startOrEnd()
}
