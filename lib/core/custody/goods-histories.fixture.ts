import {
  adjust,
  CARRIER,
  CONSIGNMENT,
  correct,
  DONOR,
  distribute,
  HOSPITAL,
  memberOf,
  move,
  pack,
  receive,
  redirect,
  referenceOf,
  refuse,
  release,
  report,
  STRANGER,
  settle,
  settleEvent,
  subjectOf,
  UNKNOWN,
  withdraw,
  writeOff,
} from './acts.fixture.ts'
import { MAX_NOT_IN_EFFECT } from './decide.ts'
import { parties } from './log-histories.fixture.ts'
import { type Actor, enrol, hashOf, nonceOf, restate, revoke, timeAfter } from './story.fixture.ts'
import { again, at, because, CLAIM, fresh, type History, NOBODY, party, send } from './telling.fixture.ts'
export const handoffs: History = {
  name: 'goods are handed over, with differences',
  continues: parties.name,
  play: story => {
    const line = { id: '3', item: 'Soap', unit: 'box', quantity: '8' }
    send(story, release(DONOR, CARRIER, [{ quantity: '1' }]))
    send(story, { ...pack(), body: { lines: [line] } })
    send(story, pack({ by: CARRIER, subject: CONSIGNMENT }))
    send(story, pack({ lines: [{}, { id: '1' }] }))
    send(story, pack({ extra: { consignee: NOBODY.party } }))
    send(story, pack({ lines: [{ condition: 'damaged' }] }))
    send(
      story,
      pack({
        lines: [
          { donor: { named: 'public' }, lot: 'B1', expiry: '2027-06' },
          { item: 'Tent', quantity: '12', packSize: '4' },
        ],
        sealed: { 'donor/1': hashOf('name') },
      }),
    )
    send(story, pack({ after: '' }))
    send(story, { ...pack(), body: { lines: [line] } })
    send(story, { ...pack(), body: { lines: [line] } })
    send(story, { ...pack(), body: { lines: [{ ...line, id: '4' }], consignee: CARRIER.party } })
    send(story, { ...pack(), by: CARRIER, body: { lines: [{ ...line, id: '4' }] } })
    send(story, release(CARRIER, HOSPITAL, [{ quantity: '1' }]))
    send(story, release(DONOR, DONOR, [{ quantity: '1' }]))
    send(story, release(DONOR, NOBODY, [{ quantity: '1' }]))
    send(story, release(DONOR, { claim: hashOf('weak') }, [{ quantity: '1' }]), { sound: false })
    send(story, release(DONOR, CARRIER, [{ quantity: '101' }]))
    send(story, release(DONOR, CARRIER, [{ quantity: '1', line: '9' }]))
    send(story, release(DONOR, CARRIER, [{ quantity: '1' }, { quantity: '1' }]))
    const first = send(
      story,
      release(DONOR, { party: CARRIER.party, via: 'withheld' }, [{ quantity: '60' }, { line: '2', quantity: '12' }], {
        sealed: { via: hashOf('van') },
      }),
    )
    send(story, { ...pack(), body: { lines: [{ ...line, id: '4' }] } })
    send(story, receive(HOSPITAL, first.hash, [{ received: '60' }, { line: '2', received: '12' }]))
    send(story, receive(DONOR, first.hash, [{ received: '60' }, { line: '2', received: '12' }]))
    send(story, receive(CARRIER, first.hash, [{ received: '60' }]))
    send(story, receive(CARRIER, first.hash, [{ received: '61' }, { line: '2', received: '12' }]))
    send(story, receive(CARRIER, first.hash, [{ received: '60' }, { line: '2', received: '12' }], CLAIM))
    send(
      story,
      receive(CARRIER, first.hash, [{ received: '60' }, { line: '2', received: '12' }], {
        surplus: [{ line: '2', quantity: '999999999999', reason: 'extra' }],
      }),
    )
    send(
      story,
      receive(
        CARRIER,
        first.hash,
        [
          {
            received: '40',
            damaged: because('10', 'wet'),
            missing: because('6', 'stolen'),
            left: because('4', 'no-space'),
          },
          { line: '2', received: '12' },
        ],
        { surplus: [{ line: '3', quantity: '2', reason: 'miscounted' }] },
      ),
    )
    send(story, receive(CARRIER, first.hash, [{ received: '60' }, { line: '2', received: '12' }]))
    send(story, settle(CARRIER, first.hash, [{ lost: '1' }]))
    send(story, settle(DONOR, first.hash, [{ lost: '7' }]))
    send(story, settle(DONOR, first.hash, [{}]))
    send(story, settle(DONOR, UNKNOWN, [{ lost: '1' }]))
    send(story, settle(DONOR, first.hash, [{ lost: '4', found: '1' }]))
    const broken = send(story, release(CARRIER, HOSPITAL, [{ quantity: '10', condition: 'damaged' }]))
    send(story, receive(HOSPITAL, broken.hash, [{ condition: 'damaged', received: '9', damaged: because('1', 'wet') }]))
    send(story, receive(HOSPITAL, broken.hash, [{ condition: 'damaged', received: '10' }]))
    const back = send(story, release(CARRIER, DONOR, [{ quantity: '5' }]))
    send(story, refuse(DONOR, back.hash))
    const never = send(story, release(CARRIER, HOSPITAL, [{ quantity: '5' }]))
    send(story, withdraw(HOSPITAL, never.hash))
    send(story, withdraw(CARRIER, never.hash))
    send(story, withdraw(CARRIER, UNKNOWN))
    const open = send(story, release(CARRIER, { claim: hashOf('seed') }, [{ quantity: '7' }]))
    send(story, receive(STRANGER, open.hash, [{ received: '7' }]))
    send(story, receive(STRANGER, open.hash, [{ received: '7' }], CLAIM), { proven: false })
    send(story, receive(STRANGER, open.hash, [{ received: '7' }], CLAIM))
    send(story, party(STRANGER, 'suspend'))
    send(story, release(DONOR, STRANGER, [{ quantity: '1' }]))
  },
}

export const goods: History = {
  name: 'goods are counted, leave and move on',
  continues: parties.name,
  play: story => {
    const target = subjectOf(DONOR, 'two')
    send(story, pack())
    const way = send(story, release(DONOR, HOSPITAL, [{ quantity: '50' }]))
    send(story, receive(HOSPITAL, way.hash, [{ received: '45', damaged: because('5', 'temperature') }]))
    send(story, adjust(CARRIER, [{ change: '1' }]))
    send(story, adjust(HOSPITAL, [{ change: '-46' }]))
    send(story, adjust(HOSPITAL, [{ change: '600000000000' }, { change: '600000000000', condition: 'damaged' }]))
    send(story, adjust(HOSPITAL, [{ change: '-2' }, { change: '3', condition: 'damaged' }]))
    send(story, writeOff(HOSPITAL, [{ quantity: '8', condition: 'damaged' }]))
    send(story, distribute(DONOR, [{ quantity: '1' }]))
    send(story, distribute(HOSPITAL, [{ quantity: '40' }]))
    send(story, redirect(CARRIER, STRANGER))
    send(story, redirect(DONOR, HOSPITAL))
    send(story, redirect(HOSPITAL, CARRIER))
    send(story, move(DONOR, CONSIGNMENT, [{ quantity: '1' }]))
    const moved = send(story, move(DONOR, target, [{ quantity: '30' }]))
    const from = { event: moved.hash, line: '1' }
    const packs = (line: object, more: object = {}) =>
      send(story, pack({ name: 'two', lines: [{ quantity: '30', from, ...line }], ...more }))
    packs({ quantity: '31' })
    packs({ from: { ...from, event: UNKNOWN } })
    packs({}, { name: 'three' })
    packs({}, { by: CARRIER })
    send(
      story,
      pack({
        name: 'two',
        lines: [
          { quantity: '30', from },
          { quantity: '30', from },
        ],
      }),
    )
    packs({})
    send(story, pack({ name: 'four', lines: [{ from: { reported: subjectOf(CARRIER, 'told') } }] }))
    const [first] = story.consignment(referenceOf(CONSIGNMENT)).chain
    const hash = first?.recorded.hash ?? ''
    send(story, correct(DONOR, hash))
    send(story, correct(DONOR, hash, {}, { sealed: { vehicle: UNKNOWN } }))
    send(story, correct(CARRIER, hash, { at: timeAfter(1) }))
    send(
      story,
      correct(
        DONOR,
        hash,
        { lines: [{ id: '1', lot: 'B2', expiry: '2027-07' }], place: { country: 'KE' } },
        { sealed: { order: hashOf('order') } },
      ),
    )
  },
}

export const behind: History = {
  name: 'events are signed without seeing the newest record',
  continues: parties.name,
  play: story => {
    const first = send(story, pack())
    const member = memberOf(DONOR)
    const note = story.sign(release(member, CARRIER, [{ quantity: '50' }], { at: at() }))
    send(story, writeOff(DONOR, [{ quantity: '60' }]))
    const late = send(story, release(DONOR, CARRIER, [{ quantity: '50' }], { after: first.hash }))
    story.send(late)
    send(story, receive(CARRIER, late.hash, [{ received: '50' }], {}, { after: late.hash }))
    send(story, withdraw(DONOR, late.hash))
    send(story, receive(CARRIER, late.hash, [{ received: '50' }], {}, { after: UNKNOWN }))
    send(story, release(STRANGER, CARRIER, [{ quantity: '1' }], { after: first.hash }))
    send(story, { ...report({ by: DONOR }), subject: CONSIGNMENT, after: first.hash })
    send(story, settleEvent(STRANGER, late.hash))
    send(story, settleEvent(HOSPITAL, late.hash))
    send(story, settleEvent(DONOR, late.hash))
    send(story, correct(DONOR, late.hash, { at: timeAfter(1) }))
    send(story, revoke(member, DONOR))
    story.send(note)
    again(story, note, CARRIER)
    again(story, note, DONOR, {}, { signed: false })
    send(story, restate(note, DONOR))
    again(story, story.sign(restate(note, DONOR)), DONOR)
    again(story, late, DONOR)
    again(story, note, DONOR)
    again(story, note, DONOR)
    const open = send(story, release(DONOR, { claim: hashOf('seed') }, [{ quantity: '9' }]))
    const own = story.sign(release(DONOR, CARRIER, [{ quantity: '1' }], { at: at() }))
    again(story, own, memberOf(CARRIER), { by: memberOf(CARRIER) })
    again(story, own, DONOR)
    send(story, withdraw(DONOR, open.hash))
    send(story, receive(STRANGER, open.hash, [{ received: '9' }], CLAIM, { after: open.hash }))
    const wanted = release(DONOR, CARRIER, [{ quantity: '99' }], { after: first.hash })
    for (let i = 0; i < MAX_NOT_IN_EFFECT; i++) send(story, wanted)
  },
}

export const restated: History = {
  name: 'a note of a revoked key is restated in effect',
  continues: parties.name,
  play: story => {
    const short = fresh(DONOR, 'short')
    const paper = fresh(DONOR, 'paper')
    send(story, pack())
    send(story, enrol(short, { by: DONOR, role: 'member', until: timeAfter(2) }))
    send(story, enrol(paper, { by: DONOR, held: 'paper' }))
    const note = story.sign(release(short, CARRIER, [{ quantity: '50' }], { at: at() }))
    const never = story.sign(release(paper, CARRIER, [{ quantity: '5' }], { at: at() }))
    send(story, revoke(paper, DONOR))
    again(story, never, DONOR)
    story.now = Date.parse(timeAfter(6))
    story.send(note)
    again(story, note, DONOR)
    send(story, receive(CARRIER, note.hash, [{ received: '50' }], {}, { after: note.hash }))
  },
}

export const reported: History = {
  name: 'a history is reported',
  continues: parties.name,
  play: story => {
    const first = send(
      story,
      report({
        sealed: { vendor: hashOf('vendor') },
        extra: { nonce: nonceOf('told'), dates: { ordered: '2024-02-29' }, mode: 'air', to: 'ZM' },
      }),
    )
    const { subject } = first.event
    const more = (by: Actor, id: string) => ({
      by,
      subject,
      kind: 'report',
      body: { lines: [{ id, item: 'x', unit: 'kg', quantity: '5' }] },
    })
    send(story, more(DONOR, '2'))
    send(story, more(CARRIER, '1'))
    send(story, more(CARRIER, '2'))
    send(story, { ...more(CARRIER, '2'), after: first.hash })
    send(story, { ...release(CARRIER, DONOR, [{ quantity: '1' }]), subject })
    send(story, { ...release(CARRIER, DONOR, [{ quantity: '1' }]), subject, after: first.hash })
    send(story, { ...correct(CARRIER, first.hash, { lines: [{ id: '1', lot: 'L9' }] }), subject })
  },
}
