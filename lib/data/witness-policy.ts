import { readFileSync } from 'node:fs'
import { formatPolicy, type Policy, parsePolicy } from '../core/ledger/policy.ts'
import { formatVkey } from '../core/ledger/vkey.ts'
import type { LogSettings, Signer } from './log-state.ts'
import type { Witnessing } from './witness-state.ts'

/** The witnesses of this log's policy; undefined where none is set. Throws, with what to change, where the file cannot be used or is of another log. */
export function openWitnessing(settings: LogSettings, signer: Signer): Witnessing | undefined {
  const { witnessPolicy: path } = settings
  if (path === undefined) return undefined
  const policy = readPolicy(path)
  if (!policy.logs.some(({ key }) => formatVkey(key) === signer.vkey)) {
    throw new Error(`WITNESS_POLICY: ${path} has no line for this log. It is to hold:\nlog ${signer.vkey}`)
  }
  const asked = policy.witnesses.flatMap(witness => {
    const { url, key } = witness
    if (url === undefined) return []
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
      throw new Error(`WITNESS_POLICY: ${path}: the address of ${witness.name} is ${url}; expected http:// or https://`)
    }
    return { ...witness, vkey: formatVkey(key), url: url.replace(/\/+$/, ''), running: undefined, again: false }
  })
  return { policy, asked, abort: new AbortController(), first: undefined, timer: undefined }
}

/** Whom to trust for the log of `vkey`, as a tlog-policy file: its key with the address `url`, and who is to witness it. */
export function policyText(args: { vkey: string; url: string; policy: Policy | undefined }): string {
  const { vkey, url, policy } = args
  if (!policy) return `log ${vkey} ${url}\nquorum none\n`
  const logs = policy.logs.filter(({ key }) => formatVkey(key) === vkey).map(({ key }) => ({ key, url }))
  return formatPolicy({ ...policy, logs })
}

/** The policy in a file. Throws, with what is wrong, where it is none. */
export function readPolicy(path: string): Policy {
  const policy = parsePolicy(readFileSync(path, 'utf8'))
  if (!policy.ok) throw new Error(`WITNESS_POLICY: ${path}: ${policy.code}: ${policy.detail}`)
  return policy.value
}
