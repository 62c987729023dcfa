/** What a value tells of somebody. */
export type Personal =
  | 'name'
  | 'given'
  | 'family'
  | 'email'
  | 'phone'
  | 'street'
  | 'city'
  | 'code'
  | 'text'
  | 'ip'

const GIVEN = [
  'Ada',
  'Bruno',
  'Chiara',
  'Dmitri',
  'Élodie',
  'Farid',
  'Greta',
  'Hiro',
  'Inès',
  'Jonas',
  'Kaya',
  'Lúcia',
]
const FAMILY = [
  'Ahlgren',
  'Bianchi',
  'Castro',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Grant',
  'Hoshino',
  'Ibrahim',
  'Jansen',
]
const CITIES = ['Amberford', 'Birkhaven', 'Castelmare', 'Dunhollow', 'Ellerby']

const at = (list: readonly string[], n: number): string => list[n % list.length]!

/** The nth invented value of a class, in the form of the original. */
export const FAKES: Readonly<Record<Personal, (n: number, original: string) => string>> = {
  name: n => `${at(GIVEN, n)} ${at(FAMILY, n + 3)}`,
  given: n => at(GIVEN, n),
  family: n => at(FAMILY, n),
  email: n => `person${n + 1}@example.com`,
  // Numbers that are given to nobody: 555-0100 to 555-0199.
  phone: n => `+1 202 555 ${String(100 + (n % 100)).padStart(4, '0')}`,
  street: n => `${n + 1} Sample Street`,
  city: n => at(CITIES, n),
  code: (n, original) => otherCharacters(original, n),
  text: n => `Text ${n + 1}`,
  ip: n => `192.0.2.${1 + (n % 254)}`,
}

/** Letters stay letters and digits digits, so that whatever reads the form still can. */
function otherCharacters(text: string, n: number): string {
  let turn = n + 1
  const next = (from: number, size: number) => {
    turn = (turn * 31 + 7) % 9973
    return String.fromCharCode(from + (turn % size))
  }
  return text
    .replaceAll(/[0-9]/g, () => next(48, 10))
    .replaceAll(/[a-z]/g, () => next(97, 26))
    .replaceAll(/[A-Z]/g, () => next(65, 26))
}
