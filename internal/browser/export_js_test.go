package browser

// For the tests that call what was published as JavaScript does.
var Await = await
