package form

import (
	"cmp"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/words"
)

// Understood says what the form makes of the text of an amount or a close
// date: "12,500.50 EUR", "Thu, 31 Dec 2026". It is "" where the text
// says so itself, is not understood, or belongs to another field.
func (d *Draft) Understood(f crm.Field, c Choices, today crm.Date) string {
	text := strings.TrimSpace(d.Text(f))
	switch f {
	case crm.FieldAmount:
		m, err := ReadMoney(text, cmp.Or(c.Currency, d.Base.Amount.Currency))
		if err != nil || text == amountText(m) || text == m.Text() {
			return ""
		}
		understood := amountWords(m, c.Words)
		if understood == text || strings.HasPrefix(understood, text+" ") {
			return ""
		}
		return understood
	case crm.FieldCloseDate:
		date, err := ReadDate(text, today)
		if err != nil || text == date.String() {
			return ""
		}
		if understood := c.Words.Weekday(date); understood != text {
			return understood
		}
	}
	return ""
}

// amountWords is the amount in groups of three, its currency after it. As in
// [amountText], a zero settles that a point before three digits is decimal.
func amountWords(m crm.Money, in words.Words) string {
	if in.Formats != nil {
		return in.Money(m)
	}
	currency := m.Currency
	m.Currency = ""
	said := m.String()
	if said+"0" == amountText(m) {
		said += "0"
	}
	return strings.TrimSpace(said + " " + currency)
}
