/** One line of a server's log. */
export type LogLine = Readonly<Record<string, unknown>> & {
  readonly level: string
  readonly room: string
  readonly msg: string
}

/** The log lines in what a server has written: everything that begins like one must be one. */
export function logLines(output: string): LogLine[] {
  return output
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as LogLine)
}

/** Values of `/metrics` by name and labels, such as `throughline_refusals_total{code="queue-full"}`. */
export async function metricsOf(url: string, token: string): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  const samples = (await answer.text()).split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return new Map(samples.map(line => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]))
}

/** Sum over all labels of a metric. */
export function sumOf(metrics: ReadonlyMap<string, number>, name: string): number {
  return [...metrics].reduce((sum, [key, value]) => (key === name || key.startsWith(`${name}{`) ? sum + value : sum), 0)
}
