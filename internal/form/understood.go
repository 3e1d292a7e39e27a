package form

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// Understood says what the form makes of the text of an amount or a close
// date: "12,500.50 EUR", "Thu, 31 Dec 2026". It is "" where the text
// says so itself, is not understood, or belongs to another field.
func (d Draft) Understood(f crm.Field, c Choices, today crm.Date) string {
	text := strings.TrimSpace(d.Text(f))
	switch f {
	case crm.FieldAmount:
		m, err := ReadMoney(text, cmp.Or(c.Currency, d.Base.Amount.Currency))
		if err != nil || text == amountText(m) || text == m.Text() {
			return ""
		}
		understood := amountWords(m)
		if understood == text || strings.HasPrefix(understood, text+" ") {
			return ""
		}
		return understood
	case crm.FieldCloseDate:
		date, err := ReadDate(text, today)
		if err != nil || text == date.String() {
			return ""
		}
		if understood := dateWords(date); understood != text {
			return understood
		}
	}
	return ""
}

// amountWords is the amount in groups of three, its currency after it. As in
// [amountText], a zero settles that a point before three digits is decimal.
func amountWords(m crm.Money) string {
	currency := m.Currency
	m.Currency = ""
	words := m.String()
	if words+"0" == amountText(m) {
		words += "0"
	}
	return strings.TrimSpace(words + " " + currency)
}

// dateWords is a date in the room that there is beside a label, "Thu, 31 Dec 2026".
func dateWords(d crm.Date) string {
	if !d.IsSet() {
		return ""
	}
	return d.Weekday().String()[:3] + ", " + strconv.Itoa(d.Day()) + " " + d.Month().String()[:3] + " " + strconv.Itoa(d.Year())
}

func dayWords(d crm.Date) string {
	return strconv.Itoa(d.Day()) + " " + d.Month().String() + " " + strconv.Itoa(d.Year())
}
