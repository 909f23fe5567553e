/** Says how far a long work is: a bar on a terminal, a line every five per cent elsewhere. On stderr: stdout is for what came of it. */
export interface Progress {
  /** `done` of the total, at least as many as last time. */
  at(done: number): void
  /** Leaves the line of the bar. */
  end(): void
}

export function startProgress({ title, total }: { title: string; total: number }): Progress {
  const { stderr } = process
  const since = Date.now()
  const count = (value: number) => value.toLocaleString('en')
  let shown = -1
  return {
    at(done) {
      const percent = total === 0 ? 100 : Math.floor((done * 100) / total)
      const step = stderr.isTTY ? percent : percent - (percent % 5)
      if (step === shown) return
      shown = step
      const seconds = ((Date.now() - since) / 1000).toFixed(0)
      const words = `${title} ${count(done)} of ${count(total)}, ${seconds} s`
      if (!stderr.isTTY) return void stderr.write(`${String(step).padStart(3)} %  ${words}\n`)
      const filled = Math.floor(percent / 4)
      stderr.write(`\r[${'#'.repeat(filled)}${' '.repeat(25 - filled)}] ${words}  `)
    },
    end() {
      if (stderr.isTTY) stderr.write('\n')
    },
  }
}
