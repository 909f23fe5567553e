/**
 * Plain words on stderr for whoever looks at the server's own output: what must be seen although nobody reads the log lines. Those go to
 * stdout (logger.ts), so that both can be read apart.
 */
export function shout(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** {@link shout} between two rules. */
export function banner(text: string): void {
  const line = '='.repeat(78)
  shout(`${line}\n${text}\n${line}`)
}
