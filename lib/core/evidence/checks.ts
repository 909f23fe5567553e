import type { Check, CheckCode, CheckName, NotRunCode } from './report.ts'

type More = Pick<Check, 'leaf' | 'facts'>

/** The name says what passed, and readers have words for it; the facts say how much. */
export function passed(name: CheckName, more: More = {}): Check {
  return { name, outcome: 'pass', code: 'ok', detail: '', ...more }
}

export function failed(
  name: CheckName,
  code: Exclude<CheckCode, 'ok' | NotRunCode>,
  detail: string,
  more: More = {},
): Check {
  return { name, outcome: 'fail', code, detail, ...more }
}

/** Nothing went wrong, so there is no detail: the code says why, and every reader has words for it. */
export function notRun(name: CheckName, code: NotRunCode, more: More = {}): Check {
  return { name, outcome: 'not-run', code, detail: '', ...more }
}
