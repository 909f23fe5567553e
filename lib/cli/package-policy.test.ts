import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { ACCEPTED, isCompatible, judge, licenceProblems } from './package-policy.mjs'

const TODAY = '2026-11-22'
const advisory = (id: string, severity: string) => ({
  name: 'left-pad',
  severity,
  title: 'pads right',
  url: `https://github.com/advisories/${id}`,
})
const report = (...via: unknown[]) => ({ vulnerabilities: { 'left-pad': { via }, other: { via: ['left-pad'] } } })

test('what is high or critical needs someone, what is less is said', () => {
  const judged = judge(report(advisory('GHSA-1', 'critical'), advisory('GHSA-2', 'low')), TODAY)
  expect(judged?.acting).toEqual(['critical: left-pad: pads right (GHSA-1)'])
  expect(judged?.said).toEqual(['low: left-pad: pads right (GHSA-2)'])
})

test('what was accepted is said with its reason, until its day is over', () => {
  const accepted = { 'GHSA-1': { reason: 'nothing is padded', until: TODAY } }
  const asked = report(advisory('GHSA-1', 'high'))
  expect(judge(asked, TODAY, accepted)?.acting).toEqual([])
  expect(judge(asked, TODAY, accepted)?.said[0]).toContain('nothing is padded')
  expect(judge(asked, '2026-11-23', accepted)?.acting).toHaveLength(1)
})

test('a registry that does not answer is no clean bill', () => {
  for (const answer of [undefined, null, {}, { message: '405 Method Not Allowed' }, { vulnerabilities: null }])
    expect(judge(answer, TODAY)).toBeUndefined()
  expect(judge({ vulnerabilities: {} }, TODAY)).toEqual({ acting: [], said: [] })
})

test('whatever is accepted says why and until when', () => {
  for (const { reason, until } of Object.values(ACCEPTED) as { reason: string; until: string }[]) {
    expect(reason.length).toBeGreaterThan(10)
    expect(until).toMatch(/^\d{4}-\d\d-\d\d$/)
  }
})

test('a licence must leave a way that goes with Apache-2.0', () => {
  for (const fine of [
    'MIT',
    '(MIT OR WTFPL)',
    'Apache-2.0 AND MIT',
    'MIT and ISC',
    '(BSD-2-Clause OR MIT OR Apache-2.0)',
  ])
    expect(isCompatible(fine), fine).toBe(true)
  for (const not of ['GPL-3.0', 'MIT AND GPL-3.0', 'LGPL-3.0-or-later', 'SEE LICENSE IN x', 'UNLICENSED'])
    expect(isCompatible(not), not).toBe(false)
})

test('every package that the server runs with is under such a licence, or its exception is written down', () => {
  const lockfile = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'))
  expect(licenceProblems(lockfile)).toEqual([])
  const foreign = { packages: { 'node_modules/x': { license: 'AGPL-3.0' }, 'node_modules/y': { dev: true } } }
  expect(licenceProblems(foreign)).toEqual(['x (AGPL-3.0)'])
})
