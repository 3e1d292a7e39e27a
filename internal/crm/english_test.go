package crm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/crm"
)

func TestFill(t *testing.T) {
	tests := []struct {
		text  string
		parts []string
		want  string
	}{
		{"Saved {0} of {1}.", []string{"3", "4"}, "Saved 3 of 4."},
		{"{1} before {0}, {1} again", []string{"a", "b"}, "b before a, b again"},
		{"no gap", []string{"a"}, "no gap"},
		{"no parts {0}", nil, "no parts {0}"},
		{"too few {1}", []string{"a"}, "too few {1}"},
		{"{account} {0", []string{"a"}, "{account} {0"},
		{"{{0}}", []string{"a"}, "{a}"},
		{"{0}{0}", []string{"{1}", "b"}, "{1}{1}"},
		{"{/}{:}", []string{"a"}, "{/}{:}"},
		{"", []string{"a"}, ""},
	}
	for _, test := range tests {
		assert.Equal(t, test.want, crm.Fill(test.text, test.parts), test.text)
	}
	assert.Equal(t, "Hello, Ada.", crm.English("Hello, {0}.").With("Ada"))
}
