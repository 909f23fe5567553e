import { CARRIER, DONOR, join, memberOf, pack, release, UNKNOWN } from './acts.fixture.ts'
import {
  enrol,
  found,
  nonceOf,
  OPERATOR,
  ORIGIN,
  RECOVERY,
  readText,
  register,
  revoke,
  timeAfter,
} from './story.fixture.ts'

import { fresh, type History, NOBODY, party, send } from './telling.fixture.ts'
export const founding: History = {
  name: 'a log is founded',
  play: story => {
    send(story, register('operator'))
    send(story, found({ origin: 'log.example/other' }))
    send(story, found({ operator: DONOR.party }))
    send(story, found(), { sound: false })
    send(story, { ...found(), after: UNKNOWN })
    send(story, found())
    send(story, enrol(OPERATOR, { by: OPERATOR }))
    send(story, register('operator'))
    send(story, enrol(RECOVERY, { by: OPERATOR, held: 'paper' }))
    send(story, enrol(OPERATOR, { by: OPERATOR }))
    send(story, enrol(RECOVERY, { by: OPERATOR }))
    send(story, enrol(RECOVERY, { by: OPERATOR, held: 'paper' }))
    send(story, { ...found(), after: '' })
  },
}

export const parties: History = {
  name: 'four parties join',
  continues: founding.name,
  play: story => {
    for (const name of ['donor', 'carrier', 'hospital', 'stranger'] as const) join(story, name)
  },
}

export const partyRules: History = {
  name: 'who registers, renames and suspends',
  continues: parties.name,
  play: story => {
    const stale = story.head(`party/${DONOR.party}`)
    send(story, register('new', { by: DONOR }))
    send(story, { ...register('new'), body: { nonce: nonceOf('else'), type: 'person', named: 'public' } })
    send(story, { ...register('donor'), after: '' })
    send(story, party(NOBODY, 'suspend'))
    send(story, party(DONOR, 'update', { by: DONOR }))
    send(story, party(DONOR, 'update', { by: DONOR, after: stale }))
    send(story, party(DONOR, 'update', { by: DONOR, after: UNKNOWN }))
    send(story, party(DONOR, 'update', { by: memberOf(DONOR) }))
    send(story, party(DONOR, 'update', { by: CARRIER }))
    send(story, party(OPERATOR, 'suspend'))
    send(story, party(DONOR, 'resume'))
    send(story, party(DONOR, 'suspend'))
    send(story, party(DONOR, 'suspend'))
    send(story, pack())
    send(story, enrol(fresh(DONOR, 'rescue')))
    send(story, revoke(DONOR, OPERATOR, { reason: 'stolen' }))
    send(story, revoke(memberOf(DONOR), RECOVERY))
    send(story, party(DONOR, 'resume'))
    send(story, pack({ by: fresh(DONOR, 'rescue') }))
    send(story, release(fresh(DONOR, 'rescue'), CARRIER, [{ quantity: '5' }]))
  },
}

export const keyRules: History = {
  name: 'keys are enrolled, expire and are revoked',
  continues: parties.name,
  play: story => {
    const member = memberOf(DONOR)
    const short = fresh(DONOR, 'short')
    send(story, enrol(fresh(DONOR, 'a')))
    send(story, enrol(fresh(DONOR, 'a'), { by: member }))
    send(story, enrol(fresh(DONOR, 'a'), { by: CARRIER }))
    send(story, enrol(NOBODY))
    send(story, enrol(fresh(DONOR, 'a'), { by: DONOR }), { sound: false })
    send(story, enrol(fresh(DONOR, 'a'), { by: DONOR }), { proven: false })
    send(story, { ...enrol(fresh(DONOR, 'a'), { by: DONOR }), subject: `key/${UNKNOWN.slice(0, 32)}` })
    send(story, enrol(fresh(DONOR, 'server'), { by: DONOR, held: 'server' }))
    send(story, enrol(short, { by: DONOR, role: 'member', until: timeAfter(3) }))
    send(story, enrol(member, { by: DONOR }))
    send(story, enrol({ ...member, party: CARRIER.party }, { by: CARRIER, after: '' }))
    send(story, revoke(member, CARRIER))
    send(story, revoke(member, OPERATOR))
    send(story, revoke(NOBODY, DONOR))
    send(story, revoke(member, DONOR, { reason: 'stolen', from: String(story.size) }))
    send(story, revoke(member, DONOR, { reason: 'stolen', from: '9' }))
    send(story, revoke(member, DONOR))
    send(story, pack({ by: member }))
    send(story, pack({ by: fresh(DONOR, 'never') }))
    send(story, pack({ by: { ...DONOR, key: CARRIER.key } }))
    send(story, pack({ by: RECOVERY }))
    send(story, pack({ by: fresh(DONOR, 'server'), name: 'server' }))
    story.now = Date.parse(timeAfter(3))
    send(story, pack({ by: short, name: 'in time', at: timeAfter(2) }))
    send(story, pack({ by: short, name: 'too late', at: timeAfter(3) }))
    story.now = Date.parse(timeAfter(6))
    send(story, pack({ by: short, name: 'too late', at: timeAfter(2) }))
    story.send(readText(story.sign(pack({ name: 'elsewhere' })).text.replace(ORIGIN, 'log.example/other')))
    send(story, revoke(DONOR, DONOR))
    send(story, enrol(fresh(DONOR, 'anew')))
  },
}
