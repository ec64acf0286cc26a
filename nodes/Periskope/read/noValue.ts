import { foldCase } from '../text';

/**
 * What programs and people write where there is no value: sent as a label, it could become a
 * member's only one.
 */

/** `#REF!`, `#WERT!`, `#¿NOMBRE?`, `#DIV/0!`: spreadsheets write errors in capitals, in any language. */
const ERROR =
	/^#[¡¿]?[\p{Lu}\p{Lo}][\p{Lu}\p{Lo}\d/_.'-]*(?: [\p{Lu}\p{Lo}\d/_.'-]+)*\s?[!?](?: ?\(.*\))?$/u;
/** `#N/A (Did not find value)`, and how Smartsheet names its errors. */
const NAMED_ERROR =
	/^#(?:N\/A ?\(.*\)|UNPARSEABLE|UNSUPPORTED .+|INVALID .+|INCORRECT .+|NO MATCH|MISSING OR .+|NOT A NUMBER|CIRCULAR REFERENCE|DIVIDE BY ZERO|BLOCKED|BOOLEAN EXPECTED|(?:NUMBER|DATE) EXPECTED|OVERFLOW|PERMISSION ERROR|REF|NESTED CRITERIA|CONTACT EXPECTED)$/;
/** `Err:522`, as LibreOffice writes it in its languages. */
const NUMBERED_ERROR =
	/^(?:err|erro|error|errore|erreur|fehler|fel|feil|fejl|fout|virhe|hiba|błąd|chyba|ошибка|ош)\s?[:.]\s?5\d\d$/iu;
/** A dash, dots, a question mark, nothing that shows: no letter, no digit and no emoji. */
const PUNCTUATION = /^[\p{P}\s|~^`+=<>\u2212\u2800]*$/u;

const wordsIn = (list: string) => list.split('|');

/** Of spreadsheets whose errors have another form, of databases and of programming languages. */
const OF_PROGRAMS = wordsIn(
	'#N/A|#N/A N/A|#N/A Requesting Data...|#N/D|#N/B|#I/T|#NV|#NA|#ND|#Н/Д|#YOK|' +
		'#NENÍ_K_DISPOZICI|#NEDOSTUPNÝ|#HIÁNYZIK|#GETTING_DATA|#ERROR|#REF|#VALUE|#DIV/0|#NULL|' +
		'#NUM|null|nil|none|undefined|NaN|-NaN|NaT|\\N|\\\\N|DBNull|System.DBNull|1.#IND|-1.#IND|' +
		'1.#QNAN|-1.#QNAN|Infinity|-Infinity|[object Object]|[object Undefined]|[object Null]|' +
		'[object Array]|[]|{}|0|Invalid Date|Invalid DateTime|-0|0.0|0.00|inf|-inf|1.#INF|pd.NA|' +
		'pd.NaT|0000-00-00|null null|Loading|Loading...|Loading…|Chargement...|Wird geladen...|' +
		'Cargando...|Laden...|Select...|Select…|-- Select --|Select an option|Please select|' +
		'Select one|#NAME?|#VALUE!|#REF!|#DIV/0!|#NULL!|#NUM!|#SPILL!|#CALC!|#ERROR!|#FIELD!|#BUSY!|' +
		'#CONNECT!|#BLOCKED!',
);
const OF_PEOPLE = wordsIn(
	'n/a|n.a.|n.a|n. a.|n/d|n.d.|n / a|n-a|n/a.|k.a.|k. a.|н/д|s/o|-none-|--none--|- none -|' +
		'keine|aucun|aucune|ninguno|ninguna|nessuno|nenhum|geen|ingen|нет|无|無|なし|없음',
);
/** `(blank)` of a pivot table, `<NA>` of a data frame: without their brackets, teams may be named so. */
const IN_BRACKETS = wordsIn(
	'blank|empty|none|na|null|nil|unset|not set|no value|undefined|blanks|空白|tom|puste|boş|' +
		'üres|prázdné|leer|vide|vuoto|vacío|en blanco|vazio|leeg|пусто',
);

const NO_VALUES: ReadonlySet<string> = new Set([
	...[...OF_PROGRAMS, ...OF_PEOPLE].map(foldCase),
	...[...IN_BRACKETS, 'n/a'].flatMap((word) => [
		`(${word})`,
		`[${word}]`,
		`<${word}>`,
		`{${word}}`,
	]),
]);

/** TRUE and FALSE as spreadsheets show them; in other cases they may be names. */
const CHECKBOX: ReadonlySet<string> = new Set(
	wordsIn(
		'TRUE|WAHR|VRAI|VERDADERO|VERDADEIRO|WAAR|PRAWDA|ИСТИНА|\u2610|\u2611|\u2612|\u2713|' +
			'\u2714|\u2717|\u2718|FALSE|FALSCH|FAUX|FALSO|ONWAAR|FAŁSZ|ЛОЖЬ|DOĞRU|YANLIŞ',
	),
);

/** Whether the text stands for no value, or for an error in a value's place. */
export const standsForNoValue = (text: string): boolean =>
	NO_VALUES.has(foldCase(text)) ||
	ERROR.test(text) ||
	NAMED_ERROR.test(text) ||
	NUMBERED_ERROR.test(text) ||
	PUNCTUATION.test(text);

/** Whether the text is what a checkbox of a sheet gives. */
export const isCheckbox = (text: string): boolean => CHECKBOX.has(text.replace(/\ufe0f/g, ''));
