package outbox

// Seal makes a stored record of what an entry's document says, in the envelope
// of a schema.
func Seal(schema int, entry []byte) []byte { return seal(schema, entry) }

// Unseal gives an entry's document.
func Unseal(stored []byte) []byte {
	_, entry, _ := unseal(stored)
	return entry
}
