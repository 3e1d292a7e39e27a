package form

// Setup is how a team has its form. The zero Setup is the plain form.
type Setup struct {
	Template Template
}

// CheckSetup says what makes a setup unfit, as an error of kind [crm.Invalid].
func CheckSetup(s Setup) error { return CheckTemplate(s.Template) }
