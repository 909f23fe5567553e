import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import type { Check } from '../lib/core/evidence/report.ts'
import { checkSentence } from '../lib/device/check-list.ts'
import type { Words } from '../lib/device/words.ts'

const LOCALES = ['en', 'ar', 'fr', 'es']
const wordsOf = (locale: string) =>
  JSON.parse(readFileSync(new URL(`../lib/messages/${locale}/checks.json`, import.meta.url), 'utf8')) as Words

const passed: Check = { name: 'complete', outcome: 'pass', code: 'ok', detail: '', facts: { at: 1, subjects: 9 } }
const confirmed: Check = { ...passed, facts: { ...passed.facts, by: 'witness.example' } }
const differs: Check = {
  name: 'complete',
  outcome: 'fail',
  code: 'map-count-differs',
  detail: 'consignment/52GKAG2H9R7: 7 by the index, 6 here',
  facts: { subject: 'consignment/52GKAG2H9R7', map: 7, file: 6 },
}
test('that nothing is left out is the operator’s word, until somebody who replayed the log confirms it, in every language', () => {
  for (const locale of LOCALES) {
    const words = wordsOf(locale)
    const [byOperator, byWitness] = [checkSentence(words, passed), checkSentence(words, confirmed)]
    expect(byWitness, locale).toContain('witness.example')
    expect(byOperator, locale).not.toBe(byWitness)
    for (const said of [byOperator, byWitness]) expect(said, locale).not.toMatch(/[{}]|checks\./)
  }
  expect(checkSentence(wordsOf('en'), passed)).toContain('That is the operator’s word; anyone can replay the log.')
})

test('what was left out is said with its numbers, in every language', () => {
  for (const locale of LOCALES) {
    const said = checkSentence(wordsOf(locale), differs)
    for (const part of ['7', '6', 'consignment/52GKAG2H9R7']) expect(said, locale).toContain(part)
    expect(said, locale).not.toMatch(/[{}]/)
  }
})
