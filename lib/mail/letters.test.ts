import { expect, test } from '@playwright/test'
import { LOCALES } from '../messages/locale.ts'
import { type AccountLetter, composeLetter } from './letters.ts'

const link = 'https://relief.example/join/aaaaaaaaaaaaaaaaaaaaaaaaaaa'
const [at, until] = [Date.UTC(2026, 10, 22, 8, 30), Date.UTC(2026, 10, 29, 8, 30)]
const LETTERS: readonly AccountLetter[] = [
  { kind: 'invitation', inviter: 'Amal Haddad', party: 'Harbour Relief', role: 'viewer', link, until },
  { kind: 'reset', name: 'Sami', by: 'Amal Haddad', link, until },
  { kind: 'resetAsked', name: 'Sami', link, until },
  ...[0, 1, 2, 3, 11].map(passkeys => ({ kind: 'passwordChanged', name: 'Sami', at, passkeys }) as const),
  { kind: 'passkeyAdded', name: 'Sami', at, passkey: 'Work laptop' },
  { kind: 'passkeyRemoved', name: 'Sami', at },
]

test('every letter is whole in every language, as plain text and as HTML', async () => {
  for (const locale of LOCALES)
    for (const letter of LETTERS) {
      const { subject, text, html = '' } = await composeLetter({ to: 'sami@relief.example', locale, id: '1', letter })
      const what = `${locale} ${letter.kind}`
      expect(subject.trim(), what).not.toBe('')
      expect(subject + text, what).not.toMatch(/mail\.|[{}]|undefined|NaN/)
      expect(html, what).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`)
      // On a line of its own: some programs take what follows a blank for the address's end, others do not.
      if ('link' in letter) expect(text.split('\n'), what).toContain(link)
      expect(html.includes(`href="${link}"`), what).toBe('link' in letter)
      for (const time of [at, until])
        if (Object.values(letter).includes(time)) expect(text, what).toMatch(time === at ? /22.*2026/ : /29.*2026/)
    }
})

test('a language that is none of ours is answered in English', async () => {
  for (const locale of [undefined, 'xx', '../../env']) {
    const { subject } = await composeLetter({
      to: 'a@relief.example',
      locale,
      id: '1',
      letter: LETTERS[2] as AccountLetter,
    })
    expect(subject).toBe('Set a new password')
  }
})

test('what people are called stays text, whatever it is made of', async () => {
  const name = '<img src=x onerror=alert(1)> {link} \'" &amp;'
  const letter = { kind: 'invitation', inviter: name, party: name, role: 'admin', link, until } as const
  const { text, html = '' } = await composeLetter({ to: 'a@relief.example', locale: 'en', id: '1', letter })
  expect(text).toContain(`\u2068${name}\u2069 invites you to join \u2068${name}\u2069`)
  expect(html).not.toContain('<img')
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; {link} &#39;&quot; &amp;amp;')
})
