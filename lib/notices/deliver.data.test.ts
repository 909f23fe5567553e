import { expect, test } from '@playwright/test'
import { addressNotices } from '../data/addressing.ts'
import { removeMember } from '../data/colleagues.ts'
import { QUIET, troublesOf } from '../data/deliveries.ts'
import { saveWishes, wishesOf } from '../data/notice-settings.ts'
import { inboxOf, markRead, unreadNotices } from '../data/notices.ts'
import { closeLog, openLog } from '../data/open-log.ts'
import { rememberLocale } from '../data/preferences.ts'
import { breakWrites } from '../data/tamper.fixture.ts'
import { deliverDue, tellWaiting } from './deliver.ts'
import { countOf, deliveriesIn, endPosts, MINUTE, noticingLog, outletOf, receipt, SITE } from './notices.fixture.ts'

const DAY = 24 * 60 * MINUTE

test.afterAll(endPosts)

test('an event that is not recorded tells nobody, and a notice that cannot be written keeps its event out', async () => {
  const { log, hand } = await noticingLog()
  const before = [await countOf(log, 'Leaf'), await countOf(log, 'Notice')]
  for (const [table, event] of [
    ['Head', 'UPDATE'],
    ['Notice', 'INSERT'],
  ] as const) {
    const mend = await breakWrites(log, { table, event })
    // The pack concerns nobody else; the release would be told.
    const tried = hand(`lost to ${table}`)
    await expect(tried).rejects.toThrow('storage')
    await mend()
  }
  const packed = 1
  expect([await countOf(log, 'Leaf'), await countOf(log, 'Notice')]).toEqual([(before[0] ?? 0) + packed, before[1]])
  await hand('kept')
  expect(await countOf(log, 'Notice')).toBe((before[1] ?? 0) + 1)
})

test('a notice goes to those who were members when it was made, as their role and they themselves have it', async () => {
  const { log, clock, smtp, member, recipient, hand, deliver } = await noticingLog()
  const party = recipient.party
  await member('Ana', 'admin', party)
  await member('Vera', 'viewer', party)
  const quiet = await member('Quito', 'member', party)
  const wishes = await wishesOf({ userId: quiet, party, role: 'member' }, log)
  expect(wishes.coming).toEqual({ mail: true, push: true })
  const less = { ...wishes, coming: { mail: false, push: false } }
  await saveWishes({ userId: quiet, party, role: 'member', wishes: less }, log)
  expect(await wishesOf({ userId: quiet, party, role: 'member' }, log)).toEqual(less)
  const gone = await member('Gone', 'member', party)
  await member('Giver', 'admin')
  clock.now += MINUTE
  const { reference } = await hand('one')
  clock.now += MINUTE
  await member('Late', 'admin', party)
  await removeMember({ party, userId: gone }, log)
  await deliver()
  expect(smtp.letters().map(({ to, subject }) => [to, subject])).toEqual([
    [['ana@example.org'], `Nordic Relief handed goods over to you · ${reference}`],
  ])
  const [letter] = smtp.letters()
  expect(letter?.text).toContain(`Tent one\u2069 · 40 tents · \u2068${reference}`)
  expect(letter?.text).toMatch(new RegExp(`${SITE}/consignments/\\w{11}/receive\\?as=${party}&release=[0-9a-f]{64}`))
  expect(letter?.text).toContain(`${SITE}/notices/settings?as=${party}`)
  expect(letter?.html).toContain('<html lang="en" dir="ltr">')
  await deliver()
  expect(smtp.letters()).toHaveLength(1)
})

test('whoever leaves, or wants it no longer, between the notice and the letter gets none', async () => {
  const { log, smtp, member, recipient, hand, deliver, clock } = await noticingLog()
  const party = recipient.party
  await smtp.stop()
  const leaver = await member('Leaver', 'member', party)
  const tired = await member('Tired', 'member', party)
  clock.now += MINUTE
  await hand('one')
  await deliver()
  await smtp.start()
  await removeMember({ party, userId: leaver }, log)
  const wishes = await wishesOf({ userId: tired, party, role: 'member' }, log)
  await saveWishes(
    { userId: tired, party, role: 'member', wishes: { ...wishes, coming: { mail: false, push: false } } },
    log,
  )
  clock.now += 10 * MINUTE
  await deliver()
  expect(smtp.letters()).toEqual([])
  expect(await deliveriesIn(log)).toEqual(Array(2).fill('coming mail: unwanted: mail-unreachable'))
})

test('a letter is in its reader’s language, right to left where that is read so', async () => {
  const { log, smtp, member, recipient, hand, deliver, clock } = await noticingLog()
  await rememberLocale(await member('Amal', 'admin', recipient.party), 'ar', log)
  clock.now += MINUTE
  await hand('one')
  await deliver()
  const [letter] = smtp.letters()
  expect(letter?.html).toContain('<html lang="ar" dir="rtl">')
  expect(letter?.subject).toMatch(/\p{Script=Arabic}/u)
  expect(letter?.text).toContain('Nordic Relief')
})

test('what happens soon after a letter comes together in the next, in order, with the way to each', async () => {
  const { smtp, member, recipient, hand, deliver, clock } = await noticingLog()
  await member('Ana', 'admin', recipient.party)
  clock.now += MINUTE
  await hand('first')
  await deliver()
  const later: string[] = []
  for (const name of ['second', 'third', 'fourth']) {
    clock.now += MINUTE
    later.push((await hand(name)).reference)
    await deliver()
  }
  expect(smtp.letters()).toHaveLength(1)
  clock.now += QUIET
  await deliver()
  expect(smtp.letters()).toHaveLength(2)
  const text = smtp.letters()[1]?.text ?? ''
  expect(smtp.letters()[1]?.subject).toBe('3 notices for Hilltop Hospital')
  const places = later.map(reference => text.indexOf(reference))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(places[0]).toBeGreaterThan(0)
  expect(text.match(/\/receive\?/g)).toHaveLength(3)
})

test('a mail server that is down for an hour loses nothing, and order is kept', async () => {
  const { log, smtp, member, recipient, hand, deliver, clock } = await noticingLog()
  const people = ['Ana', 'Ben', 'Cai', 'Dia', 'Eva', 'Fay']
  for (const name of people) await member(name, 'admin', recipient.party)
  clock.now += MINUTE
  await smtp.stop()
  const handed: string[] = []
  for (let minute = 0; minute < 60; minute++) {
    if (minute % 10 === 0) handed.push((await hand(`at ${minute}`)).reference)
    await deliver()
    clock.now += MINUTE
  }
  expect(smtp.letters()).toEqual([])
  await smtp.start()
  // The longest pause by then is half an hour and a bit; then what waited behind the first letter follows it.
  for (let minute = 0; minute < 90; minute++) {
    await deliver()
    clock.now += MINUTE
  }
  expect(new Set(await deliveriesIn(log))).toEqual(new Set(['coming mail: sent']))
  for (const name of people) {
    const theirs = smtp.letters().filter(({ to }) => to.includes(`${name.toLowerCase()}@example.org`))
    const text = theirs.map(letter => letter.text).join('\n')
    const places = handed.map(reference => text.indexOf(reference))
    expect(
      places.every(place => place >= 0),
      name,
    ).toBe(true)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(theirs.length).toBeLessThanOrEqual(3)
  }
  const ids = smtp.letters().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a letter that is refused for good is given up, named in the settings, and the inbox has it', async () => {
  const { log, smtp, member, recipient, hand, deliver, clock } = await noticingLog()
  const userId = await member('Ana', 'admin', recipient.party)
  clock.now += MINUTE
  smtp.refuse(550)
  await hand('one')
  await deliver()
  expect(await deliveriesIn(log)).toEqual(['coming mail: gave-up: mail-refused'])
  expect(await troublesOf(userId, log)).toMatchObject([
    { channel: 'mail', notices: 1, code: 'mail-refused', isGivenUp: true },
  ])
  const inbox = await inboxOf({ party: recipient.party, userId }, log)
  expect(inbox.notices[0]).toMatchObject({ kind: 'coming', isUnread: true, ask: { kind: 'receive' } })
  smtp.accept()
  clock.now += DAY
  await deliver()
  expect(smtp.letters()).toEqual([])
})

test('a mail server that never comes back is given up after five days, and not before', async () => {
  const { log, smtp, member, recipient, hand, deliver, clock } = await noticingLog()
  const userId = await member('Ana', 'admin', recipient.party)
  clock.now += MINUTE
  await hand('one')
  await smtp.stop()
  for (let hours = 0; hours < 5 * 24; hours += 4.9) {
    await deliver()
    expect((await troublesOf(userId, log))[0]).toMatchObject({ code: 'mail-unreachable', isGivenUp: false })
    clock.now += 4.9 * 60 * MINUTE
  }
  await deliver()
  expect(await deliveriesIn(log)).toEqual(['coming mail: gave-up: mail-unreachable'])
  await smtp.start()
})

test('two processes that deliver at once send everything once', async () => {
  const { log, settings, smtp, member, recipient, hand, clock, outlet } = await noticingLog()
  for (let n = 0; n < 25; n++) await member(`Member${n}`, 'member', recipient.party)
  clock.now += MINUTE
  await hand('one')
  const other = await openLog({ ...settings, clock: () => clock.now })
  expect(await Promise.all([addressNotices(log, ['mail']), addressNotices(other, ['mail'])])).toContain(0)
  await Promise.all([deliverDue(outlet), deliverDue(outletOf(other, smtp.url)), deliverDue(outlet)])
  await closeLog(other)
  expect(
    smtp
      .letters()
      .map(({ to }) => to[0])
      .sort(),
  ).toEqual(Array.from({ length: 25 }, (_, n) => `member${n}@example.org`).sort())
  expect(new Set(await deliveriesIn(log))).toEqual(new Set(['coming mail: sent']))
})

test('a release that nobody signs for is told to both sides after three days and after seven, and no more once it is answered', async () => {
  const { log, live, donor, recipient, hand, outlet, clock } = await noticingLog()
  const told = async () => {
    await tellWaiting(outlet)
    const waiting = await log.prisma.notice.findMany({ where: { kind: 'waits' } })
    return waiting.map(({ party }) => (party === donor.party ? 'giver' : 'taker')).sort()
  }
  const one = await hand('one')
  expect(await told()).toEqual([])
  clock.now += 3 * DAY
  await hand('two')
  expect(await told()).toEqual(['giver', 'taker'])
  expect(await told()).toEqual(['giver', 'taker'])
  clock.now += 4 * DAY
  await receipt(live, recipient, one)
  expect(await told()).toEqual(['giver', 'giver', 'taker', 'taker'])
  clock.now += 40 * DAY
  expect(await told()).toHaveLength(6)
})

test('the inbox is the party’s, newest first and in pages; what is unread is each member’s own', async () => {
  const { log, live, donor, recipient, member, hand, clock } = await noticingLog()
  const party = donor.party
  const early = await member('Early', 'viewer')
  clock.now += MINUTE
  for (let n = 0; n < 30; n++) {
    await receipt(live, recipient, await hand(`number ${n}`), n === 29 ? 38 : 40)
    clock.now += MINUTE
  }
  const late = await member('Late', 'viewer')
  const first = await inboxOf({ party, userId: early }, log)
  // The consignment had no consignee: a receipt with less than all of it differs.
  expect(first.notices[0]).toMatchObject({
    kind: 'differs',
    ask: { kind: 'settle' },
    goods: { item: 'Tent number 29' },
  })
  expect(first.notices).toHaveLength(25)
  const second = await inboxOf({ party, userId: early, before: first.older }, log)
  const all = [...first.notices, ...second.notices]
  // Its own key was enrolled by the operator before anybody was a member.
  expect(all.map(({ kind }) => kind)).toEqual(['differs', ...Array(29).fill('received'), 'key-enrolled'])
  expect(all.filter(({ isUnread }) => isUnread)).toHaveLength(30)
  expect(second.older).toBeUndefined()
  expect(await unreadNotices({ party, userId: early }, log)).toBe(30)
  expect(await unreadNotices({ party, userId: late }, log)).toBe(0)
  await markRead({ party, userId: early, until: first.notices[2]?.at ?? 0 }, log)
  expect(await unreadNotices({ party, userId: early }, log)).toBe(2)
  await markRead({ party, userId: early, until: 5 }, log)
  expect(await unreadNotices({ party, userId: early }, log)).toBe(2)
})
