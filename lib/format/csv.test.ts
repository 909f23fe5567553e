import { expect, test } from '@playwright/test'
import { csvRow } from './csv.ts'

test('cells with commas, quotes and line breaks are quoted, and quotes doubled', () => {
  expect(csvRow(['plain', 'a, b', 'say "no"', 'two\nlines', ''])).toBe('plain,"a, b","say ""no""","two\nlines",\r\n')
})

test('nothing that somebody named their goods is run as a formula', () => {
  const attacks = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x","y")']
  for (const attack of attacks) expect(csvRow([attack]).replace(/^"/, '')).toMatch(/^'/)
})

test('numbers are numbers, and a text with a sign inside is left alone', () => {
  expect(csvRow([-3, 12, 'a=b', '5 - 3'])).toBe('-3,12,a=b,5 - 3\r\n')
})
