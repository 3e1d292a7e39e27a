package form_test

import (
	"fmt"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/words"
)

func ExampleReadMoney() {
	for _, text := range []string{"25k", "€12.500,50", "1,2 Mio", "¥3,000,000", "٢٥٬٠٠٠", "1.234"} {
		amount, err := form.ReadMoney(text, "")
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%s %q\n", amount.Text(), amount.Currency)
	}
	_, err := form.ReadMoney("12,500 €", "USD")
	fmt.Println(err)
	// Output:
	// 25000 ""
	// 12500.5 "EUR"
	// 1200000 ""
	// 3000000 "JPY"
	// 25000 ""
	// “1.234” can be read in two ways; type 1234 if the point parts thousands, 1.2340 if it is decimal.
	// Apollo takes amounts in USD; convert this one from EUR, or type 12,500 without €.
}

func ExampleReadDate() {
	today, _ := crm.ParseDate("2026-10-14")
	for _, text := range []string{"31.12.", "next fri", "end of Q3", "in 6 weeks", "01/02/2027", "2027-02-30"} {
		date, err := form.ReadDate(text, today)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(date)
	}
	// Output:
	// 2026-12-31
	// 2026-10-23
	// 2027-09-30
	// 2026-11-25
	// “01/02/2027” can mean 2027-02-01 or 2027-01-02; type the one that you mean.
	// “2027-02-30” is no day: 2027-02-28 is the last one of that month.
}

func ExampleDraft_Command() {
	today, _ := crm.ParseDate("2026-10-14")
	amount, _ := crm.ParseMoney("10000")
	d := form.NewUpdate("form-1", "acme.com", crm.Opportunity{
		ID:     "66b1f0c2a4d3e5f607182930",
		Values: crm.Values{Name: "Acme rollout", Amount: amount},
	})
	d.Edit(crm.FieldAmount, "25k")
	d.Edit(crm.FieldCloseDate, "end of Q1")
	choices := form.Choices{Currency: "EUR"}
	fmt.Println(d.Understood(crm.FieldAmount, choices, today))
	fmt.Println(d.Understood(crm.FieldCloseDate, choices, today))

	command, errs := d.Command(choices, today)
	fmt.Println(command.(crm.Update).Fields, errs)

	d.Edit(crm.FieldName, "")
	_, errs = d.Command(choices, today)
	fmt.Println(errs[0].Field, errs[0].Message)
	// Output:
	// 25,000 EUR
	// Wed, 31 Mar 2027
	// [amount close_date] []
	// name Give the opportunity a name.
}

func ExampleReadLine() {
	team := form.Choices{
		Stages:   []crm.Stage{{ID: "5a0000000000000000000001", Name: "Discovery"}},
		Owners:   []crm.User{{ID: "0a0000000000000000000001", Name: "Maria Rossi"}},
		Currency: "EUR",
	}
	today, _ := crm.ParseDate("2026-10-14")
	for _, text := range []string{"Acme rollout 25k discovery end of Q3 @maria", "5k run sponsorship"} {
		line := form.ReadLine(text, team, today)
		fmt.Printf("%q %s\n", line.Name, line.Words(words.Words{}))
	}
	// Output:
	// "Acme rollout" 25,000 EUR · Discovery · 30 Sep 2027 · Maria Rossi
	// "5k run sponsorship"
}
