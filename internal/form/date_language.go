package form

import "strings"

// spoken are the words for dates of the languages that Dealmark speaks beside
// English, between spaces, and the English that they stand for. Missing are what
// means something else already: mar is March, sept is September.
var spoken = [...]struct{ words, english string }{
	{" heute hoy aujourd 今日 本日 اليوم ", "today"}, // aujourd'hui
	{" morgen mañana manana demain 明日 غدا غدًا ", "tomorrow"},
	{" ende fin finales نهاية ", "end"},
	{" monatsende 月末 今月末 ", "end month"}, {" quartalsende 四半期末 今四半期末 ", "end quarter"}, {" jahresende 年末 今年末 ", "end year"},
	{" übermorgen uebermorgen 明後日 ", "in two days"}, {" pasado après apres ", "after"}, {" غد ", "tomorrow"},
	{" 来月末 ", "end next month"}, {" 来年末 ", "end next year"}, {" 来四半期末 ", "end next quarter"},
	{" 来週 ", "next week"}, {" 来月 ", "next month"}, {" 来年 ", "next year"}, {" 今週 ", "this week"}, {" 今月 ", "this month"},
	{" nächste nächsten nächster nächstes próximo próxima proximo proxima prochain prochaine القادم القادمة المقبل المقبلة ", "next"},
	{" diese diesen dieser dieses este esta ce cette هذا هذه ", "this"}, {" kommende kommenden ", "coming"},
	{" dans en dentro ici بعد ", "in"},
	{" tag tage tagen día días dia dias jour jours 日後 أيام ", "days"}, {" يوم يوما يومًا ", "day"}, {" يومين ", "two days"},
	{" woche wochen semana semanas semaine semaines 週間後 الأسبوع أسابيع ", "weeks"}, {" أسبوع أسبوعا أسبوعًا ", "week"}, {" أسبوعين ", "two weeks"},
	{" monat monats monate monaten mes meses mois か月後 ヶ月後 カ月後 الشهر أشهر ", "months"}, {" شهر شهرا شهرًا ", "month"}, {" شهرين ", "two months"},
	{" quartal quartals quartale quartalen trimestre trimestres الربع ربع 四半期 ", "quarter"},
	{" jahr jahres jahre jahren año años année annee ans 年後 السنة العام سنوات ", "years"}, {" سنة ", "year"}, {" سنتين ", "two years"},
	{" ein eine einem einer eines un una une uno ", "one"}, {" zwei dos deux ", "two"}, {" drei tres trois ", "three"}, {" vier cuatro quatre ", "four"},
	{" fünf cinco cinq ", "five"}, {" sechs seis ", "six"}, {" sieben siete ", "seven"}, {" acht ocho huit ", "eight"}, {" neun nueve neuf ", "nine"},
	{" zehn diez dix ", "ten"}, {" elf once onze ", "eleven"}, {" zwölf doce douze ", "twelve"},
	{" montag lunes lundi 月曜 月曜日 الاثنين mo lun ", "monday"}, {" dienstag martes mardi 火曜 火曜日 الثلاثاء di ", "tuesday"},
	{" mittwoch miércoles miercoles mercredi 水曜 水曜日 الأربعاء mi mié mie mer ", "wednesday"}, {" donnerstag jueves jeudi 木曜 木曜日 الخميس do jue jeu ", "thursday"},
	{" freitag viernes vendredi 金曜 金曜日 الجمعة fr vie ven ", "friday"}, {" samstag sonnabend sábado sabado samedi 土曜 土曜日 السبت sa sáb sab sam ", "saturday"},
	{" sonntag domingo dimanche 日曜 日曜日 الأحد so dom dim ", "sunday"},
}

// inEnglish gives tokens with English words in the place of those of other
// languages. A next that follows its noun goes before it: mois prochain.
func inEnglish(tokens []dateToken) []dateToken {
	said := make([]dateToken, 0, len(tokens))
	for i, token := range tokens {
		switch last := len(said) - 1; {
		case token.sep == '\'' && i > 0 && elided(tokens[i-1].text): // d'ici, l'année
			said = said[:last]
		case token.sep == '-' && last >= 0 && said[last].text == "after": // après-demain
		case token.text == "hui" && last > 0: // of aujourd'hui
			said = said[:last]
		case token.text == "mo" && last >= 0 && said[last].number >= 0: // 6 mo are months
			said = append(said, token)
		case token.text == "an" && last >= 0 && said[last].text != "in": // French
			said = append(said, dateToken{text: "year", number: -1})
		case shortWeekday(token.text) && i+1 < len(tokens) && tokens[i+1].sep == 0 && tokens[i+1].number < 0: // so on
			said = append(said, token)
		default:
			said = append(said, translated(token)...)
		}
	}
	if last := len(said) - 1; last > 0 && said[last].text == "next" {
		said[last-1], said[last] = said[last], said[last-1]
	}
	return ordinalQuarter(said)
}

// shortWeekday is one of the German abbreviations, some of which are words as well.
func shortWeekday(word string) bool { return strings.Contains(" mo di mi do fr sa so ", " "+word+" ") }

func elided(word string) bool { return word == "d" || word == "l" }

// translated gives the English for one token, itself if it is no such word.
func translated(token dateToken) []dateToken {
	if token.sep != 0 || token.number >= 0 {
		return []dateToken{token}
	}
	if english := englishFor(" " + token.text + " "); english != "" {
		return splitDate(english)
	}
	if of, found := strings.CutPrefix(token.text, "来週の"); found { // written in one
		if english := englishFor(" " + of + " "); english != "" {
			return splitDate("next " + english)
		}
	}
	return []dateToken{token}
}

// ordinalQuarter brings a quarter with its number before it to the form Q3: 3. Quartal,
// 3rd quarter, 第3四半期. Without a sign of the order it is a distance.
func ordinalQuarter(tokens []dateToken) []dateToken {
	for i := 1; i+1 < len(tokens); i++ {
		before, n := tokens[i-1], tokens[i]
		if before.text == "第" && n.number >= 0 && tokens[i+1].text == "quarter" {
			return append(tokens[:i-1:i-1], append([]dateToken{{text: "q", number: -1}, n}, tokens[i+2:]...)...)
		}
		if before.number >= 0 && (n.sep == '.' || ordinal(n.text) || n.text == "e") && tokens[i+1].text == "quarter" {
			return append(tokens[:i-1:i-1], append([]dateToken{{text: "q", number: -1}, before}, tokens[i+2:]...)...)
		}
	}
	return tokens
}

// englishFor gives the English for a word between spaces, "" for any other.
func englishFor(word string) string {
	for _, known := range spoken {
		if strings.Contains(known.words, word) {
			return known.english
		}
	}
	return ""
}
