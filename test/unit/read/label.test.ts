import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { instructionsIn, readLabel } from '../../../nodes/Periskope/read/label';

const problemsOfLabel = (label: string, isSplit: boolean) => readLabel(label, isSplit).problems;
const NO_VALUE = "isn't a label name. It looks like an empty or error value";
const CHECKBOX = "isn't a label name. It looks like the value of a checkbox";
const UNFILLED =
	"isn't a label name. It looks like a formula or an expression that wasn't evaluated";
const NOT_IN_A_NAME = "contains a character that can't be in a label";
const NOTATION =
	'contains the quotes or brackets of a list. Write the name alone, or the list as ["Sales, EU", "VIP"]';

describe('a label', () => {
	it.each([
		// Excel in English, German, French, Spanish, Italian and Portuguese
		...['#N/A', '#REF!', '#VALUE!', '#name?', '#DIV/0!', '#NULL!', '#NUM!', '#SPILL!', '#ERROR!'],
		...['#CALC!', '#GETTING_DATA', '#BLOCKED!', '#FIELD!', '#CONNECT!', '#BUSY!', '#UNKNOWN!'],
		...['#PYTHON!', '#EXTERNAL!', '#TIMEOUT!', '#N/A N/A'],
		...['#NV', '#WERT!', '#BEZUG!', '#ZAHL!', '#ÜBERLAUF!', '#KALK!', '#FELD!'],
		...['#VALEUR!', '#NOM?', '#NOMBRE!', '#NUL!', '#PROPAGATION!', '#CHAMP!'],
		...['#¡VALOR!', '#¡REF!', '#¿NOMBRE?', '#¡DIV/0!', '#¡NUM!', '#¡NULO!', '#¡DESBORDAMIENTO!'],
		...['#N/D', '#VALORE!', '#RIF!', '#NOME?', '#NULLO!', '#VALOR!', '#NÚM!', '#NULO!'],
		// in Dutch, Polish, Russian, Turkish, the Nordic languages, Finnish, Czech and Hungarian
		...['#N/B', '#WAARDE!', '#VERW!', '#NAAM?', '#DEEL/0!', '#GETAL!', '#LEEG!', '#OVERLOPEN!'],
		...['#ARG!', '#ADR!', '#NAZWA?', '#DZIEL/0!', '#LICZBA!', '#ZERO!', '#N/D!'],
		...['#Н/Д', '#ЗНАЧ!', '#ССЫЛКА!', '#ИМЯ?', '#ДЕЛ/0!', '#ЧИСЛО!', '#ПУСТО!'],
		...['#YOK', '#DEĞER!', '#BAŞV!', '#AD?', '#SAYI/0!', '#SAYI!', '#BOŞ!'],
		...['#SAKNAS!', '#VÄRDEFEL!', '#REFERENS!', '#NAMN?', '#I/T', '#VÆRDI!', '#NAVN?'],
		...['#PUUTTUU!', '#ARVO!', '#NENÍ_K_DISPOZICI', '#HODNOTA!', '#DĚLENÍ_NULOU!', '#HIÁNYZIK'],
		...['#ÉRTÉK!', '#ZÉRÓOSZTÓ!'],
		// LibreOffice
		...['Err:522', 'err:502', 'Err: 508', 'Fehler:522', 'Virhe:504', 'Hiba:522'],
		...['Fout:522', 'Erro:502', 'Errore: 502'],
		// Smartsheet, and errors with their reason
		...['#UNPARSEABLE', '#INVALID REF', '#NO MATCH', '#CIRCULAR REFERENCE', '#DIVIDE BY ZERO'],
		...['#N/A (Did not find value)', '#VALUE! (Sales)', '#NOM ?'],
		// databases, data frames, programs
		...['null', 'NULL', '(null)', '<null>', '[NULL]', '\\N', '<NA>', 'NaN', 'nan', 'NaT', '-nan'],
		...['1.#QNAN', 'Infinity', 'undefined', 'None', '<none>', 'nil', 'DBNull', '[object Object]'],
		...['[object Undefined]', '[]', '{}', '0'],
		...['-0', '0.0', 'inf', 'pd.NA', 'Invalid Date', 'Invalid DateTime', '0000-00-00'],
		// pivot tables, people, and what isn't calculated yet
		...['(blank)', '(Leer)', '(vide)', '(en blanco)', '(empty)', 'n/a', 'N/A', 'n.a.', 'n/d'],
		...['N / A', '-', '–', '——', '−', '.', '...', '…', '?', '??', '_', '/', '*', '|', '~'],
		...['\u2800', '\u3164', 'Loading...', 'Loading…', 'Wird geladen...'],
		...['Select...', 'Please select', '-none-', 'keine', 'ninguno', 'нет', '无', 'なし', 'n. a.'],
		...['(Blanks)', '(空白)'],
	])('rejects %s, which stands for no value', (label) => {
		expect(problemsOfLabel(label, false)).toEqual([NO_VALUE]);
		expect(problemsOfLabel(label, true)).toContain(NO_VALUE);
	});

	it.each([
		...['None yet', 'N/A team', '-Sales-', 'NA', 'NaN bread', 'Not null', 'Loading...up'],
		...['x#N/A', '#N/A team', 'Object', 'undefined?', '00', '10', '__proto__', 'constructor'],
		...['#sales', '#1 priority', '#SALES', '#Ops!', 'C#', 'C++', 'blank', 'empty', 'Error: red'],
		...['Err', 'Room: 522', 'Error: 42', '!important', '★', '€'],
	])('accepts %j, which is more than a word for no value', (label) => {
		for (const isSplit of [true, false]) expect(problemsOfLabel(label, isSplit)).toEqual([]);
	});

	it.each([
		'TRUE',
		'FALSE',
		'☑',
		'✓',
		'☐',
		'WAHR',
		'FALSCH',
		'VRAI',
		'FAUX',
		'VERDADERO',
		'ИСТИНА',
		'DOĞRU',
	])('rejects %s, which a checkbox gives', (label) => {
		for (const isSplit of [true, false]) {
			expect(problemsOfLabel(label, isSplit)).toEqual([CHECKBOX]);
		}
	});

	it.each(['True', 'false', 'TRUE North', 'Faux'])('accepts %s, which may be a name', (label) => {
		expect(problemsOfLabel(label, true)).toEqual([]);
	});

	it.each([
		'=A1',
		'=VLOOKUP(A1',
		'={{ $json.labels }}',
		'{{ $json.labels }}',
		'${team}',
		'x {{y}}',
	])('rejects %s, which nothing has evaluated', (label) => {
		for (const isSplit of [true, false]) {
			expect(problemsOfLabel(label, isSplit)).toEqual([UNFILLED]);
		}
	});

	it.each([
		...['recABC123def45678', 'recZ9aQ2bK4cLm7Px', 'usrABC123def45678', 'selABC123def45678'],
		...['550e8400-e29b-41d4-a716-446655440000', '550E8400-E29B-41D4-A716-446655440000'],
		...['507f1f77bcf86cd799439011', '550e8400e29b41d4a716446655440000', 'label-uvzfbjfgwjuphhff'],
	])('rejects %s, the ID of a record', (label) => {
		for (const isSplit of [true, false]) {
			expect(problemsOfLabel(label, isSplit)).toEqual([
				"is an ID. Map the label's name instead. If the column links to records, add a lookup or rollup column",
			]);
		}
	});

	it.each([
		'recruitmentEurope',
		'receivablesOffice',
		'recordManagement1',
		'recruitment teams',
		'recruitmentgroup',
		'reconciliations',
		'label-sales',
		'usr',
	])('accepts %s, which is no ID', (label) => {
		expect(problemsOfLabel(label, true)).toEqual([]);
	});

	it.each([
		['+91 85271 84400', 'is a phone number'],
		['918527184400@c.us', 'is a phone number'],
		['2024-01-15T00:00:00.000Z', 'is a date'],
		['<p>Sales</p>', 'contains HTML'],
		['Sales<br>VIP', 'contains HTML'],
		['<@U123>', 'contains HTML'],
		['Sales (https://notion.so/x)', 'contains a web address'],
		['x'.repeat(1001), 'is too long'],
	])('rejects %s of another column', (label, words) => {
		for (const isSplit of [true, false]) {
			expect(problemsOfLabel(label, isSplit)[0]).toContain(words);
		}
	});

	it.each(['["Sales","VIP"]', "['Sales']"])('rejects %s, a list as an entry of a list', (label) => {
		expect(problemsOfLabel(label, false)).toEqual([NOTATION]);
	});

	it.each(['asha@acme.com', 'same as asha@acme.com'])(
		'rejects %s, which holds an email',
		(label) => {
			expect(problemsOfLabel(label, true)).toEqual([
				'contains an email address. Map the column with label names',
			]);
		},
	);

	it.each([
		'SprzedaÅ¼',
		'РџСЂРѕРґР°Р¶Рё',
		'M√ºller',
		'Men‚Äôs',
		'Ventas Espa\ufffdol',
		'VentÃ¤s',
		'CafÃ©',
		'Sales â€“ EU',
		'Â£ team',
	])('rejects %s, whose file was read in another encoding than it has', (label) => {
		expect(problemsOfLabel(label, true)).toEqual([
			"was read with the wrong encoding. Set 'Encoding' in Extract from File to the encoding of the file, such as Latin1 or UTF-8",
		]);
	});

	it.each(['Рёбра', 'ЕСЛИ', 'ESPAÑA', 'Ã', 'São Paulo', 'ÁÂÃ', 'Crème'])(
		'accepts %s, which has its letters',
		(label) => {
			expect(problemsOfLabel(label, true)).toEqual([]);
		},
	);

	it.each(['100,200', '2,024', '1,00,000'])('rejects %s, a number or a list', (label) => {
		expect(problemsOfLabel(label, true)).toEqual([
			'may be one number or several labels. Separate labels with semicolons, or format the column as text',
		]);
		expect(problemsOfLabel(label, false)).toEqual([]);
	});

	it.each([
		['a null character', 'a\u0000b'],
		['a tab', 'a\tb'],
		['a line break', 'a\nb'],
		['a bell', '\u0007'],
		['the first half of a surrogate pair', 'a\ud800b'],
		['the second half of a surrogate pair', '\udfff'],
	])('rejects a label with %s in it', (_, label) => {
		for (const isSplit of [true, false]) {
			expect(problemsOfLabel(label, isSplit)).toEqual([NOT_IN_A_NAME]);
		}
	});

	it.each(['😀', '👩‍💻 Devs', '👩\u200d💻', 'Zoë', 'ग्राहक', 'العملاء', 'Smith, Jones & Co', 'a;b'])(
		'accepts %s',
		(label) => {
			for (const isSplit of [true, false]) {
				expect(readLabel(label, isSplit)).toEqual({ value: label, problems: [] });
			}
		},
	);

	it.each(
		[
			["'Sales'", "['Sales'", "('Sales'", '("Sales"', '(Sales', "'Sales", "[{'name'"],
			['[2024]', '[1, 2]', '[ ] Sales', '[x] Sales', '- 2024', '["Sales"', '[ "Sales" ', '[“Sales'],
			['[Sales', '{"name":"Sales"', "{'name': 'Sales'}", '"Sales"', '"Sales', '“Sales”', '«Sales»'],
			['‘Sales’'],
		].flat(),
	)('rejects %s as a part of a text that was split', (label) => {
		expect(problemsOfLabel(label, true)).toEqual([NOTATION]);
		expect(problemsOfLabel(label, false)).toEqual([]);
	});

	it.each(['[VIP]', '"Big" ones', "Ben's", "Managers'", 'TV 55"', '{a}', 'a [b', '(x)', '(x) y'])(
		'accepts %s as a name with quotes or brackets in it',
		(label) => {
			for (const isSplit of [true, false]) expect(problemsOfLabel(label, isSplit)).toEqual([]);
		},
	);

	it.each([
		['letters with marks of their own', 'Zoe\u0308', 'Zo\u00eb'],
		['a blank that does not break', 'Sales\u00a0EU', 'Sales EU'],
		['a narrow blank', 'Sales\u202fEU', 'Sales EU'],
		['an ideographic blank', 'Sales\u3000EU', 'Sales EU'],
		['two blanks', 'Sales  EU', 'Sales EU'],
		['a zero-width blank', 'Sa\u200bles', 'Sales'],
		['a zero-width blank at the end', 'Sales\u200b', 'Sales'],
		['a word joiner', 'Sa\u2060les', 'Sales'],
		['a soft hyphen', 'Sa\u00adles', 'Sales'],
		['a byte order mark', 'Sa\ufeffles', 'Sales'],
		['a direction mark', 'Sa\u200eles', 'Sales'],
		['an embedding', '\u202bSales\u202c EU', 'Sales EU'],
		['an isolate', 'Sa\u2066l\u2069es', 'Sales'],
		['a joiner of Latin letters', 'Sa\u200dles', 'Sales'],
		['a non-joiner of Latin letters', 'Sa\u200cles', 'Sales'],
		['a joiner of an emoji before a blank', '👩\u200d x', '👩 x'],
		['a joiner before a digit', 'Q\u200d1', 'Q1'],
		['a grapheme joiner', 'Sa\u034fles', 'Sales'],
		['a Hangul filler', 'Sa\u3164les', 'Sales'],
		['hidden tags', 'Sales\u{e0041}\u{e0042}', 'Sales'],
	])('is the same with %s', (_, written, label) => {
		for (const isSplit of [true, false]) {
			expect(readLabel(written, isSplit)).toEqual({ value: label, problems: [] });
		}
	});

	it.each([
		['joined emoji', '👩\u200d💻 Devs'],
		['emoji with a skin colour', '👩\u{1f3fd}\u200d💻'],
		['an emoji with a variation selector', '☎\ufe0f Sales'],
		['a joined emoji with one', '🏳\ufe0f\u200d🌈'],
		['a keycap', '1\ufe0f\u20e3'],
		['the flag of England', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
		['a Hindi conjunct', 'क्\u200dष'],
		['a Persian word', 'می\u200cخواهم'],
		['a Bengali conjunct', 'র\u200d্যালি'],
		['a Malayalam letter at the end', 'മാനേജര്\u200d'],
		['a Kannada conjunct', 'ರ\u200d್ಯಾಂಕ್'],
		['a Mongolian vowel', 'ᠮᠣᠩᠭᠣᠯ\u180eᠠ'],
		['Dutch names', "'t Zand"],
	])('keeps what shapes %s', (_, label) => {
		expect(readLabel(label, true)).toEqual({ value: label, problems: [] });
	});

	it('is the same whatever nobody can see is put into it', () => {
		const hidden = fc.constantFrom(
			...['\u200b', '\u2060', '\ufeff', '\u00ad', '\u200e', '\u200f', '\u202a', '\u2066', '\u180e'],
			...['\u200c', '\u200d', '\u{e0041}', '\u115f', '\u2064'],
		);
		const words = fc.array(fc.stringMatching(/^[a-zéüß]{4,8}x$/), { minLength: 1, maxLength: 3 });
		const blank = fc.constantFrom(' ', '\u00a0', '\u2009', '  ');
		const additions = fc.array(fc.tuple(fc.nat(30), hidden));
		fc.assert(
			fc.property(words, additions, blank, (names, added, between) => {
				const characters = Array.from(names.join(between));
				for (const [at, character] of added) characters.splice(at, 0, character);
				expect(readLabel(characters.join('').normalize('NFD'), true)).toEqual({
					value: names.join(' '),
					problems: [],
				});
			}),
		);
	});

	it('gives every problem of a label', () => {
		expect(problemsOfLabel('"Sales\u0000"', true)).toEqual([NOTATION, NOT_IN_A_NAME]);
	});

	it('accepts every label of letters and digits that names something', () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^[A-Za-z]\w{3,30} (?:team|EU|2024)$/),
				fc.boolean(),
				(...args) => {
					expect(problemsOfLabel(...args)).toEqual([]);
				},
			),
		);
	});
});

describe('a number in place of a label', () => {
	it.each([
		['a date', 46_027, 'may be a date'],
		['the first date', 36_526, 'may be a date'],
		['the last date', 73_050, 'may be a date'],
		['a percentage', 0.1, 'with decimals'],
		['a time', 46_027.5, 'with decimals'],
		['a fraction', 2024.5, 'with decimals'],
		['more digits than a number holds', 12_345_678_901_234_567_890, 'too many digits'],
		['an empty cell', 0, 'empty or error value'],
	])('is rejected where it is what a sheet has for %s', (_, number, words) => {
		expect(readLabel(number, false).problems).toEqual([expect.stringContaining(words)]);
	});

	it.each([2024, 1, 36_525, 73_051, 918_527_184_400])('is a name where it is %i', (number) => {
		expect(readLabel(number, false)).toEqual({ value: String(number), problems: [] });
	});

	it('is a name where it is a text, though it may be a date', () => {
		expect(readLabel('46027', true)).toEqual({ value: '46027', problems: [] });
	});
});

describe('instructionsIn', () => {
	it.each([
		...['+VIP', '- VIP', '*', 'add VIP', 'Remove VIP', 'revoke Sales', 'grant Sales', 'give VIP'],
		...['all', 'ALL LABELS', 'all chats', 'any', 'every label', 'everything', 'anything'],
		...['all of them', 'all labels except VIP', 'everything but Sales', 'except VIP'],
		...['none', 'no access', 'no labels', 'nothing', 'full access', 'same', 'same as Ben'],
		...['same access as Ben', 'copy of Ben', 'unchanged', 'keep', 'clear', 'current labels'],
		...['and VIP', 'und VIP', 'keep existing', 'keep the current labels', 'Labels: Sales'],
		...['VIP (added)', 'Billing (remove)', 'VIP (keep the rest)', 'etc.', 'Alle', 'alle Labels'],
		...['todas', 'TOUS', 'tutti', 'все', '全部', 'सभी', 'keine Labels'],
	])('names %j', (label) => {
		expect(instructionsIn(['Sales', label])).toEqual([
			expect.stringContaining(`"${label}" isn't a label name`),
		]);
	});

	it.each([
		...['VIP', 'Allianz', 'All hands', 'Any Budget', 'Everyday care', 'Nothing Phone', 'None Ltd'],
		...['Not interested', 'No show', 'No reply yet', 'Same day', 'Add-on sales', 'Additional'],
		...['Removed', 'Clearance', 'Keep in touch', 'Full service', 'As needed', 'Current clients'],
		...['Copyright', 'Giveaway', 'Without contract', 'Like new', 'Noah', 'Exception handling'],
		...[
			'Allee',
			'Alle Kunden',
			'Toto',
			'Totale',
			'Keiner da',
			'全部門',
			'VIP (Keeper)',
			'Etc Group',
		],
		...['Andorra', 'Oregon', 'Undecided', 'Keepers', 'Labels team', 'VIP (EU)', 'Client (new)'],
	])('leaves %j, which may be a name', (label) => {
		expect(instructionsIn([label])).toEqual([]);
	});
});
