package apollo

// For the tests that hold them against package time.
var (
	Timestamp = timestamp
	HTTPDate  = httpDate
)
