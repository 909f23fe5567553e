import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** What cannot be used at all: exit 2, with this sentence. */
export class Unusable extends Error {}

/** Paths are meant from where the person typed them; npm runs us in the project's folder. `-` is standard input. */
export function readBytes(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path === '-' ? 0 : resolve(process.env.INIT_CWD ?? '.', path)))
  } catch (error) {
    throw new Unusable(`${path} cannot be read: ${(error as Error).message}`)
  }
}

/** Text of a file, for what is text by its format. */
export function readText(path: string): string {
  return Buffer.from(readBytes(path)).toString('utf8')
}

/** What a file brings may hold anything, escape sequences of the terminal included. */
export function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '\ufffd')
}
