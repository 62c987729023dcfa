/** Invented goods, people and places. Every e-mail address ends in example.com, which nobody can own (RFC 2606). */
export interface Article {
  product: number
  variant: number
  inventoryItem: number
  sku: string
  title: string
  variantTitle: string | null
  vendor: string
  /** In hundredths of the shop's currency unit. */
  price: number
  grams: number
}

const article = (
  index: number,
  row: [sku: string, title: string, variant: string | null, price: number, grams: number],
): Article => ({
  product: 8_100_000_000 + index,
  variant: 44_100_000_000 + index,
  inventoryItem: 46_200_000_000 + index,
  sku: row[0],
  title: row[1],
  variantTitle: row[2],
  vendor: index % 2 ? 'Fjordline' : 'Acme Outdoor',
  price: row[3],
  grams: row[4],
})

const ROWS: [string, string, string | null, number, number][] = [
  ['TENT-2P-GRN', 'Ridge Tent 2P', 'Green', 24_900, 2_100],
  ['TENT-4P-ORA', 'Ridge Tent 4P', 'Orange', 38_995, 3_900],
  ['BAG-45-BLK', 'Trail Backpack 45 l', 'Black', 11_950, 1_350],
  ['BAG-65-BLU', 'Trail Backpack 65 l', 'Blue', 15_999, 1_720],
  ['STOVE-TI', 'Titanium Stove', null, 6_495, 95],
  ['POT-09', 'Pot 0.9 l', null, 3_250, 180],
  ['SOCK-M-GRY', 'Merino Socks', 'M / Grey', 1_899, 60],
  ['SOCK-L-GRY', 'Merino Socks', 'L / Grey', 1_899, 65],
  ['LAMP-300', 'Head Lamp 300 lm', null, 4_305, 88],
  ['ROPE-60', 'Dynamic Rope 60 m', '9.5 mm', 17_933, 3_700],
  ['PEG-10', 'Tent Pegs (10)', null, 1_233, 210],
  ['MAP-ALPS', 'Map: Western Alps', '1:50 000', 1_490, 110],
]

export const ARTICLES: readonly Article[] = ROWS.map((row, index) => article(index + 1, row))

export const GIVEN_NAMES = [
  'Ada',
  'Björn',
  'Chloé',
  'Dmitri',
  'Elif',
  'Fatou',
  'Grace',
  'Hiro',
  'Inés',
  'Jürgen',
]
export const FAMILY_NAMES = [
  'Almeida',
  'Brandt',
  "O'Connor",
  'Dubois',
  'Eriksson',
  'Ferrari',
  'Nowak',
  'Sato',
  'Smith',
  'Çelik',
]

export interface Place {
  country: string
  countryCode: string
  province: string | null
  provinceCode: string | null
  city: string
  zip: string
  street: string
  phone: string
}

const place = (
  countryCode: string,
  country: string,
  rest: Omit<Place, 'country' | 'countryCode'>,
): Place => ({ countryCode, country, ...rest })

export const PLACES: readonly Place[] = [
  place('US', 'United States', {
    province: 'Kentucky',
    provinceCode: 'KY',
    city: 'Louisville',
    zip: '40202',
    street: 'Chestnut Street',
    phone: '+1-202-555-0143',
  }),
  place('US', 'United States', {
    province: 'Oregon',
    provinceCode: 'OR',
    city: 'Bend',
    zip: '97701',
    street: 'Wall Street',
    phone: '+1-202-555-0178',
  }),
  place('CA', 'Canada', {
    province: 'Ontario',
    provinceCode: 'ON',
    city: 'Ottawa',
    zip: 'K1P 5G4',
    street: 'Elgin Street',
    phone: '+1-613-555-0112',
  }),
  place('DE', 'Germany', {
    province: null,
    provinceCode: null,
    city: 'Köln',
    zip: '50667',
    street: 'Hohe Straße',
    phone: '+49 221 5550100',
  }),
  place('FR', 'France', {
    province: null,
    provinceCode: null,
    city: 'Annecy',
    zip: '74000',
    street: 'Rue Sainte-Claire',
    phone: '+33 4 50 00 00 00',
  }),
  place('GB', 'United Kingdom', {
    province: 'England',
    provinceCode: 'ENG',
    city: 'Keswick',
    zip: 'CA12 5JR',
    street: 'Main Street',
    phone: '+44 1632 960012',
  }),
  place('JP', 'Japan', {
    province: 'Nagano',
    provinceCode: 'JP-20',
    city: 'Hakuba',
    zip: '399-9301',
    street: '北城',
    phone: '+81 3-0000-0000',
  }),
]
