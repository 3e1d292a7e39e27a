package browser

import (
	"strings"
	"syscall/js"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/words"
)

// Words gives the language of the browser's own menus, as far as Dealmark speaks
// it, and its formats. English has no catalogue, and nothing is asked for it.
// https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/i18n
func Words() words.Words {
	i18n := js.Global().Get("chrome").Get("i18n")
	find := func(key string) string { return text(i18n.Call("getMessage", key)) }
	f := &formats{region: text(i18n.Call("getUILanguage"))}
	f.language = f.region
	if strings.HasPrefix(f.region, "en") {
		return words.Words{Formats: f}
	}
	if f.language = find("language"); f.language == "en" {
		return words.Words{Formats: f}
	}
	return words.Words{Catalogue: find, Formats: f, Isolated: f.language == rightToLeft}
}

// rightToLeft is the language of ours that is written so.
const rightToLeft = "ar"

// formats are the browser's, made when they are needed first. A calendar and
// digits are those that reps type, whatever the region has.
type formats struct {
	language string // of what is said
	region   string // of amounts and days

	plural, relative, day, weekday, money js.Value
	currency                              string // of money
}

// format gives a formatter of Intl, made by the first call.
func format(it *js.Value, kind, locale string, options map[string]any) js.Value {
	if it.IsUndefined() {
		options["numberingSystem"] = "latn"
		options["calendar"] = "gregory"
		options["timeZone"] = "UTC"
		*it = js.Global().Get("Intl").Get(kind).New(locale, options)
	}
	return *it
}

func (f *formats) Plural(n int) string {
	return format(&f.plural, "PluralRules", f.language, map[string]any{}).Call("select", n).String()
}

func (f *formats) Relative(n int, unit string) string {
	return format(&f.relative, "RelativeTimeFormat", f.language, map[string]any{}).Call("format", n, unit).String()
}

func (f *formats) Day(d crm.Date) string {
	return format(&f.day, "DateTimeFormat", f.region, map[string]any{"day": "2-digit", "month": "2-digit", "year": "numeric"}).Call("format", instant(d)).String()
}

func (f *formats) Weekday(d crm.Date) string {
	options := map[string]any{"weekday": "short", "day": "numeric", "month": "short", "year": "numeric"}
	if f.language != "en" {
		options["month"] = "numeric" // beside their longer labels a name would leave no room for the year
	}
	return format(&f.weekday, "DateTimeFormat", f.region, options).Call("format", instant(d)).String()
}

func instant(d crm.Date) js.Value { return js.Global().Get("Date").New(d.String()) }

// Money writes every decimal that there is, and none of a whole amount.
func (f *formats) Money(m crm.Money) string {
	odd := len(m.Currency) != 3 || strings.Trim(m.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != ""
	if f.currency != m.Currency { // a team has one, as a rule
		f.currency, f.money = m.Currency, js.Undefined()
	}
	options := map[string]any{"maximumFractionDigits": 6, "trailingZeroDisplay": "stripIfInteger"}
	if !odd {
		options["style"], options["currency"] = "currency", m.Currency
		if f.language == rightToLeft {
			options["currencyDisplay"] = "code" // the letters and signs of US$ come apart there
		}
	}
	text := format(&f.money, "NumberFormat", f.region, options).Call("format", m.Text()).String()
	if odd && m.Currency != "" {
		text += "\u00a0" + m.Currency
	}
	return text
}
