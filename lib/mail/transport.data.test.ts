import { expect, test } from '@playwright/test'
import { type Smtp, startSmtp } from './smtp.fixture.ts'
import { type Letter, openPost, sendLetter } from './transport.ts'

const LETTER: Letter = {
  to: 'sami@relief.example',
  subject: 'You are invited — أهلاً',
  text: 'Open this:\nhttps://relief.example/join/x\n',
  html: '<p dir="rtl" lang="ar">أهلاً</p>',
  id: 'invitation-1',
}
const postTo = ({ url }: Smtp) =>
  openPost({ smtpUrl: url, mailFrom: 'Relief Log <log@relief.example>', host: 'relief.example' })

test('a letter arrives with its subject, text and HTML, and the same letter has the same Message-ID', async () => {
  const smtp = await startSmtp()
  const post = postTo(smtp)
  expect(await post.send(LETTER)).toEqual({ ok: true })
  expect(await post.send(LETTER)).toEqual({ ok: true })
  expect(await post.send({ ...LETTER, id: 'of/another shape' })).toEqual({ ok: true })
  const [first, second, third] = smtp.letters()
  const { to, subject, html, id } = LETTER
  expect(first).toMatchObject({
    from: 'log@relief.example',
    to: [to],
    subject,
    html: `${html}`,
    id: `${id}@relief.example`,
  })
  expect(first?.text.replaceAll('\r\n', '\n')).toBe(LETTER.text.trim())
  expect(first?.raw).toContain('From: Relief Log <log@relief.example>')
  expect(first?.raw).toContain('Auto-Submitted: auto-generated')
  expect(second?.id).toBe(first?.id)
  expect(third?.id).toMatch(/^[0-9a-f]{64}@relief\.example$/)
  post.close()
  await smtp.stop()
})

test('nothing that was typed adds a header, a recipient or a second letter', async () => {
  const smtp = await startSmtp()
  const post = postTo(smtp)
  const subject = 'Join Relief\r\nBcc: all@relief.example\r\n\r\nBuy this\u202e\u2028now'
  expect(
    await post.send({ ...LETTER, subject, text: '.\r\nMAIL FROM:<x@evil.example>\r\nBcc: y@evil.example' }),
  ).toEqual({
    ok: true,
  })
  for (const to of [
    'sami@relief.example, all@relief.example',
    'sami@relief.example\r\nBcc: all@relief.example',
    'sami@relief.example>\r\nRCPT TO:<all@relief.example',
    'Sami <sami@relief.example>',
    'group: sami@relief.example;',
    '',
  ])
    expect(await post.send({ ...LETTER, to })).toEqual({ ok: false, code: 'mail-refused', detail: 'not an address' })
  const [letter] = smtp.letters()
  expect(smtp.letters()).toHaveLength(1)
  expect(letter?.to).toEqual([LETTER.to])
  expect(letter?.raw.slice(0, letter.raw.indexOf('\r\n\r\n'))).not.toMatch(/^Bcc/im)
  expect(letter?.subject).toBe('Join Relief Bcc: all@relief.example Buy this now')
  post.close()
  await smtp.stop()
})

test('what the server will never take, what it may take later, and that it is down, are told apart', async () => {
  const smtp = await startSmtp()
  const post = postTo(smtp)
  smtp.refuse(550)
  expect(await post.send(LETTER)).toEqual({ ok: false, code: 'mail-refused', detail: 'EENVELOPE 550' })
  smtp.refuse(451)
  expect(await post.send(LETTER)).toEqual({ ok: false, code: 'mail-unreachable', detail: 'EENVELOPE 451' })
  smtp.refuse(530)
  expect(await post.send(LETTER)).toMatchObject({ ok: false, code: 'mail-unreachable' })
  await smtp.stop()
  expect(await post.send(LETTER)).toMatchObject({ ok: false, code: 'mail-unreachable' })
  smtp.accept()
  await smtp.start()
  expect(await post.send(LETTER)).toEqual({ ok: true })
  post.close()
  await smtp.stop()
})

test('a user and a password let in, a wrong password is worth another try and stands in no answer', async () => {
  const smtp = await startSmtp({ name: 'relief', password: 'p@ss word' })
  const right = postTo(smtp)
  expect(await right.send(LETTER)).toEqual({ ok: true })
  const wrong = openPost({
    smtpUrl: smtp.url.replace('p%40ss', 'hunter2'),
    mailFrom: 'log@relief.example',
    host: 'relief.example',
  })
  const answered = await wrong.send(LETTER)
  expect(answered).toEqual({ ok: false, code: 'mail-unreachable', detail: 'EAUTH 535' })
  expect(JSON.stringify(answered)).not.toContain('hunter2')
  right.close()
  wrong.close()
  await smtp.stop()
})

test('without SMTP_URL no letter is sent, and that is said', async () => {
  expect(await sendLetter(LETTER)).toEqual({ ok: false, code: 'mail-off', detail: 'SMTP_URL is not set' })
})
