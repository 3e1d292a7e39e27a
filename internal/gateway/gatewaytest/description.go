package gatewaytest

func testDescription(s *suite) {}
