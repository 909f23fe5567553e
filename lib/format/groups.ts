/** Splits a long code into groups for reading aloud and comparing: a fingerprint's 26 characters in fours, a hash in eights. */
export function inGroups(text: string, size: number): readonly string[] {
  return text.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []
}
