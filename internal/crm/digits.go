package crm

// strconv reads numbers too; its errors, which quote what they refuse, are
// 25 KB of WebAssembly.

// ParseDigits reads a whole number: one digit or more, no sign, at most 18 after
// leading zeros.
func ParseDigits(text string) (n int64, ok bool) {
	for i := range len(text) {
		if n >= 1e17 || text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		n = n*10 + int64(text[i]-'0')
	}
	return n, text != ""
}
