import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { makeAccount, resetLink } from '../lib/auth/account.ts'
import { openAuth } from '../lib/auth/auth.ts'
import { closeLog } from '../lib/data/open-log.ts'
import { openBeside } from './accounts.fixture.ts'
import { callAction, Fields } from './actions.fixture.ts'
import { send } from './events.fixture.ts'
import { startServer } from './server.fixture.ts'

/** Recognisable wherever it turns up, in whatever encoding. */
const secret = (where: string) => `Qzk${where}Vxw`
const EMAIL = 'amal@relief.example'

test('nothing that opens anything is written to the server’s log, however much it is to say', async () => {
  const [password, wrong, another] = [secret('password'), secret('wrong'), secret('another')]
  const logKey = randomBytes(32).toString('base64')
  const settings = {
    SMTP_URL: `smtp://postman:${secret('smtp')}@127.0.0.1:1`,
    METRICS_TOKEN: secret('metricstoken'),
    LOG_KEY: logKey,
    LOG_LEVEL: 'trace',
  }
  const server = await startServer({ demo: false, settings })
  const { url, dataDir } = server
  const log = await openBeside(server)
  const auth = await openAuth({ publicUrl: url, log })
  const made = await makeAccount({ name: 'Amal Haddad', email: EMAIL, password }, auth)
  if (!made.ok) throw new Error(made.code)
  const secrets = [password, wrong, another, logKey, ...Object.values(settings).slice(0, 2), secret('smtp')]

  const program = (path: string, body: string) =>
    fetch(`${url}/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, authorization: `Bearer ${secret('bearer')}` },
      body,
    })
  secrets.push(secret('bearer'))
  expect((await program('/sign-in/email', JSON.stringify({ email: EMAIL, password: wrong }))).status).toBe(401)
  await program('/sign-in/email', `{"email":"${EMAIL}","password":"${wrong}`)
  await program('/sign-in/email', JSON.stringify({ email: [EMAIL], password: { $ne: wrong } }))
  const signedIn = await program('/sign-in/email', JSON.stringify({ email: EMAIL, password }))
  expect(signedIn.status).toBe(200)
  const cookie = signedIn.headers.getSetCookie().join().split(';')[0] ?? ''
  secrets.push(decodeURIComponent(cookie).split('=')[1]?.split('.')[0] ?? '')

  const form = (fields: Record<string, string>) => [{}, new Fields(fields)]
  const act = (name: string, args: readonly unknown[]) => callAction(url, `app/(workspace)/${name}`, { args, cookie })
  await act('sign-in/actions.ts#signIn', form({ email: EMAIL, password: wrong, next: '' }))
  await act('account/actions.ts#changePassword', form({ as: '', current: wrong, password: another }))
  await act('sign-in/actions.ts#signIn', [wrong, { password: wrong }])
  // The mail server is not there, so that the letter with its link cannot be sent.
  await act('reset-password/actions.ts#askReset', form({ email: EMAIL })).catch(() => undefined)
  const token = (await resetLink(made.value, log)).link.split('/').at(-1) ?? ''
  secrets.push(token)
  expect((await fetch(`${url}/reset-password/${token}`)).status).toBe(200)
  await act('reset-password/[token]/actions.ts#setPassword', form({ token, password: 'short' }))
  await act('reset-password/[token]/actions.ts#setPassword', form({ token, password: another }))
  const invitation = `${secret('invitation')}${'A'.repeat(12)}`
  secrets.push(secret('invitation'))
  await fetch(`${url}/join/${invitation}`)
  await act('join/[token]/actions.ts#join', form({ token: invitation }))

  for (const authorization of [`Bearer ${secret('metricstoken')}`, `Bearer ${wrong}`])
    await fetch(`${url}/metrics`, { headers: { authorization } })
  await send(
    url,
    { event: 'x', openings: { remark: { salt: secret('salt'), value: secret('value') } } },
    {
      'first-run-code': secret('code'),
      cookie,
    },
  )
  secrets.push(secret('salt'), secret('value'), secret('code'))
  await fetch(`${url}/none?password=${wrong}`, { headers: { cookie } })
  await closeLog(log)

  const kept = ['auth.secret'].map(name => readFileSync(join(dataDir, name), 'utf8').trim())
  const written = server.output()
  expect(written.length, 'there is something to look at').toBeGreaterThan(100)
  const found = [...secrets, ...kept].filter(each => each.length > 8 && written.includes(each))
  expect(found).toEqual([])
  expect(written, 'nor who tried').not.toContain(EMAIL)
  await server.end()
})

test('a setting that cannot be used is named, not shown', async () => {
  const bad = {
    LOG_KEY: secret('logkey'),
    SMTP_URL: `http://postman:${secret('smtp')}@mail.example`,
    METRICS_TOKEN: `${secret('m')} with blanks`,
  }
  for (const [name, value] of Object.entries(bad)) {
    const said = await startServer({ settings: { [name]: value } }).then(
      async server => {
        await server.end()
        return 'it started'
      },
      (error: Error) => error.message,
    )
    expect(said, name).toContain(`${name} is ${value.length} characters (not shown)`)
    expect(said).not.toContain('Qzk')
  }
})
