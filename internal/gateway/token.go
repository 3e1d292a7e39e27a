package gateway

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"hash/crc32"
	"io"
	"strings"
)

// Token is a rep's secret: "dmk_", 160 random bits, and a checksum by which a
// scanner knows one from any other text. It is shown once and never stored. Like
// every [Secret] it is not printed; string(token) is the text.
type Token = Secret

const tokenPrefix = "dmk_"

// The random part is 20 bytes in base 32, the checksum 6 digits in base 62.
const (
	randomLength = 32
	tokenLength  = len(tokenPrefix) + randomLength + 6
)

// NewToken makes a token of what random gives, which must be cryptographically
// random.
func NewToken(random io.Reader) (Token, error) {
	var bits [20]byte
	if _, err := io.ReadFull(random, bits[:]); err != nil {
		return "", err
	}
	text := tokenPrefix + strings.ToLower(base32.StdEncoding.EncodeToString(bits[:]))
	return Token(text + tokenSum(text)), nil
}

// IsToken says whether text has the form and the checksum of a token. It says
// nothing about whether it is anybody's.
func IsToken(text string) bool {
	if len(text) != tokenLength || !strings.HasPrefix(text, tokenPrefix) {
		return false
	}
	body, sum := text[:tokenLength-6], text[tokenLength-6:]
	return consists(body[len(tokenPrefix):], "abcdefghijklmnopqrstuvwxyz234567") && tokenSum(body) == sum
}

// tokenSum is the CRC-32 of a token's text before it.
func tokenSum(text string) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	var sum [6]byte
	rest := crc32.ChecksumIEEE([]byte(text))
	for i := range sum {
		sum[len(sum)-1-i] = digits[rest%62]
		rest /= 62
	}
	return string(sum[:])
}

// hashOf is what is stored of a token. It needs no salt and no slow function: 160
// random bits cannot be guessed.
func hashOf(token string) string { return hexSum([]byte(token)) }

func hexSum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func consists(text, of string) bool { return strings.Trim(text, of) == "" }
