//go:build !js

package main

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
)

// developmentKey is the public half of an RSA key, in DER and base64. Chromium
// makes an unpacked extension's id of it. The private half is kept nowhere:
// only a package for the store is signed, and the store uses a key of its own.
//
// https://developer.chrome.com/docs/extensions/reference/manifest/key
const developmentKey = "" +
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuvBPvoRD14lbKB27dDO4" +
	"JQB1feDSb7Kbdgqmo2etbtInnIVxKq4ZpIePxDQG1lWb7ar98Jd/aL9R8NC0Xk+m" +
	"ged8v8vFO5Pd+uCtCV8eH+ykvbiJdoIEwmyo8JRfCi7FAG5GCTpRFCY4e4dHD/U3" +
	"4H/LdUy0Ma4+wCNc0EKXHgpiXrkUM44VrenU5SO1UXJhnlEWnE9waTwrY/DdtnZ7" +
	"G2X1Vc4HXsXz6Cu+9nmwVAX8ZVeXniteCzsPepc1VTXDIqHd+6+Ahdek1zPjum75" +
	"EHNT7F2upTRwd2h69h0ysWEcXYVTPROJvDNW+Fq3XKHrjW+3FpNffIHT5b/syyYy" +
	"WwIDAQAB"

// loopback is where the sandbox listens, whatever its port.
const loopback = "http://127.0.0.1/*"

// extensionID is the id that Chromium derives from a key: the first 16 bytes of
// its SHA-256, each half byte as a letter from a to p.
func extensionID(key string) (string, error) {
	der, err := base64.StdEncoding.DecodeString(key)
	if err != nil {
		return "", fmt.Errorf("the extension's key: %w", err)
	}
	hash := sha256.Sum256(der)
	id := make([]byte, 0, 32)
	for _, b := range hash[:16] {
		id = append(id, 'a'+b>>4, 'a'+b&0xf)
	}
	return string(id), nil
}
