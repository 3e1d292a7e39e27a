package form

import "strings"

// The marks of currencies other than their codes, folded. Where several
// currencies share a mark it stands for the team's own if that is one of them,
// else for the first.
var currencyMarks = [...]struct{ mark, codes string }{
	{"$", "USD CAD AUD NZD SGD HKD MXN TWD ARS CLP COP UYU DOP JMD TTD BBD BSD BZD BND FJD GYD LRD NAD SBD SRD XCD"},
	{"us$", "USD"}, {"$us", "USD"}, {"dollar", "USD CAD AUD NZD SGD HKD TWD"}, {"dollars", "USD CAD AUD NZD SGD HKD TWD"},
	{"dólar", "USD"}, {"dólares", "USD"}, {"dolar", "USD"}, {"dolares", "USD"}, {"ドル", "USD CAD AUD NZD SGD HKD TWD"}, {"米ドル", "USD"}, {"دولار", "USD CAD AUD NZD SGD HKD TWD"},
	{"c$", "CAD"}, {"ca$", "CAD"}, {"can$", "CAD"}, {"a$", "AUD"}, {"au$", "AUD"}, {"nz$", "NZD"}, {"s$", "SGD"},
	{"hk$", "HKD"}, {"nt$", "TWD"}, {"mx$", "MXN"}, {"r$", "BRL"},
	{"€", "EUR"}, {"euro", "EUR"}, {"euros", "EUR"}, {"ユーロ", "EUR"}, {"يورو", "EUR"},
	{"£", "GBP EGP"}, {"pound", "GBP EGP"}, {"pounds", "GBP EGP"}, {"ポンド", "GBP"}, {"جنيه", "EGP SDG"},
	{"¥", "JPY CNY"}, {"円", "JPY"}, {"yen", "JPY"}, {"元", "CNY"}, {"yuan", "CNY"}, {"rmb", "CNY"},
	{"chf.", "CHF"}, {"fr", "CHF"}, {"fr.", "CHF"}, {"sfr", "CHF"}, {"sfr.", "CHF"}, {"franken", "CHF"}, {"francs", "CHF XAF XOF"},
	{"kr", "SEK NOK DKK ISK"}, {"kr.", "SEK NOK DKK ISK"}, {"zł", "PLN"}, {"zl", "PLN"}, {"kč", "CZK"}, {"kc", "CZK"}, {"ft", "HUF"}, {"lei", "RON MDL"},
	{"₹", "INR"}, {"rs", "INR PKR LKR NPR MUR"}, {"rs.", "INR PKR LKR NPR MUR"}, {"rupees", "INR PKR LKR NPR MUR"},
	{"₽", "RUB"}, {"₴", "UAH"}, {"₺", "TRY"}, {"tl", "TRY"}, {"₸", "KZT"}, {"₾", "GEL"}, {"₪", "ILS"},
	{"₩", "KRW"}, {"원", "KRW"}, {"฿", "THB"}, {"₫", "VND"}, {"₱", "PHP"}, {"rm", "MYR"}, {"rp", "IDR"}, {"rp.", "IDR"},
	{"₦", "NGN"}, {"r", "ZAR"}, {"ksh", "KES"}, {"s/", "PEN"}, {"s/.", "PEN"},
	{"د.إ", "AED"}, {"ر.س", "SAR"}, {"درهم", "AED MAD"}, {"ريال", "SAR QAR OMR YER IRR"}, {"﷼", "SAR QAR OMR YER IRR"},
}

// The codes of ISO 4217, without funds, metals and test codes.
const currencyCodes = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD" +
	" CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL" +
	" HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD" +
	" MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR" +
	" SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND" +
	" VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"

// currencyOf gives the code of a currency that was typed as a code, a sign or
// a word.
func currencyOf(mark, teamCurrency string) (code string, ok bool) {
	if mark == "" {
		return "", false
	}
	for _, known := range currencyMarks {
		if known.mark != mark {
			continue
		}
		if listed(known.codes, teamCurrency) {
			return teamCurrency, true
		}
		code, _, _ := strings.Cut(known.codes, " ")
		return code, true
	}
	code = strings.ToUpper(mark)
	return code, code == teamCurrency || listed(currencyCodes, code)
}

// listed says whether a code is among codes, which spaces part.
func listed(codes, code string) bool {
	return len(code) == 3 && strings.Contains(codes, code) && !strings.Contains(code, " ")
}

// markWords is a currency for people as they typed it: the code in capitals.
func markWords(mark string) string {
	if code := strings.ToUpper(mark); listed(currencyCodes, code) {
		return code
	}
	return mark
}
