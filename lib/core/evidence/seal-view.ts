import { formatJson, type Json, parseJson } from '../json.ts'
import { failed, notRun, passed } from './checks.ts'
import type { Check, Report } from './report.ts'
import { concluded } from './verify.ts'

/**
 * Adds the check `page-agrees`: the view that the server rendered its page from (`pageView`, canonical JSON as embedded) is the one derived from
 * verified leaves. A page that says anything else fails, whatever the evidence shows. Not run where there is no verified view.
 */
export function comparePage({ report, pageView }: { report: Report; pageView: string }): Report {
  const checks = [...report.checks, pageCheck(report, pageView)]
  if (report.unusable) return { ...report, checks }
  return { ...report, ...concluded(checks, report.founding?.index === true), checks }
}

function pageCheck({ view }: Report, pageView: string): Check {
  const name = 'page-agrees'
  if (!view) return notRun(name, 'no-view')
  const page = parseJson(pageView)
  if (!page.ok) return failed(name, 'page-differs', `the page's own view: ${page.detail}`)
  if (formatJson(view as unknown as Json) === pageView) return passed(name)
  const difference = firstDifference(page.value, view as unknown as Json, '')
  return failed(name, 'page-differs', `the page differs at ${difference}`, { facts: { at: difference } })
}

/** Path of the first member in which two JSON values differ, as `lines/0/item`. */
function firstDifference(page: Json | undefined, verified: Json | undefined, path: string): string {
  if (typeof page !== 'object' || typeof verified !== 'object') return path
  const [a, b] = [page, verified] as { readonly [member: string]: Json }[]
  for (const member of new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])) {
    const [left, right] = [a?.[member], b?.[member]]
    const isSame = left !== undefined && right !== undefined && formatJson(left) === formatJson(right)
    if (!isSame) return firstDifference(left, right, path === '' ? member : `${path}/${member}`)
  }
  return path
}
