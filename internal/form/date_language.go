package form

import "strings"

// spoken are the words for dates of the languages that Dealmark speaks beside
// English, between spaces, and the English that they stand for. A weekday wants its whole name: mar
// is March.
var spoken = [...]struct{ words, english string }{
	{" heute hoy aujourd 今日 本日 اليوم ", "today"}, // aujourd'hui
	{" morgen mañana manana demain 明日 غدا غدًا ", "tomorrow"},
	{" ende fin finales نهاية ", "end"},
	{" monatsende 月末 今月末 ", "end month"}, {" quartalsende 四半期末 今四半期末 ", "end quarter"}, {" jahresende 年末 今年末 ", "end year"},
	{" 来月末 ", "end next month"}, {" 来四半期末 ", "end next quarter"},
	{" 来週 ", "next week"}, {" 来月 ", "next month"}, {" 来年 ", "next year"}, {" 今週 ", "this week"}, {" 今月 ", "this month"},
	{" nächste nächsten nächster nächstes próximo próxima proximo proxima prochain prochaine القادم القادمة المقبل المقبلة ", "next"},
	{" diese diesen dieser dieses este esta ce cette ", "this"}, {" kommende kommenden ", "coming"},
	{" dans en بعد ", "in"},
	{" tag tage tagen día días dia dias jour jours 日後 يوم أيام ", "days"},
	{" woche wochen semana semanas semaine semaines 週間後 الأسبوع أسبوع أسابيع ", "weeks"},
	{" monat monats monate monaten mes meses mois か月後 ヶ月後 カ月後 الشهر شهر أشهر ", "months"},
	{" quartal quartals quartale quartalen trimestre trimestres الربع ربع ", "quarter"},
	{" jahr jahres jahre jahren año años année annee ans السنة العام سنة ", "years"},
	{" montag lunes lundi 月曜 月曜日 الاثنين ", "monday"}, {" dienstag martes mardi 火曜 火曜日 الثلاثاء ", "tuesday"},
	{" mittwoch miércoles miercoles mercredi 水曜 水曜日 الأربعاء ", "wednesday"}, {" donnerstag jueves jeudi 木曜 木曜日 الخميس ", "thursday"},
	{" freitag viernes vendredi 金曜 金曜日 الجمعة ", "friday"}, {" samstag sonnabend sábado sabado samedi 土曜 土曜日 السبت ", "saturday"},
	{" sonntag domingo dimanche 日曜 日曜日 الأحد ", "sunday"},
}

// inEnglish gives tokens with English words in the place of those of other
// languages. A next that follows its noun goes before it: mois prochain.
func inEnglish(tokens []dateToken) []dateToken {
	said := make([]dateToken, 0, len(tokens))
	for _, token := range tokens {
		english := ""
		if token.sep == 0 && token.number < 0 {
			english = englishFor(" " + token.text + " ")
		}
		switch last := len(said) - 1; {
		case english != "":
			said = append(said, splitDate(english)...)
		case token.text == "hui" && last > 0: // of aujourd'hui
			said = said[:last]
		default:
			said = append(said, token)
		}
	}
	if last := len(said) - 1; last > 0 && said[last].text == "next" {
		said[last-1], said[last] = said[last], said[last-1]
	}
	return said
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
