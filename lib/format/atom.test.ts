import { expect, test } from '@playwright/test'
import { formatAtom, tagUri } from './atom.ts'

const feed = {
  id: 'https://a.example/status/feed',
  title: 'Title',
  subtitle: 'What it is',
  language: 'en',
  author: 'a.example/log',
  self: 'https://a.example/status/feed',
  page: 'https://a.example/status',
  updated: 0,
  entries: [],
}

test('what a name says never becomes a part of the feed itself', () => {
  const text = formatAtom({ ...feed, title: `</title><entry>"&'`, author: 'a\u0000b\u001f\ud800c\ufffe' })
  expect(text).toContain('<title>&#60;/title&#62;&#60;entry&#62;&#34;&#38;&#39;</title>')
  expect(text).toContain('<name>a\ufffdb\ufffd\ufffdc\ufffd</name>')
  expect(text).not.toContain('<entry>')
})

test('a name for good is a tag of the host and the day on which it was given', () => {
  const at = Date.UTC(2026, 10, 22, 23, 59)
  expect(tagUri({ host: 'a.example', at, name: 'checkpoint/7' })).toBe('tag:a.example,2026-11-22:checkpoint/7')
})
